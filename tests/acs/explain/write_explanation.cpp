// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/explain/write_explanation.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/string_sink.hpp"

namespace test_explain_write_explanation {

namespace {

std::string words(acs::explanation const& e) {
    return acs_tests::written([&](auto& out) { acs::write_explanation(e, out); });
}

constexpr auto last_cause = static_cast<int>(acs::cause::permission);

}  // namespace

TEST_CASE("Each cause has a name of its own, and two sentences", "[explain]") {
    std::set<std::string> names;
    for (int i = 0; i <= last_cause; ++i) {
        auto const why = static_cast<acs::cause>(i);
        acs::cause_words const w = acs::words_of(why);
        INFO(w.name);
        CHECK(names.emplace(w.name).second);
        CHECK(name(why) == w.name);
        if (why == acs::cause::none) continue;
        for (std::string_view const sentence : {w.likely, w.next}) {
            REQUIRE_FALSE(sentence.empty());
            CHECK(sentence.front() >= 'A');
            CHECK(sentence.front() <= 'Z');
            CHECK(sentence.back() == '.');
        }
    }
    CHECK(name(static_cast<acs::cause>(last_cause + 1)) == "unknown");
}

TEST_CASE("An explanation is three lines: what differs, the likely cause, what to do", "[explain]") {
    for (int i = 1; i <= last_cause; ++i)
        for (int part = 0; part <= static_cast<int>(acs::text_part::request_hash); ++part) {
            acs::explanation e{};
            e.why = static_cast<acs::cause>(i);
            e.part = static_cast<acs::text_part>(part);
            e.name = "Some";
            std::string const text = words(e);
            CHECK(std::count(text.begin(), text.end(), '\n') == 3);
            CHECK(text.find(".\nLikely cause: ") != std::string::npos);
            CHECK(text.find(".\nWhat to do: ") != std::string::npos);
            CHECK(text.substr(text.size() - 2) == ".\n");
        }
    CHECK(words({}).empty());
}

TEST_CASE("Parts are named as people name them", "[explain]") {
    acs::explanation e{};
    e.why = acs::cause::changed;
    auto const begins = [&](acs::text_part part, std::string_view name, std::string_view said) {
        e.part = part;
        e.name = name;
        INFO(words(e));
        CHECK(words(e).rfind(std::string(said) + " differs at byte 0 of", 0) == 0);
    };
    begins(acs::text_part::method, "", "The method");
    begins(acs::text_part::path, "", "The path");
    begins(acs::text_part::query, "", "The query");
    begins(acs::text_part::parameter, "TaskParam", "Parameter TaskParam");
    begins(acs::text_part::parameter, "", "A parameter");
    begins(acs::text_part::header, "host", "Header host");
    begins(acs::text_part::header, "", "A header");
    begins(acs::text_part::signed_list, "", "The list of signed headers");
    begins(acs::text_part::body_hash, "", "The hash of the body");
    begins(acs::text_part::algorithm, "", "The algorithm");
    begins(acs::text_part::request_hash, "", "The hash of the canonical request");
}

TEST_CASE("What is not printable ASCII is shown as a number", "[explain]") {
    acs::explanation e{};
    e.why = acs::cause::changed;
    e.part = acs::text_part::parameter;
    e.name = "a\n\x1B[31m\xC3\xA4\x7F~";
    e.shows_bytes = true;
    e.ours = '\0';
    e.theirs = '\xFF';
    std::string const text = words(e);
    CHECK(text.find("Parameter a\\x0A\\x1B[31m\\xC3\\xA4\\x7F~ differs") == 0);
    CHECK(text.find("`\\x00` was signed, the service read `\\xFF`") != std::string::npos);
    for (char const c : text) CHECK((c == '\n' || (c >= 0x20 && c < 0x7F)));
}

TEST_CASE("Where one text ends is said", "[explain]") {
    acs::explanation e{};
    e.why = acs::cause::extended;
    e.part = acs::text_part::parameter;
    e.name = "A";
    e.offset = 7;
    e.text_offset = 90;
    e.ours_end = true;
    CHECK(words(e).find("at byte 7 of what was signed of it (byte 90 of the whole text, where ours ends).") != std::string::npos);
    e.ours_end = false;
    e.theirs_end = true;
    e.why = acs::cause::missing;
    CHECK(words(e).find("where theirs ends).") != std::string::npos);
    CHECK(words(e).find("It may also be that the message of the service is cut off there.") != std::string::npos);
}

TEST_CASE("A clock may be off by any number of seconds", "[explain]") {
    acs::explanation e{};
    e.why = acs::cause::clock;
    e.knows_clock = true;
    e.ahead_seconds = 253'402'300'799;
    CHECK(words(e).find("253402300799 seconds ahead") != std::string::npos);
    e.ahead_seconds = -253'402'300'799;
    CHECK(words(e).find("253402300799 seconds behind") != std::string::npos);
}

TEST_CASE("An unknown action is named with its host, as far as they are known", "[explain]") {
    acs::explanation e{};
    e.why = acs::cause::endpoint;
    CHECK(words(e).rfind("The service at this host does not know the action, or not in this version.\n", 0) == 0);
    e.name = "DoIt";
    e.detail = "h.example";
    CHECK(words(e).rfind("The service at h.example does not know the action DoIt, or not in this version.\n", 0) == 0);
}

}  // namespace test_explain_write_explanation
