// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/client/reply_buffer.hpp>

#include <acs/client/run.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace test_client_reply_buffer {

namespace {

using small = acs::reply_buffer<8, 10, 2>;
static_assert(acs::answer_box<small> && acs::answer_box<acs::reply_buffer<>>);
static_assert(sizeof(acs::reply_buffer<4096, 1024, 16>) <= 4096 + 1024 + 16 * sizeof(acs::field) + 4 * sizeof(std::size_t));

std::string body_of(acs::reply const& r) { return {r.body.data(), r.body.size()}; }

/// `status name=value, name=value: body`
template <class Buffer>
std::string text_of(Buffer& buffer) {
    acs::reply const r = buffer.answer();
    std::string text = std::to_string(r.status);
    for (acs::field const& f : r.fields) text.append(" ").append(f.name).append("=").append(f.value);
    return text + ": " + body_of(r);
}

constexpr bool takes_an_answer_in_a_constant_expression() {
    small buffer;
    buffer.status(404);
    bool const taken = buffer.field("a", "b") && buffer.body("{") && buffer.body("}");
    acs::reply const r = buffer.answer();
    return taken && r.status == 404 && r.fields.size() == 1 && r.fields[0].value == "b" && r.body.size() == 2 && r.body[1] == '}';
}
static_assert(takes_an_answer_in_a_constant_expression());

}  // namespace

TEST_CASE("A reply buffer holds what it was given, in its own memory", "[client]") {
    small buffer;
    CHECK(text_of(buffer) == "0: ");
    std::string name = "ab", value = "cd", piece = "1234";
    buffer.status(200);
    CHECK(buffer.field(name, value));
    CHECK(buffer.body(piece));
    CHECK(buffer.body(""));
    CHECK(buffer.body(piece));
    name = value = piece = "####";
    CHECK(text_of(buffer) == "200 ab=cd: 12341234");
    acs::reply const r = buffer.answer();
    auto const* const first = reinterpret_cast<char const*>(&buffer);
    for (char const* const at : {static_cast<char const*>(r.body.data()), r.fields[0].name.data(), r.fields[0].value.data()}) {
        CHECK(at >= first);
        CHECK(at < first + sizeof buffer);
    }
}

TEST_CASE("A copy of a reply buffer views its own memory, whatever becomes of the other", "[client]") {
    auto one = std::make_unique<acs::reply_buffer<8, 64, 4>>();
    one->status(200);
    one->field("x-a", "first");
    one->field("", "");
    one->field("x-b", "second");
    one->body("{}");
    acs::reply_buffer<8, 64, 4> copy = *one;
    one->status(500);
    one->field("x-c", "another, longer");
    one.reset();
    acs::reply const kept = copy.answer();
    CHECK(kept.status == 200);
    REQUIRE(kept.fields.size() == 3);
    CHECK(acs::find_field(kept.fields, "x-a") == "first");
    CHECK(acs::find_field(kept.fields, "x-b") == "second");
    CHECK(std::string_view(kept.body.data(), kept.body.size()) == "{}");
}

TEST_CASE("A body one byte too long ends the answer, whatever pieces it comes in", "[client]") {
    for (std::size_t split = 0; split <= 8; ++split) {
        INFO(split);
        small buffer;
        buffer.status(200);
        CHECK(buffer.body(std::string(split, 'a')));
        CHECK_FALSE(buffer.body(std::string(9 - split, 'b')));
        CHECK(text_of(buffer) == "200: " + std::string(split, 'a'));
        CHECK(buffer.body(std::string(8 - split, 'c')));
        CHECK_FALSE(buffer.body("d"));
        CHECK(buffer.body(""));
        CHECK(text_of(buffer) == "200: " + std::string(split, 'a') + std::string(8 - split, 'c'));
    }
}

TEST_CASE("Fields that find no room are left out, and the rest is still taken", "[client]") {
    small buffer;
    buffer.status(200);
    CHECK(buffer.field("12345", "67890"));  // all the room for text
    CHECK(buffer.field("", ""));            // the second of two slots
    CHECK(buffer.field("", ""));
    CHECK(text_of(buffer) == "200 12345=67890 =: ");

    buffer.status(200);
    CHECK(buffer.field("12345678901", ""));
    CHECK(buffer.field("", "12345678901"));
    CHECK(buffer.field("12345", "678901"));
    CHECK(text_of(buffer) == "200: ");
    CHECK(buffer.field("12345", "6789"));
    CHECK(buffer.field("a", "b"));
    CHECK(buffer.field("a", ""));
    CHECK(text_of(buffer) == "200 12345=6789 a=: ");
    CHECK(buffer.body("body"));
    CHECK(text_of(buffer) == "200 12345=6789 a=: body");
}

TEST_CASE("A status begins a new answer, and forgets the one before", "[client]") {
    small buffer;
    buffer.status(103);
    CHECK(buffer.field("link", "hints"));
    buffer.status(200);
    CHECK(text_of(buffer) == "200: ");
    CHECK(buffer.field("etag", "123456"));
    CHECK(buffer.body("12345678"));
    buffer.status(500);
    CHECK(buffer.body("87654321"));
    CHECK(text_of(buffer) == "500: 87654321");
}

TEST_CASE("A buffer may have no room at all", "[client]") {
    acs::reply_buffer<0, 0, 0> nothing;
    nothing.status(204);
    CHECK(nothing.field("a", "b"));
    CHECK(nothing.field("", ""));
    CHECK(nothing.body(""));
    CHECK_FALSE(nothing.body("x"));
    CHECK(text_of(nothing) == "204: ");
}

}  // namespace test_client_reply_buffer
