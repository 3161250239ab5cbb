// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/bounded_text.hpp>

#include <acs/core/sink.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace test_core_bounded_text {

namespace {

using text = acs::bounded_text<8>;
static_assert(acs::sink<text>);
static_assert(text::capacity == 8 && std::is_trivially_copyable_v<text>);
static_assert(sizeof(text) == 8 + sizeof(std::size_t), "no more than the text and its size");

constexpr bool written_in_constants() {
    text t;
    if (!t.empty() || !(t == "")) return false;
    t.write("abc");
    t.write("");
    t.write("defgh");
    text const copy = t;
    return !t.empty() && t == "abcdefgh" && "abcdefgh" == copy && t != "abcdefg" && copy.view().size() == text::capacity;
}
static_assert(written_in_constants());

}  // namespace

TEST_CASE("bounded_text holds what was written, up to its capacity", "[core]") {
    std::string const all = "12345678";
    for (std::size_t a = 0; a <= all.size(); ++a)
        for (std::size_t b = 0; a + b <= all.size(); ++b) {
            text t;
            t.write(all.substr(0, a));
            t.write(all.substr(a, b));
            CHECK(t.view() == all.substr(0, a + b));
            CHECK(t.empty() == (a + b == 0));
        }
}

TEST_CASE("bounded_text holds any bytes", "[core]") {
    text t;
    std::string_view const bytes("\0\xFF\n\0", 4);
    t.write(bytes);
    CHECK(t.view() == bytes);
    CHECK(t == bytes);
}

TEST_CASE("A copy of a bounded_text has text of its own", "[core]") {
    text t;
    t.write("abc");
    text copy = t;
    copy.write("def");
    t.write("xyz");
    CHECK(t.view() == "abcxyz");
    CHECK(copy.view() == "abcdef");
    CHECK(copy.view().data() != t.view().data());
    t = copy;
    CHECK(t.view() == "abcdef");
}

TEST_CASE("A bounded_text of no capacity is an empty text", "[core]") {
    acs::bounded_text<0> none;
    none.write("");
    none.write({});
    CHECK(none.empty());
    CHECK(none.view().empty());
}

}  // namespace test_core_bounded_text
