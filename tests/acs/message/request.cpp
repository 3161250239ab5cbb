// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/message/request.hpp>

#include <acs/operation/prepare.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>
#include <acs/signing/unsigned.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/signing.hpp"

namespace test_message_request {

using acs::errc;

namespace {

constexpr acs::call any{"GetProject", "2020-05-18"};
constexpr acs::endpoint to{"dataworks.cn-shanghai.aliyuncs.com"};
constexpr acs::credentials session{"STS.id", "secret", "token"};

template <class Who>
acs::result<acs::request> prepare(acs::call const& what, acs::endpoint const& where, Who const& who, acs::request_buffer<4096>& memory,
                                  acs::prepare_options const& options = {}) {
    return acs::prepare(what, where, who, acs_tests::vector_moment, memory, options);
}

void check_fault(acs::result<acs::request> const& made, std::string_view where, std::size_t offset) {
    REQUIRE_FALSE(made);
    CHECK(acs::name(made.error().code) == "forbidden_character");
    CHECK(made.error().origin == acs::origin::caller);
    CHECK(made.error().delivery == acs::delivery::not_sent);
    CHECK(made.error().where == where);
    CHECK(made.error().offset == offset);
}

/// Whether all that goes into the request line and the headers can stand there.
bool is_clean(acs::request const& made) {
    auto const clean = [](std::string_view text) { return acs::find_forbidden(text) == text.size(); };
    bool fields = true;
    for (acs::field const& f : made.fields) fields = fields && clean(f.name) && clean(f.value);
    return fields && clean(made.target) && clean(made.host) && clean(acs::name(made.verb)) &&
           made.target.find(' ') == std::string_view::npos && made.target.starts_with("/");
}

}  // namespace

TEST_CASE("a request of nothing is empty", "[message]") {
    constexpr acs::request none{};
    STATIC_REQUIRE(none.scheme == acs::scheme::https);
    STATIC_REQUIRE((none.host.empty() && none.target.empty() && none.fields.empty() && none.body.empty() && none.params.empty()));
}

TEST_CASE("each text that a header would carry is named, with the offset of its CR, LF or NUL", "[message]") {
    acs::request_buffer<4096> memory;
    acs_tests::for_each_forbidden("a.1", [&](std::string_view text, std::size_t at) {
        check_fault(prepare(any, {text}, session, memory), "host", at);
        check_fault(prepare({text, "1"}, to, session, memory), "action", at);
        check_fault(prepare({"A", text}, to, session, memory), "version", at);
        check_fault(prepare(any, to, acs::credentials{text, "secret"}, memory), "access_key_id", at);
        check_fault(prepare(any, to, acs::credentials{"id", "secret", text}, memory), "security_token", at);
        check_fault(prepare(any, to, acs::bearer_token{text}, memory), "token", at);
        check_fault(prepare(any, to, session, memory, {.user_agent = text}), "user_agent", at);
        std::array const value{acs::field{"x-acs-note", text}};
        check_fault(prepare(any, to, session, memory, {.fields = value}), "x-acs-note", at);
        std::array const name{acs::field{text, "value"}};
        check_fault(prepare(any, to, session, memory, {.fields = name}), text, at);
    });
    acs_tests::for_each_forbidden("/a", [&](std::string_view path, std::size_t at) {
        acs::call roa = any;
        roa.style = acs::api_style::roa;
        roa.path = path;
        check_fault(prepare(roa, to, session, memory), "path", at);
    });
    acs_tests::for_each_forbidden("text/plain", [&](std::string_view type, std::size_t at) {
        acs::call bytes = any;
        bytes.body = "x";
        bytes.content_type = type;
        check_fault(prepare(bytes, to, session, memory), "content_type", at);
    });
}

TEST_CASE("no request that was made carries CR, LF or NUL outside its body, whatever it was made from", "[message]") {
    std::mt19937 random(20231026);
    constexpr std::string_view bytes = "ab0./:- \t\r\n%?#\x80\xFF\"";
    std::size_t made_count = 0;
    for (int round = 0; round < 4000; ++round) {
        auto const text = [&] {
            std::string made;
            for (std::size_t n = random() % 4; n > 0; --n)
                made.push_back(random() % 4 != 0 ? 'a' : random() % 16 == 0 ? '\0' : bytes[random() % bytes.size()]);
            return made;
        };
        std::vector<std::string> texts;
        for (int i = 0; i < 16; ++i) texts.push_back(text());
        std::array const params{acs::param{texts[0], texts[1]}, acs::param{texts[2], texts[3], acs::place::form}};
        std::string const name = "x-" + texts[4];
        std::array const extra{acs::field{name, texts[5]}};
        acs::call what{texts[6], texts[7], params};
        what.path = "/";
        std::string const path = "/" + texts[8];
        bool const roa = random() % 2 == 0;
        if (roa) {
            what.style = acs::api_style::roa;
            what.path = path;
        }
        acs::credentials const who{texts[9], "secret", texts[10]};
        acs::request_buffer<4096> memory;
        acs::prepare_options const options{.fields = extra, .user_agent = texts[11]};
        auto const check = [&](acs::result<acs::request> const& made) {
            if (!made) return;
            ++made_count;
            CHECK(is_clean(*made));
        };
        check(prepare(what, {texts[12]}, who, memory, options));
        check(prepare(what, {texts[12]}, acs::bearer_token{texts[13]}, memory, options));
        if (roa) check(prepare(what, {texts[12]}, acs::roa_hmac_sha1(who), memory, options));
        if (!roa) check(prepare(what, {texts[12]}, acs::rpc_hmac_sha1(who), memory, options));
    }
    CHECK(made_count > 100);
}

TEST_CASE("a name twice in the query, or in query and form, is refused by every method", "[message]") {
    constexpr std::array query{acs::param{"B", "1"}, acs::param{"A", "1"}, acs::param{"B", "2"}};
    constexpr std::array both{acs::param{"B", "1"}, acs::param{"A", "1"}, acs::param{"B", "1", acs::place::form}};
    acs::request_buffer<4096> memory;
    for (std::span<acs::param const> const params : {std::span<acs::param const>(query), std::span<acs::param const>(both)}) {
        auto const refused = [&](auto const& who) {
            auto const made = prepare({"A", "1", params}, to, who, memory);
            REQUIRE_FALSE(made);
            CHECK(acs::name(made.error().code) == "duplicate_parameter");
            CHECK(made.error().where == "B");
        };
        refused(session);
        refused(acs::bearer_token{"token"});
        refused(acs::anonymous{});
        refused(acs::rpc_hmac_sha1(session));
    }
    // Names are case-sensitive.
    constexpr std::array two{acs::param{"a", "1"}, acs::param{"A", "1"}};
    CHECK(prepare({"A", "1", two}, to, session, memory));
}

TEST_CASE("the host field is the host, and no header is there twice", "[message]") {
    acs::request_buffer<4096> memory;
    auto const made = prepare(any, {"127.0.0.1:8080", acs::scheme::http}, session, memory);
    REQUIRE(made);
    CHECK(made->scheme == acs::scheme::http);
    CHECK(made->host == "127.0.0.1:8080");
    CHECK(acs::find_field(made->fields, "host") == made->host);
    CHECK(acs::find_field(made->fields, "content-length").data() == nullptr);
    std::set<std::string> names;
    for (acs::field const& f : made->fields) {
        std::string name(f.name);
        std::transform(name.begin(), name.end(), name.begin(), acs::to_lower);
        CHECK(names.insert(name).second);
    }
}

}  // namespace test_message_request
