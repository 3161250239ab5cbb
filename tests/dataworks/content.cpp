// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks/content.hpp>

#include <acs/json/writer.hpp>
#include <acs/operation/decode.hpp>
#include <dataworks/sync_task_config.hpp>

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/string_sink.hpp"

namespace test_dataworks_content {

namespace {

using dataworks::check_content;
using dataworks::content_form;
using form = dataworks::content_form;

/// The text as a JSON string.
std::string as_string(std::string_view text) {
    return acs_tests::written([&](auto& out) { acs::write_json_string(text, out); });
}
std::string as_inside(std::string_view text) {
    std::string const whole = as_string(text);
    return whole.substr(1, whole.size() - 2);
}

constexpr char once_too_often[] = R"("{\"a\":[\"\u00e9\"]}")";

constexpr bool at_compile_time() {
    std::array<char, 32> memory{};
    auto const plain = dataworks::unwrap_content(once_too_often, memory);
    return plain && *plain == "{\"a\":[\"\xC3\xA9\"]}" && plain->data() == memory.data() &&
           check_content(R"({"a":1})") == dataworks::content_report{form::json, acs::errc::none, 7} &&
           check_content(R"("\"\"")") == dataworks::content_report{form::json, acs::errc::none, 6} &&
           check_content(R"( "{}")") == dataworks::content_report{form::quoted, acs::errc::none, 1} &&
           check_content(R"({\"a\":1})") == dataworks::content_report{form::escaped, acs::errc::malformed_json, 1};
}
static_assert(at_compile_time());

std::string generated(std::string const& file) {
    std::string body = acs_tests::file_text("samples/" + file);
    auto const reply = acs::decode<dataworks::query_di_sync_task_config_process_result>(200, {}, body);
    REQUIRE(reply);
    return std::string(reply->data.task_content);
}

}  // namespace

TEST_CASE("The configuration on the service's page lacks a brace, and is told where", "[dataworks]") {
    std::string const sample = generated("query-result-success.json");
    REQUIRE(sample.size() == 992);
    auto const report = check_content(sample);
    CHECK(report.form == form::broken);
    CHECK(acs::name(report.code) == "malformed_json");
    CHECK(report.offset == 813);
    CHECK(check_content(std::string(sample).insert(813, "}")).form == form::json);

    // Unwrapping finds the same in it, however often it was encoded.
    std::string memory(4 * sample.size(), '\0');
    for (std::string const& text : {sample, as_string(sample), as_inside(sample), as_string(as_inside(sample))}) {
        auto const plain = dataworks::unwrap_content(text, memory);
        REQUIRE_FALSE(plain);
        CHECK(acs::name(plain.error().code) == "malformed_json");
        CHECK(plain.error().offset == 813);
        CHECK(plain.error().where == (text == sample ? "content" : "unwrapped"));
    }
}

TEST_CASE("Texts that are JSON are left alone", "[dataworks]") {
    for (std::string_view const text : {"{}", "[]", " {\"a\" : [1, 2.5e3, null, true]}\n", "1", "null", R"("")", R"("a")", R"("{")",
                                        R"("}{")", R"("a {} b")", R"("\"a\"")", R"("\\{}\\")", R"("\"")", R"("\\")", R"({"a":"{\"b\":1}"})",
                                        "\xEF\xBB\xBF{}", R"("[a] b")", R"("{}n")", R"("\"\"")"}) {
        INFO(text);
        auto const report = check_content(text);
        CHECK(report == dataworks::content_report{form::json, acs::errc::none, text.size()});
        auto const plain = dataworks::unwrap_content(text, {});
        REQUIRE(plain);
        CHECK(plain->data() == text.data());
        CHECK(plain->size() == text.size());
    }
}

TEST_CASE("JSON of a file, with white space around it, is found however often it was encoded", "[dataworks]") {
    for (std::string const plain : {"{\"a\":1}\n", "\n{\"a\":1}", "\t[{}]\r\n\r\n"}) {
        std::string const twice = as_string(as_string(plain));
        for (std::string const& text : {as_string(plain), twice, as_string(twice), as_inside(plain)}) {
            if (text.find('"') == std::string::npos) continue;  // nothing in it is escaped but white space
            INFO(text);
            CHECK(check_content(text).form == (text.front() == '"' ? form::quoted : form::escaped));
            std::string memory(text.size(), '\0');
            auto const found = dataworks::unwrap_content(text, memory);
            REQUIRE(found);
            CHECK(*found == plain);
        }
    }
}

TEST_CASE("Texts that are not JSON are told with code and offset", "[dataworks]") {
    struct expectation {
        std::string_view text, code;
        std::size_t offset;
    };
    for (auto const& [text, code, offset] : {expectation{"", "truncated_json", 0},
                                             {"{", "truncated_json", 1},
                                             {"{'a':1}", "malformed_json", 1},
                                             {"{\"a\":1,}", "malformed_json", 7},
                                             {"{} {}", "trailing_text", 3},
                                             {"{\"a\":\"\xFF\"}", "invalid_utf8", 6},
                                             {R"(\"a\")", "malformed_json", 0},
                                             {R"({\"a\":\x})", "malformed_json", 1},
                                             {R"({\"a\":\ud800})", "malformed_json", 1},
                                             {R"({\"a\":\udc00\ud800})", "malformed_json", 1},
                                             {R"({\"a\":\u12})", "malformed_json", 1},
                                             {R"({\"a\":1)", "malformed_json", 1},
                                             {R"({\)", "malformed_json", 1},
                                             {R"({\})", "malformed_json", 1}}) {
        INFO(text);
        CHECK(check_content(text).form == form::broken);
        CHECK(acs::name(check_content(text).code) == code);
        CHECK(check_content(text).offset == offset);
        std::array<char, 64> memory{};
        auto const plain = dataworks::unwrap_content(text, memory);
        REQUIRE_FALSE(plain);
        CHECK(acs::name(plain.error().code) == code);
        CHECK(plain.error().where == "content");
    }
}

TEST_CASE("A configuration that was encoded too often is told, and comes back as it was", "[dataworks]") {
    std::string const plain = generated("QueryDISyncTaskConfigProcessResult.json");
    std::string const odd = "{\"a\\\"b\":\"\\\\ \\n \\u0000 \xE4\xB8\x9A\xE5\x8A\xA1 \xF0\x9F\x98\x80 \\ud83d\\ude00\"}";
    for (std::string const& text : {plain, odd, std::string("[ ]"), std::string(" {\n} ")}) {
        REQUIRE(check_content(text).form == form::json);
        for (auto const& [encoded, expected] : {std::pair{as_string(text), form::quoted},
                                                {" " + as_string(text) + "\n", form::quoted},
                                                {as_string(as_string(text)), form::quoted},
                                                {as_string(as_string(as_string(text))), form::quoted},
                                                {as_string(as_inside(text)), form::quoted}}) {
            INFO(encoded);
            CHECK(check_content(encoded).form == expected);
            CHECK(check_content(encoded).offset == (encoded[0] == ' ' ? 1U : 0U));
            std::string memory(encoded.size(), '\0');
            auto const unwrapped = dataworks::unwrap_content(encoded, memory);
            REQUIRE(unwrapped);
            CHECK(*unwrapped == text);

            std::string own = encoded;  // in place
            auto const in_place = dataworks::unwrap_content(own, own);
            REQUIRE(in_place);
            CHECK(*in_place == text);
        }
        if (text.find('"') == std::string::npos) continue;  // nothing in it is escaped
        for (std::string const& encoded : {as_inside(text), as_inside(as_inside(text))}) {
            INFO(encoded);
            CHECK(check_content(encoded).form == form::escaped);
            CHECK(check_content(encoded).offset == encoded.find('\\'));
            std::string own = encoded;
            auto const in_place = dataworks::unwrap_content(own, own);
            REQUIRE(in_place);
            CHECK(*in_place == text);
        }
    }
    std::string memory(64, '\0');
    CHECK(dataworks::unwrap_content("{\n  \\\"a\\\": 1\n}", memory).has_value());  // lines between what was escaped
    CHECK(check_content(R"({\n"a":1})") == dataworks::content_report{form::escaped, acs::errc::malformed_json, 1});
}

TEST_CASE("What was escaped by code units comes back, and half a pair does not", "[dataworks]") {
    std::string own = R"({\"a\":\"\ud83d\ude00\u0041\"})";
    CHECK(check_content(own).form == form::escaped);
    auto const plain = dataworks::unwrap_content(own, own);
    REQUIRE(plain);
    CHECK(*plain ==
          "{\"a\":\"\xF0\x9F\x98\x80"
          "A\"}");
    for (std::string const half : {R"({\"a\":\"\ud83d\u0041\"})", R"({\"a\":\"\ude00\"})", R"({\"a\":\"\ud83d\"})", R"({\"a\":\"\ud83g\"})",
                                   R"({\"a\":\"\ud83dabcdefgh\"})", R"({\"a\":\"\ud83d\nabcdef\"})"}) {
        INFO(half);
        CHECK(check_content(half).form == form::broken);
        std::array<char, 64> memory{};
        CHECK_FALSE(dataworks::unwrap_content(half, memory));
    }
}

TEST_CASE("Reports are the same if all is that they say", "[dataworks]") {
    dataworks::content_report const one{form::broken, acs::errc::malformed_json, 5};
    CHECK(one == dataworks::content_report{form::broken, acs::errc::malformed_json, 5});
    CHECK_FALSE(one == dataworks::content_report{form::escaped, acs::errc::malformed_json, 5});
    CHECK_FALSE(one == dataworks::content_report{form::broken, acs::errc::truncated_json, 5});
    CHECK_FALSE(one == dataworks::content_report{form::broken, acs::errc::malformed_json, 6});
}

TEST_CASE("A backslash at the end of a text escapes nothing, whatever stands behind it in memory", "[dataworks]") {
    CHECK(dataworks::content::find_bad_escape(std::string_view("a\\n", 2)) == 1);
    CHECK(dataworks::content::find_bad_escape(std::string_view("a\\n", 3)) == 3);
}

TEST_CASE("Unwrapping says how much memory it takes", "[dataworks]") {
    std::string const text = as_string(R"({"a":"b"})");
    for (std::size_t size = 0; size < text.size() - 2; ++size) {
        std::string memory(size, '#');
        auto const unwrapped = dataworks::unwrap_content(text, memory);
        REQUIRE_FALSE(unwrapped);
        CHECK(acs::name(unwrapped.error().code) == "no_space");
        CHECK(unwrapped.error().needed == text.size() - 2);
        CHECK(memory == std::string(size, '#'));
    }
    std::string memory(text.size() - 2, '#');
    CHECK(dataworks::unwrap_content(text, memory).has_value());
}

TEST_CASE("Every text of a small alphabet is checked as the reader does, and unwraps to JSON or not at all", "[dataworks]") {
    constexpr std::string_view alphabet = "{}\"\\:a1 u";
    std::string text;
    std::array<char, 8> memory{};
    std::size_t unwrapped_count = 0;
    for (std::size_t size = 0; size <= 6; ++size) {
        std::size_t combinations = 1;
        for (std::size_t i = 0; i < size; ++i) combinations *= alphabet.size();
        for (std::size_t n = 0; n < combinations; ++n) {
            text.resize(size);
            for (std::size_t i = 0, rest = n; i < size; ++i, rest /= alphabet.size()) text[i] = alphabet[rest % alphabet.size()];
            std::size_t offset = 0;
            bool const is_json = acs::check_json(text, offset) == acs::errc::none;
            auto const report = check_content(text);
            bool good = is_json == (report.form == form::json || report.form == form::quoted);
            auto const unwrapped = dataworks::unwrap_content(text, memory);
            if (unwrapped) {
                good = good && check_content(*unwrapped).form == form::json && unwrapped->size() <= text.size();
                if (unwrapped->data() == memory.data()) ++unwrapped_count;
            } else {
                good = good && report.form != form::json;
            }
            if (!good) FAIL(text);
        }
    }
    CHECK(unwrapped_count > 0);
}

TEST_CASE("Each form has words of its own", "[dataworks]") {
    std::set<std::string> words;
    for (form const f : {form::json, form::quoted, form::escaped, form::broken}) words.emplace(dataworks::message(f));
    CHECK(words.size() == 4);
    CHECK(dataworks::message(form{9}) == "unknown");
}

}  // namespace test_dataworks_content
