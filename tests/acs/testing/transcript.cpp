// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/transcript.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace test_testing_transcript {

namespace {

namespace t = acs::testing;

std::string bytes() {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    return all;
}

t::transcript sample() {
    t::recorded_request const request{"https", "POST", "h", "/?a=%20b&c", {{"host", "h"}, {"x", "\"\\\n\t\xE4\xB8\x9A"}}, "a=b\x01"};
    t::transcript made;
    made.exchanges.push_back({request, {200, {{"content-type", "application/json"}, {"x", ""}, {"x", "2"}}, "{\"a\":\"b\"}\r\n", {}}, {}});
    made.exchanges.push_back({request, {500, {}, bytes(), {}}, {}});
    made.exchanges.push_back(
        {{"http", "GET", "h:1", "/", {}, ""}, {}, t::recorded_failure{acs::errc::timed_out, acs::delivery::unknown, 0}});
    made.exchanges.push_back({request, {}, t::recorded_failure{acs::errc::receive_failed, acs::delivery::answered, 502}});
    return made;
}

void check_equal(t::transcript const& a, t::transcript const& b) {
    REQUIRE(a.exchanges.size() == b.exchanges.size());
    for (std::size_t i = 0; i < a.exchanges.size(); ++i) {
        auto const &x = a.exchanges[i], &y = b.exchanges[i];
        CHECK(x.request.scheme == y.request.scheme);
        CHECK(x.request.method == y.request.method);
        CHECK(x.request.host == y.request.host);
        CHECK(x.request.target == y.request.target);
        CHECK(x.request.fields == y.request.fields);
        CHECK(x.request.body == y.request.body);
        CHECK(x.answer.status == y.answer.status);
        CHECK(x.answer.fields == y.answer.fields);
        CHECK(x.answer.body == y.answer.body);
        CHECK(x.failure == y.failure);
    }
}

/// What `load` says of a text, which then changes nothing.
std::string fault(std::string_view text) {
    t::transcript out = sample();
    auto const wrong = t::transcript::load(text, out);
    if (!wrong) return "none";
    check_equal(out, sample());
    return *wrong;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    std::size_t const at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

std::size_t lines(std::string_view text) {
    std::size_t count = 0;
    for (char const c : text) count += c == '\n' ? 1U : 0U;
    return count;
}

}  // namespace

TEST_CASE("What is saved can be loaded, byte for byte", "[testing]") {
    std::string const text = sample().save();
    CHECK(lines(text) == 5);
    CHECK(text.find(R"({"acs_transcript":1,"exchanges":4})"
                    "\n"
                    R"({"request":{"scheme":"https","method":"POST","host":"h",)") == 0);
    t::transcript loaded;
    REQUIRE_FALSE(t::transcript::load(text, loaded));
    check_equal(loaded, sample());
    CHECK(loaded.save() == text);

    t::transcript none;
    REQUIRE_FALSE(t::transcript::load(t::transcript{}.save(), none));
    CHECK(none.exchanges.empty());
}

TEST_CASE("What is put in by hand is scrubbed when it is saved", "[testing]") {
    t::transcript made;
    made.exchanges.push_back({{"https", "POST", "h", "/?AccessKeyId=canary", {{"x-acs-security-token", "canary"}}, ""},
                              {200, {}, R"({"AccessKeySecret":"canary"})", {}},
                              {}});
    CHECK(made.save().find("canary") == std::string::npos);
    CHECK(made.exchanges[0].request.target == "/?AccessKeyId=canary");
}

TEST_CASE("A text that was cut off anywhere is refused, with the line", "[testing]") {
    std::string const text = sample().save();
    for (std::size_t size = 0; size < text.size(); ++size) {
        std::string_view const cut = std::string_view(text).substr(0, size);
        std::string const said = fault(cut);
        INFO(size << " " << said);
        bool const at_line_end = size == 0 || cut.back() == '\n';
        std::string const line = "line " + std::to_string(lines(cut) + 1);
        CHECK(said.substr(0, line.size()) == line);
        CHECK((said.find("exchanges are missing") != std::string::npos || size == 0) == at_line_end);
    }
    CHECK(fault("") == "line 1: the text is empty");
    CHECK(fault(text.substr(0, text.size() - 1)) == "line 5: the line is cut off");
    std::string const two = text.substr(0, text.find('\n', text.find('\n') + 1) + 1);
    CHECK(fault(two) == "line 3: the text ends, and exchanges are missing: there are 1 of 4");
}

TEST_CASE("A garbled text is refused, with the line and what makes no sense in it", "[testing]") {
    std::string const text = sample().save();
    CHECK(fault("\n") == "line 1, column 1: the JSON text is cut off");
    CHECK(fault("{}\n") == "line 1: this is no transcript of version 1");
    CHECK(fault(replaced(text, R"("acs_transcript":1)", R"("acs_transcript":2)")) == "line 1: this is no transcript of version 1");
    CHECK(fault(replaced(text, R"("exchanges":4)", R"("exchanges":3)")) == "line 5: there are more exchanges than the first line says");
    CHECK(fault(replaced(text, R"("exchanges":4)", R"("exchanges":-4)")) == "line 1: this is no transcript of version 1");
    CHECK(fault(text + "\n") == "line 6, column 1: the JSON text is cut off");
    CHECK(fault(text + "{}\n") == "line 6: there are more exchanges than the first line says");
    CHECK(fault(replaced(text, R"({"request")", R"([request")")) == "line 2, column 2: the text is not JSON");
    struct expectation {
        std::string_view what, by, member;
    };
    for (auto const& [what, by, member] : {expectation{R"("scheme":"https")", R"("scheme":1)", "request.scheme"},
                                           {R"("method")", R"("methods")", "request.method"},
                                           {R"("host":"h")", R"("host":null)", "request.host"},
                                           {R"("target")", R"("t")", "request.target"},
                                           {R"([["host","h"])", R"([["host"])", "request.fields"},
                                           {R"([["host","h"])", R"([["host","h","x"])", "request.fields"},
                                           {R"([["host","h"])", R"([["host",1])", "request.fields"},
                                           {R"([["host","h"])", R"(["host")", "request.fields"},
                                           {R"("body":"a=b)", R"("bode":"a=b)", "request.body"},
                                           {R"("answer")", R"("answers")", "answer.status"},
                                           {R"("status":200)", R"("status":1000)", "answer.status"},
                                           {R"("status":200)", R"("status":"200")", "answer.status"},
                                           {R"("status":200,"fields")", R"("status":200,"field")", "answer.fields"},
                                           {R"("body":"{)", R"("body64":"{)", "answer.body"}}) {
        INFO(what << " " << by);
        CHECK(fault(replaced(text, what, by)) == "line 2: " + std::string(member) + " is missing or makes no sense");
    }
    CHECK(fault(replaced(text, R"("body_base64":")", R"("body_base64":"*)")) == "line 3: answer.body is missing or makes no sense");
    CHECK(fault(replaced(text, "timed_out", "none")) == "line 4: failure.code is missing or makes no sense");
    CHECK(fault(replaced(text, "timed_out", "unknown")) == "line 4: failure.code is missing or makes no sense");
    CHECK(fault(replaced(text, R"("delivery":"unknown")", R"("delivery":"lost")")) ==
          "line 4: failure.delivery is missing or makes no sense");
    CHECK(fault(replaced(text, R"("status":502)", R"("status":-1)")) == "line 5: failure.status is missing or makes no sense");
}

TEST_CASE("No byte that is changed makes loading do anything but load or refuse", "[testing]") {
    std::string const text = sample().save();
    std::size_t refused = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        for (char const c : {'\0', '"', '{', '9', '\xFF'}) {
            std::string copy = text;
            copy[i] = c;
            t::transcript out;
            if (auto const wrong = t::transcript::load(copy, out)) {
                ++refused;
                if (wrong->substr(0, 5) != "line ") FAIL(*wrong);
            }
        }
    CHECK(refused > text.size());
}

}  // namespace test_testing_transcript
