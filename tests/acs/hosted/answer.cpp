// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/answer.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace test_hosted_answer {

namespace {

struct some_reply {
    std::string_view text{};
};
using answer = acs::answer<some_reply>;

static_assert(!std::is_copy_constructible_v<answer> && !std::is_copy_assignable_v<answer>);
static_assert(std::is_nothrow_move_constructible_v<answer> && std::is_nothrow_move_assignable_v<answer>);
static_assert(!std::is_default_constructible_v<answer> && !std::is_convertible_v<acs::failure, answer>);

// A temporary can't be looked into, since what it views goes with it.
template <class A>
concept points = requires(A&& a) {
    std::forward<A>(a).operator->();
};
template <class A>
concept yields = requires(A&& a) {
    *std::forward<A>(a);
};
template <class A>
concept tells_error = requires(A&& a) {
    std::forward<A>(a).error();
};
template <class A>
concept shows_fields = requires(A&& a) {
    std::forward<A>(a).fields();
};
template <class A>
concept shows_body = requires(A&& a) {
    std::forward<A>(a).body();
};
template <class A>
concept looked_into = points<A> || yields<A> || tells_error<A> || shows_fields<A> || shows_body<A>;
static_assert(points<answer&> && yields<answer&> && tells_error<answer&> && shows_fields<answer&> && shows_body<answer&>);
static_assert(points<answer const&> && yields<answer const&> && tells_error<answer const&> && shows_fields<answer const&> &&
              shows_body<answer const&>);
static_assert(!looked_into<answer> && !looked_into<answer&&> && !looked_into<answer const&&>);
static_assert(requires(answer && a) {
    static_cast<bool>(std::move(a));
    std::move(a).status();
});
// Nobody writes through it.
static_assert(std::is_same_v<decltype(*std::declval<answer&>()), some_reply const&>);

/// An answer of some fields, of which the reply views part of the body.
answer make(std::size_t fields, std::string_view body) {
    acs::answer_receiver receiver(100'000);
    receiver.status(201);
    for (std::size_t i = 0; i < fields; ++i) REQUIRE(receiver.field("name-" + std::to_string(i), std::string(i, 'v')));
    REQUIRE(receiver.body(body));
    acs::answer_receiver::layout held;
    REQUIRE(receiver.finish(0, held));
    std::string_view const text(held.answer.body.data(), held.answer.body.size());
    return answer(std::move(held), some_reply{acs::skip(text, text.size() / 2)});
}

void check(answer const& a, std::size_t fields, std::string_view body) {
    REQUIRE(a);
    CHECK(a.status() == 201);
    CHECK(a.body() == body);
    CHECK(a->text == acs::skip(body, body.size() / 2));
    CHECK((*a).text.data() >= a.body().data());
    REQUIRE(a.fields().size() == fields);
    for (std::size_t i = 0; i < fields; ++i) {
        CHECK(a.fields()[i].name == "name-" + std::to_string(i));
        CHECK(a.fields()[i].value == std::string(i, 'v'));
    }
}

}  // namespace

TEST_CASE("A field that holds a NUL is no other field, nor are those behind it", "[hosted]") {
    using namespace std::string_view_literals;
    acs::answer_receiver receiver(100);
    receiver.status(200);
    CHECK(receiver.field("a\0date\0now"sv, "1\0x-acs-retry-after\0005"sv));
    CHECK(receiver.field("b"sv, "\0"sv));
    CHECK(receiver.field("\0c"sv, "2"));
    CHECK(receiver.body("\0{}"sv));
    acs::answer_receiver::layout held;
    REQUIRE(receiver.finish(0, held));
    std::string all;
    for (acs::field const& f : held.answer.fields) all.append(f.name).append("=").append(f.value).append(" ");
    CHECK(all == "a=1 b= =2 ");
    CHECK(std::string_view(held.answer.body.data(), held.answer.body.size()) == "\0{}"sv);
}

TEST_CASE("An answer keeps what its reply views, wherever it is moved", "[hosted]") {
    for (std::size_t const fields : {0U, 1U, 40U}) {
        answer first = make(fields, "the body of an answer");
        check(first, fields, "the body of an answer");
        answer second = std::move(first);
        check(second, fields, "the body of an answer");
        answer third = make(2, "another");
        third = std::move(second);
        check(third, fields, "the body of an answer");

        std::vector<answer> many;
        for (int i = 0; i < 20; ++i) many.push_back(make(fields, "body " + std::to_string(i)));
        for (int i = 0; i < 20; ++i) check(many[static_cast<std::size_t>(i)], fields, "body " + std::to_string(i));
        many.erase(many.begin());
        check(many.front(), fields, "body 1");
        auto const far = std::make_unique<answer>(std::move(many.back()));
        many.clear();
        check(*far, fields, "body 19");
    }
}

TEST_CASE("A failure without an answer keeps what it points to", "[hosted]") {
    auto const failed = [](std::string where) {
        acs::failure f = acs::refuse(acs::errc::forbidden_character, where, 3);
        f.needed = 7;
        return answer(f);
    };
    for (std::string const where : {"", "x", "the name of a header that somebody thought of"}) {
        answer a = failed(where);
        answer const b = std::move(a);
        REQUIRE_FALSE(b);
        CHECK(b.error().where == where);
        CHECK(b.error().code == acs::errc::forbidden_character);
        CHECK(b.error().offset == 3);
        CHECK(b.error().needed == 7);
        CHECK(b.status() == 0);
        CHECK(b.fields().empty());
        CHECK(b.body().empty());
    }
}

TEST_CASE("Where the heap gives nothing, a failure still says what it is", "[hosted]") {
    acs::failure const f = acs::refuse(acs::errc::invalid_host, "host");
    acs_tests::heap_that_gives_out heap(0);
    answer const a(f);
    bool const good = !a && a.error().code == acs::errc::invalid_host && a.error().where.empty();
    if (!good) std::abort();
}

TEST_CASE("A receiver forgets an interim answer, and hands a whole one over", "[hosted]") {
    acs::answer_receiver receiver(20, 30);
    receiver.status(100);
    CHECK(receiver.field("interim", "1"));
    CHECK(receiver.body("no"));
    receiver.status(200);
    CHECK(receiver.peek().status == 200);
    CHECK(receiver.peek().body.empty());
    CHECK(receiver.field("0123456789", "0123456789"));  // 22 with their ends
    CHECK_FALSE(receiver.field("012345", "6"));
    CHECK(receiver.field("01234", "5"));
    CHECK_FALSE(receiver.field("", ""));
    CHECK(receiver.body("01234567890123456789"));
    CHECK_FALSE(receiver.body("x"));
    CHECK(receiver.body(""));
    CHECK(receiver.field("trailer", "long enough to be too long"));
    acs::answer_receiver::layout out;
    REQUIRE(receiver.finish(64, out));
    CHECK(out.answer.status == 200);
    REQUIRE(out.answer.fields.size() == 2);
    CHECK(out.answer.fields[1].name == "01234");
    CHECK(out.answer.fields[1].value == "5");
    CHECK(std::string(out.answer.body.data(), out.answer.body.size()) == "01234567890123456789");
    CHECK(out.extra.size() == 64);
    for (std::byte& b : out.extra) b = std::byte{1};
    CHECK(out.answer.fields[1].name == "01234");
}

}  // namespace test_hosted_answer
