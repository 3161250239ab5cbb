// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/sink.hpp>

#include "support/catch.hpp"

#include <array>
#include <string>

namespace test_core_sink {

using namespace std::string_view_literals;

namespace {

struct throwing_sink {
    void write(std::string_view);
};
static_assert(!acs::sink<throwing_sink>, "a sink must not throw");
static_assert(!acs::sink<int>);

constexpr bool in_constants() {
    std::array<char, 4> room{};
    acs::span_sink out{room};
    out.write("ab");
    out.write("cd");
    return out.fits() && out.view() == "abcd" && out.since(2) == "cd" && out.needed() == 4;
}
static_assert(in_constants());

}  // namespace

TEST_CASE("span_sink stores what fits and counts the rest, for every size of room", "[core]") {
    std::string const text = "one two three";
    for (std::size_t size = 0; size <= text.size() + 1; ++size) {
        std::string room(size + 1, '#');  // one byte more, to see whether it stays
        acs::span_sink out({room.data(), size});
        out.write("one ");
        std::size_t const mark = out.needed();
        out.write("");
        out.write("two three");
        CHECK(out.needed() == text.size());
        CHECK(out.fits() == (size >= text.size()));
        CHECK(out.view() == (size >= text.size() ? text : ""));
        CHECK(out.since(mark) == (size >= text.size() ? "two three" : ""));
        CHECK(room.back() == '#');
    }
}

TEST_CASE("span_sink stores nothing after the first piece that did not fit", "[core]") {
    std::array<char, 4> room{'#', '#', '#', '#'};
    acs::span_sink out{room};
    out.write("abc");
    out.write("def");
    out.write("g");
    CHECK_FALSE(out.fits());
    CHECK(out.needed() == 7);
    CHECK(out.view().empty());
    CHECK(room[3] == '#');
}

TEST_CASE("span_sink takes single bytes and leaves room open as it takes text", "[core]") {
    for (std::size_t size = 0; size <= 5; ++size) {
        std::string room(5, '#');
        acs::span_sink out({room.data(), size});
        out.put('a');
        char* const open = out.claim(3);
        acs::write_char('c', out);
        CHECK((open != nullptr) == (size >= 4));
        if (open != nullptr) CHECK(open == room.data() + 1);
        CHECK(out.needed() == 5);
        CHECK(out.fits() == (size == 5));
        CHECK(room.substr(size) == std::string(5 - size, '#'));
    }
}

TEST_CASE("count_sink counts", "[core]") {
    acs::count_sink count;
    count.write("abc");
    count.write("");
    count.write("de");
    CHECK(count.needed() == 5);
}

TEST_CASE("a row is written the same with and without a look at the memory", "[core]") {
    struct plain_sink {
        void write(std::string_view piece) noexcept { text.append(piece); }
        std::string text{};
    };
    static_assert(acs::sink_in_memory<acs::span_sink> && !acs::sink_in_memory<plain_sink>);
    std::string_view const value = "value";
    for (std::size_t size = 0; size <= 12; ++size) {
        std::string room(size + 1, '#');
        acs::span_sink out({room.data(), size});
        acs::write_row(out, "name"sv, ":"sv, value, "\n"sv);
        plain_sink plain;
        acs::write_row(plain, "name"sv, ":"sv, value, "\n"sv);
        CHECK(plain.text == "name:value\n");
        CHECK(out.needed() == plain.text.size());
        CHECK(out.view() == (size >= plain.text.size() ? plain.text : ""));
        CHECK(room.back() == '#');
    }
}

namespace {

constexpr std::size_t through_one_type() {
    acs::count_sink count;
    acs::common_view view(count);
    acs::common_sink& any = view;
    any.write("ab");
    any.put('c');
    acs::share_code(any, [](auto& same) { same.write("de"); });
    acs::share_code(count, [](auto& one) { one.write("f"); });
    return count.needed();
}
static_assert(acs::sink<acs::common_sink> && through_one_type() == 6);

}  // namespace

TEST_CASE("A common_sink passes on what it is given, byte by byte", "[core]") {
    std::string room(3, '#');
    acs::span_sink out(room);
    acs::common_view view(out);
    acs::common_sink& any = view;
    any.write("ab");
    any.put('c');
    CHECK(room == "abc");
    any.put('d');
    CHECK(out.needed() == 4);
}

}  // namespace test_core_sink
