// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/call.hpp>

#include <acs/operation/prepare.hpp>

#include <array>
#include <string_view>

#include "support/catch.hpp"
#include "support/signing.hpp"
#include "support/string_sink.hpp"

namespace test_operation_call {

using acs::errc;

namespace {

constexpr acs::credentials who{"id", "secret"};
constexpr acs::endpoint host{.host = "h"};

acs::failure refusal(acs::call const& any, acs::prepare_options const& options = {}) {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(any, host, who, acs_tests::vector_moment, memory, options);
    REQUIRE_FALSE(made);
    CHECK(made.error().origin == acs::origin::caller);
    CHECK(made.error().delivery == acs::delivery::not_sent);
    return made.error();
}

template <class Use>
void prepared(acs::call const& any, Use use, acs::prepare_options const& options = {}) {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(any, host, who, acs_tests::vector_moment, memory, options);
    REQUIRE(made);
    use(*made, acs_tests::written([&](auto& out) { made->body.write_to(out); }));
}

constexpr acs::call roa(std::string_view path) {
    acs::call any{"A", "1"};
    any.style = acs::api_style::roa;
    any.path = path;
    return any;
}

}  // namespace

TEST_CASE("an untyped call sorts its parameters by name in byte order", "[operation]") {
    constexpr std::array params{acs::param{"b", "2"},
                                acs::param{"a.10", "x"},
                                acs::param{"a.2", "y"},
                                acs::param{"B", "1"},
                                acs::param{"\xF0\x9F\x98\x80", "astral"},
                                acs::param{"\xEF\xBF\xBD", "bmp"},
                                acs::param{"f2", "2", acs::place::form},
                                acs::param{"f1", "1", acs::place::form}};
    prepared({"A", "1", params}, [](acs::request const& made, std::string_view body) {
        CHECK(made.target == "/?B=1&a.10=x&a.2=y&b=2&%EF%BF%BD=bmp&%F0%9F%98%80=astral");
        CHECK(body == "f1=1&f2=2");
        CHECK(made.action == "A");
    });
    constexpr std::array further{acs::param{"aa", "extra"}, acs::param{"a", "extra"}};
    prepared({"A", "1", params},
             [](acs::request const& made, std::string_view) { CHECK(made.target.starts_with("/?B=1&a=extra&a.10=x&a.2=y&aa=extra&b")); },
             {.params = further});
}

TEST_CASE("GET and HEAD carry every parameter in the query, and no body", "[operation]") {
    constexpr std::array params{acs::param{"b", "2", acs::place::form}, acs::param{"a", "1"}};
    for (acs::method const verb : {acs::method::get, acs::method::head}) {
        acs::call any{"A", "1", params, verb};
        prepared(any, [](acs::request const& made, std::string_view body) {
            CHECK(made.target == "/?a=1&b=2");
            CHECK(body.empty());
            CHECK(acs::find_field(made.fields, "content-type").data() == nullptr);
        });
        any.body = "";
        CHECK(refusal(any).code == errc::unsupported_body);
    }
}

TEST_CASE("a body of bytes and a form exclude each other", "[operation]") {
    constexpr std::array params{acs::param{"f", "2", acs::place::form}};
    acs::call any{"A", "1", params};
    any.body = "{}";
    CHECK(refusal(any).code == errc::unsupported_body);
    CHECK(refusal(any).where == "f");
    any.params = {};
    any.content_type = "application/json; charset=utf-8";
    prepared(any, [](acs::request const& made, std::string_view body) {
        CHECK(body == "{}");
        CHECK(acs::find_field(made.fields, "content-type") == "application/json; charset=utf-8");
    });
}

TEST_CASE("one name twice is refused: in the query, the form, across both, among the extra ones", "[operation]") {
    for (acs::place const first : {acs::place::query, acs::place::form})
        for (acs::place const second : {acs::place::query, acs::place::form}) {
            std::array const params{acs::param{"a", "1", first}, acs::param{"b", "1"}, acs::param{"a", "2", second}};
            CHECK(refusal({"A", "1", params}).code == errc::duplicate_parameter);
            CHECK(refusal({"A", "1", params}).where == "a");
            CHECK(refusal({"A", "1", std::span(params).first(2)}, {.params = std::span(params).last(1)}).code == errc::duplicate_parameter);
        }
}

TEST_CASE("a parameter needs a name", "[operation]") {
    constexpr std::array params{acs::param{"", "1"}};
    CHECK(refusal({"A", "1", params}).code == errc::invalid_name);
    CHECK(refusal({"", "1"}).code == errc::invalid_name);
    CHECK(refusal({"A", ""}).code == errc::invalid_name);
}

TEST_CASE("a path begins with a slash and carries no query; RPC has none", "[operation]") {
    prepared(roa("/a/b%20c/"), [](acs::request const& made, std::string_view) { CHECK(made.target == "/a/b%20c/"); });
    for (std::string_view const path : {"", "a", "?", "a/b"}) CHECK(refusal(roa(path)).code == errc::invalid_path);
    CHECK(refusal(roa("/a?b")).offset == 2);
    CHECK(refusal(roa("/a#b")).code == errc::invalid_path);
    acs::call rpc{"A", "1"};
    rpc.path = "/a";
    CHECK(refusal(rpc).code == errc::invalid_path);
    CHECK(refusal(rpc).offset == 1);
    acs_tests::for_each_forbidden("/a", [](std::string_view path, std::size_t at) {
        acs::failure const f = refusal(roa(path));
        CHECK(f.code == errc::forbidden_character);
        CHECK(f.where == "path");
        CHECK(f.offset == at);
    });
}

TEST_CASE("CR, LF or NUL in any header text of a call is refused", "[operation]") {
    acs_tests::for_each_forbidden("text", [](std::string_view text, std::size_t at) {
        auto const names = [at](acs::failure const& f, std::string_view where) {
            CHECK(f.code == errc::forbidden_character);
            CHECK(f.where == where);
            CHECK(f.offset == at);
        };
        names(refusal({text, "1"}), "action");
        names(refusal({"A", text}), "version");
        names(refusal({"A", "1"}, {.user_agent = text}), "user_agent");
        acs::call any{"A", "1"};
        any.body = "x";
        any.content_type = text;
        names(refusal(any), "content_type");
    });
}

TEST_CASE("CR, LF and NUL in a parameter are ordinary bytes, encoded", "[operation]") {
    constexpr std::array params{acs::param{"a\r", std::string_view("\0\n", 2)}};
    prepared({"A", "1", params}, [](acs::request const& made, std::string_view) { CHECK(made.target == "/?a%0D=%00%0A"); });
}

}  // namespace test_operation_call
