// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/draft.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/signing.hpp"
#include "support/string_sink.hpp"

namespace test_signing_draft {

using acs::errc;
using acs_tests::draft_of;
using acs_tests::draft_parts;
using acs_tests::usual_parts;

namespace {

acs::failure refusal(draft_parts const& parts) {
    auto const checked = acs::check_draft(draft_of(parts, {}));
    REQUIRE_FALSE(checked);
    return checked.error();
}

}  // namespace

TEST_CASE("CR, LF or NUL anywhere in what goes into headers is named with its offset", "[signing]") {
    acs_tests::for_each_forbidden("text-1", [](std::string_view text, std::size_t at) {
        auto const names = [&](draft_parts const& parts, std::string_view where) {
            acs::failure const f = refusal(parts);
            CHECK(f.code == errc::forbidden_character);
            CHECK(f.where == where);
            CHECK(f.offset == at);
        };
        names({.head = {text, "1"}}, "action");
        names({.head = {"A", text}}, "version");
        names({.to = {.host = text}}, "host");
        names({.user_agent = text}, "user_agent");
        names({.bytes = "x", .content_type = text}, "content_type");
    });
}

TEST_CASE("names must not be empty, but for an action that a path stands for", "[signing]") {
    CHECK(refusal({.head = {"", "1"}}).code == errc::invalid_name);
    CHECK(refusal({.head = {"", "1"}}).where == "action");
    CHECK(refusal({.head = {"A", ""}}).where == "version");
    CHECK(acs::check_draft(draft_of({.head = {"", "1", acs::method::get, acs::api_style::roa, "/"}}, {})));
}

TEST_CASE("a host is a name and a port", "[signing]") {
    for (std::string_view const host : {"", "/", "a/", "a/b", "https://a", "user@a", "a b", "a?b", "a#b", "a:", "a:0x", ":443"})
        CHECK(refusal({.to = {.host = host}}).code == errc::invalid_host);
    CHECK(acs::check_draft(draft_of({.to = {.host = "a.example:8080"}}, {})));
}

TEST_CASE("the time is one that the date can say", "[signing]") {
    auto const at = [](std::int64_t seconds) { return draft_parts{.now = {.wall = {seconds}}}; };
    constexpr std::int64_t last = 253'402'300'799;  // 9999-12-31T23:59:59Z
    CHECK(acs::check_draft(draft_of(at(0), {})));
    CHECK(acs::check_draft(draft_of(at(last), {})));
    for (std::int64_t const seconds :
         {std::int64_t{-1}, last + 1, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
        CHECK(refusal(at(seconds)).code == errc::invalid_time);
        CHECK(refusal(at(seconds)).where == "moment");
    }
}

TEST_CASE("what is kept has its own memory, and counts exactly where there is none", "[signing]") {
    auto const keep_all = [](acs::draft& d) {
        std::string text;
        text.append(d.keep_digits(std::numeric_limits<std::int64_t>::min())).append("|");
        text.append(d.keep_digits(0)).append("|");
        text.append(d.keep_iso8601()).append("|");
        text.append(d.keep_http_date()).append("|");
        return text.append(d.keep_nonce());
    };
    std::array<char, 256> room{};
    acs::draft whole = draft_of(usual_parts, {{}, {}, room});
    std::string const kept = keep_all(whole);
    CHECK(kept == "-9223372036854775808|0|2023-10-26T10:22:32Z|Thu, 26 Oct 2023 10:22:32 GMT|3156853299f313e23d1673dc12e1703d");
    for (std::size_t size = 0; size < whole.text.needed(); ++size) {
        acs::draft d = draft_of(usual_parts, {{}, {}, std::span(room).first(size)});
        CHECK(keep_all(d).size() == kept.size());
        CHECK(d.text.needed() == whole.text.needed());
        CHECK(d.check_space().error().needed == whole.text.needed());
    }
}

TEST_CASE("a stand-in takes as many encoded bytes as what it stands for", "[signing]") {
    auto const encoded = [](std::string_view text) { return acs::percent_encoded_size(text); };
    std::array<char, 64> room{};
    acs::draft with = draft_of(usual_parts, {{}, {}, room});
    acs::draft without = draft_of(usual_parts, {});
    CHECK(encoded(with.keep_iso8601()) == encoded(without.keep_iso8601()));
    CHECK(encoded(with.keep_nonce()) == encoded(without.keep_nonce()));
    CHECK(encoded(draft_of({}, {{}, {}, room}).keep_digits(-1)) == encoded(without.keep_digits(-1)));
}

TEST_CASE("merging sorted parameters is sorting them all", "[signing]") {
    std::mt19937 random(20231026);
    constexpr std::string_view names = "ABCDEFGHIJ";
    for (int round = 0; round < 500; ++round) {
        auto const some = [&] {
            std::vector<acs::param> params;
            for (char const& c : names)
                if (random() % 2 == 0) params.push_back({{&c, 1}, random() % 2 == 0 ? "1" : "2"});
            return params;
        };
        std::vector<acs::param> const ours = some(), theirs = some();
        std::vector<acs::param> expected = ours;
        expected.insert(expected.end(), theirs.begin(), theirs.end());
        std::sort(expected.begin(), expected.end());
        std::vector<acs::param> room(expected.size());
        draft_parts const parts{.params = ours};
        acs::draft d = draft_of(parts, {{}, room, {}});
        acs::merge_params(d, theirs);
        REQUIRE(d.params.fits());
        auto const equal = [](acs::param const& a, acs::param const& b) { return a.name == b.name && a.value == b.value; };
        CHECK(std::equal(room.begin(), room.end(), expected.begin(), expected.end(), equal));
        if (expected.empty()) continue;
        acs::draft small = draft_of(parts, {{}, std::span(room).first(room.size() - 1), {}});
        acs::merge_params(small, theirs);
        CHECK(small.check_space().error().where == "params");
        CHECK(small.check_space().error().needed == expected.size());
    }
}

TEST_CASE("a name that occurs twice is found, in the query or the form", "[signing]") {
    CHECK(acs::check_unique_params({}));
    constexpr std::array twice{acs::param{"A", "1"}, acs::param{"B", "1"}, acs::param{"B", "2", acs::place::form}};
    static_assert(acs::check_unique_params(std::span(twice).first(2)));
    CHECK(acs::check_unique_params(twice).error().code == errc::duplicate_parameter);
    CHECK(acs::check_unique_params(twice).error().where == "B");
}

TEST_CASE("bytes take the place of the form, even if they are empty", "[signing]") {
    constexpr std::array form{acs::param{"A", "1", acs::place::form}};
    std::array<acs::param, 1> room{};
    auto const body = [](acs::draft const& d) { return acs_tests::written([&](auto& out) { d.body().write_to(out); }); };
    CHECK(body(draft_of({.params = form}, {{}, room, {}})) == "A=1");
    CHECK(body(draft_of({.bytes = "xyz", .params = form}, {{}, room, {}})) == "xyz");
    CHECK(body(draft_of({.bytes = "", .params = form}, {{}, room, {}})).empty());
    CHECK(acs::content_type_of(draft_of({.params = form}, {{}, room, {}})) == acs::form_content_type);
    CHECK(acs::content_type_of(draft_of({.bytes = "", .content_type = "t"}, {})) == "t");
    CHECK(acs::content_type_of(draft_of({}, {})).empty());
}

}  // namespace test_signing_draft
