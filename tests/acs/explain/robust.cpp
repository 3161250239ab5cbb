// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What the service repeats may be cut off or garbled, and secrets stay hidden whatever it says.
#include <acs/explain/explain.hpp>
#include <acs/explain/write_explanation.hpp>

#include <acs/error/write_failure.hpp>
#include <acs/hosted/print.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/mutations.hpp"
#include "support/refused.hpp"

namespace test_explain_robust {

using namespace acs_tests;
using acs::signature_style;

namespace {

constexpr std::string_view wrong_secret = "WrongCanarySecret5Hb2LmXz";

/// A copy in a block of exactly its size, so that reading beside it is noticed.
class exact_text {
public:
    explicit exact_text(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
        std::copy(text.begin(), text.end(), bytes_.get());
    }
    [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

class random_numbers {
public:
    std::size_t below(std::size_t n) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return static_cast<std::size_t>(state_ % n);
    }

private:
    std::uint64_t state_ = 0x9E3779B97F4A7C15;
};

std::string printed(acs::failure const& f) {
    std::FILE* const file = std::tmpfile();
    REQUIRE(file != nullptr);
    acs::print(file, f);
    std::string text(static_cast<std::size_t>(std::ftell(file)), '\0');
    std::rewind(file);
    CHECK(std::fread(text.data(), 1, text.size(), file) == text.size());
    std::fclose(file);
    return text;
}

std::string with_line_ends(std::string_view message, std::string_view form) {
    std::string out;
    for (char const& c : message) out += c == '\n' ? std::string(form) : std::string(1, c);
    return out;
}

/// Everything that may be shown of a refusal.
std::string all_output(acs::request const& made, acs::failure const& f) {
    acs::explanation const e = acs::explain(made, f, {.secret = wrong_secret});
    return std::string(e.name) + "\n" + std::string(e.detail) + "\n" + words(e) + "\n" + printed(f) + "\n" +
           written([&](auto& out) { acs::write_failure(f, out); });
}

std::string message_of(signed_call const& call) {
    return std::string(refused_answer(gateway_answer(call.wire())).failure().service.message);
}

std::vector<std::string_view> canaries(signed_call const& call) {
    std::vector<std::string_view> all{canary_id, canary_secret, canary_token, wrong_secret};
    std::string_view const said = acs::find_field(call.made().fields, "authorization");
    if (!said.empty()) all.push_back(said.substr(said.size() - 24));
    if (std::size_t const at = call.made().target.find("&Signature="); at != std::string_view::npos)
        all.push_back(call.made().target.substr(at + 11));
    return all;
}

constexpr signature_style styles[]{signature_style::acs3, signature_style::rpc, signature_style::roa};

}  // namespace

TEST_CASE("A message that is cut off at any byte is never taken for one that is equal", "[explain]") {
    for (signature_style const style : styles) {
        signed_call const call(style, wrong_secret);
        std::string const whole = message_of(call);
        for (std::string_view const form : {"\n", "\r\n", "\\n", "\\r\\n"}) {
            std::string const message = with_line_ends(whole, form);
            REQUIRE(name(acs::explain(call.made(), mismatch(message)).why) == "secret");
            // The string to sign, which is a hash, comes first and is enough.
            std::size_t const hashed = style == signature_style::acs3 ? message.find("] server CanonicalRequest is [") : std::string::npos;
            for (std::size_t size = 0; size < message.size(); ++size) {
                exact_text const cut(std::string_view(message).substr(0, size));
                acs::explanation const e = acs::explain(call.made(), mismatch(cut.view()));
                INFO(name_of(style) << " cut at " << size << " of " << message.size() << "\n" << words(e));
                bool const by_hash = size > hashed && size < hashed + std::string_view("] server CanonicalRequest is [").size();
                bool const claims = e.why == acs::cause::secret || e.why == acs::cause::signature_form;
                REQUIRE(claims == by_hash);
                bool const compared = e.why != acs::cause::no_echo && !by_hash;
                if (compared) REQUIRE((e.why == acs::cause::cut_off || e.why == acs::cause::missing));
            }
        }
    }
}

TEST_CASE("A difference in front of the cut is still found", "[explain]") {
    for (method_case const& method : all_methods()) {
        signed_call const call(method.style);
        for (mutation const& m : method.mutations) {
            wire_request w = call.wire();
            m.change(w);
            std::string const message(refused_answer(gateway_answer(w)).failure().service.message);
            acs::explanation const whole = acs::explain(call.made(), mismatch(message));
            std::size_t const begin = message.size() - (message.size() / 3);
            for (std::size_t size = begin; size < message.size(); size += 7) {
                exact_text const cut(std::string_view(message).substr(0, size));
                acs::explanation const e = acs::explain(call.made(), mismatch(cut.view()));
                INFO(name_of(method.style) << ", " << m.what << ", cut at " << size << "\n" << words(whole) << words(e));
                REQUIRE(e.why != acs::cause::secret);
                if (e.why != acs::cause::cut_off && e.why != acs::cause::missing) CHECK(e.text_offset == whole.text_offset);
            }
        }
    }
}

TEST_CASE("A message that is garbled is never taken for one that is equal, and nothing secret comes out of it", "[explain]") {
    random_numbers random;
    for (signature_style const style : styles) {
        signed_call const call(style, wrong_secret);
        std::vector<std::string_view> const hidden = canaries(call);
        std::string const whole = message_of(call);
        for (std::string_view const form : {"\n", "\\n"}) {
            std::string const message = with_line_ends(whole, form);
            // Each byte in turn.
            for (std::size_t at = 0; at < message.size(); ++at) {
                std::string garbled = message;
                garbled[at] = static_cast<char>(garbled[at] ^ static_cast<char>(1 + random.below(255)));
                exact_text const exact(garbled);
                acs::failure const f = mismatch(exact.view());
                acs::explanation const e = acs::explain(call.made(), f, {.secret = wrong_secret});
                acs::request_echo const echo = acs::find_echo(message);
                std::string_view const text = style == signature_style::acs3 ? echo.canonical_request : echo.plain;
                auto const begin = static_cast<std::size_t>(text.data() - message.data());
                INFO(name_of(style) << " garbled at " << at << " of " << message.size() << "\n" << words(e));
                if (at >= begin && at < begin + text.size()) REQUIRE(e.why != acs::cause::secret);
                REQUIRE_FALSE(shows_canary(std::string(e.name) + words(e), hidden));
                REQUIRE_FALSE(shows_canary(acs::without_echo(exact.view()), hidden));
            }
            // Many bytes at once.
            for (int round = 0; round < 2000; ++round) {
                std::string garbled = message;
                std::size_t const count = 2 + random.below(20);
                for (std::size_t i = 0; i < count; ++i) garbled[random.below(garbled.size())] = static_cast<char>(random.below(256));
                exact_text const exact(garbled);
                acs::explanation const e = acs::explain(call.made(), mismatch(exact.view()), {.secret = wrong_secret});
                INFO(garbled << "\n" << words(e));
                REQUIRE_FALSE(shows_canary(std::string(e.name) + words(e), hidden));
                REQUIRE_FALSE(shows_canary(acs::without_echo(exact.view()), hidden));
            }
        }
    }
}

TEST_CASE("No secret, token or signature is in anything that is shown of a refusal", "[explain]") {
    for (method_case const& method : all_methods()) {
        signed_call const call(method.style);
        std::vector<std::string_view> const hidden = canaries(call);
        for (mutation const& m : method.mutations) {
            wire_request w = call.wire();
            m.change(w);
            refused_answer const answer(gateway_answer(w));
            INFO(name_of(method.style) << ", " << m.what);
            // The canaries are in what the service says, so the search can find them.
            CHECK(shows_canary(answer.failure().service.message, hidden));
            std::string const shown = all_output(call.made(), answer.failure());
            INFO(shown);
            CHECK_FALSE(shows_canary(shown, hidden));
        }
    }
}

TEST_CASE("A body that can't be read keeps its secrets, wherever it is cut off", "[explain]") {
    for (signature_style const style : styles) {
        signed_call const call(style, wrong_secret);
        std::vector<std::string_view> const hidden = canaries(call);
        acs::testing::http_answer answer = gateway_answer(call.wire());
        REQUIRE(shows_canary(answer.body, hidden));
        for (std::size_t size = 0; size < answer.body.size(); ++size) {
            std::string body = answer.body.substr(0, size);
            acs::failure const f = acs::answer_failure({400, {}, body});
            INFO(name_of(style) << " cut at " << size);
            bool const whole = size > answer.body.find("\",\"Recommend");
            REQUIRE((whole || acs::explain(call.made(), f).why != acs::cause::secret));
            if (whole) CHECK(name(acs::explain(call.made(), f).why) == "secret");
            REQUIRE_FALSE(shows_canary(all_output(call.made(), f), hidden));
        }
    }
}

TEST_CASE("Each text that a body repeats is enough if the body can't be read", "[explain]") {
    for (signature_style const style : styles) {
        signed_call const call(style, wrong_secret);
        std::string body = gateway_answer(call.wire()).body;
        body.pop_back();
        if (style == signature_style::acs3) {
            std::size_t const begin = body.find("server StringToSign"), end = body.find("server CanonicalRequest");
            body.erase(begin, end - begin);
        }
        INFO(name_of(style));
        CHECK(name(acs::explain(call.made(), acs::answer_failure({400, {}, body})).why) == "secret");
    }
}

TEST_CASE("A difference is found in a body that can't be read, too", "[explain]") {
    for (method_case const& method : all_methods()) {
        signed_call const call(method.style);
        for (mutation const& m : method.mutations) {
            wire_request w = call.wire();
            m.change(w);
            acs::testing::http_answer answer = gateway_answer(w);
            std::string body = answer.body.substr(0, answer.body.size() - 1);
            acs::failure const f = acs::answer_failure({400, {}, body});
            acs::explanation const e = acs::explain(call.made(), f);
            INFO(name_of(method.style) << ", " << m.what << "\n" << words(e));
            CHECK(f.service.message.empty());
            CHECK(name(e.part) == name(m.part));
            CHECK(std::string(e.name) == m.name);
        }
    }
}

TEST_CASE("XML that was cut off is compared as what its references stand for", "[explain]") {
    auto const body_of = [](std::string_view message, std::string const& line_end = "\n") {
        std::string body = "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?><Error><Code>SignatureDoesNotMatch</Code><Message>";
        for (char const& c : message) body += c == '&' ? "&amp;" : c == ',' ? "&#x2C;" : c == '\n' ? line_end : std::string(1, c);
        return body + "</Message><Recomm";
    };
    for (method_case const& method : all_methods()) {
        signed_call const call(method.style), other(method.style, wrong_secret);
        for (std::string const line_end : {"\n", "\r\n", "&#13;\n", "&#10;", "&#xD;&#xA;", "&#13;&#10;"}) {
            std::string same = body_of(message_of(other), line_end);
            INFO(name_of(method.style) << " " << line_end);
            CHECK(name(acs::explain(other.made(), acs::answer_failure({400, {}, same})).why) == "secret");
        }
        INFO(name_of(method.style));
        for (mutation const& m : method.mutations) {
            wire_request w = call.wire();
            m.change(w);
            std::string body = body_of(refused_answer(gateway_answer(w)).failure().service.message);
            acs::failure const f = acs::answer_failure({400, {}, body});
            acs::explanation const e = acs::explain(call.made(), f);
            INFO(m.what << "\n" << words(e));
            CHECK(f.service.message.empty());
            CHECK(name(e.part) == name(m.part));
            CHECK(std::string(e.name) == m.name);
            CHECK(name(e.why) == name(m.why));
        }
    }
}

TEST_CASE("A body that was cut off anywhere, in the midst of an escape too, is explained by that alone", "[explain]") {
    auto const xml = [](char c) {
        return c == '\n' ? "&#13;\n" : std::string("&<%").find(c) < 3 ? "&#" + std::to_string(int{c}) + ";" : std::string(1, c);
    };
    auto const json = [](char c) {
        return c == '&' ? "\\u0026" : c == '\n' ? "\\n" : std::string("\\\"/").find(c) < 3 ? std::string("\\") + c : std::string(1, c);
    };
    auto const body_of = [](std::string body, std::string const& message, auto const& escaped) {
        for (char const& c : message) body += escaped(c);
        return body;
    };
    for (signature_style const style : styles) {
        signed_call const call(style, wrong_secret);
        std::string const message = message_of(call);
        for (std::string const& whole : {body_of("<Error><Message>", message, xml), body_of("{\"Message\":\"", message, json)})
            for (std::size_t size = whole.find("server"); size <= whole.size(); ++size) {
                std::string cut = whole.substr(0, size);
                acs::explanation const e = acs::explain(call.made(), acs::answer_failure({400, {}, cut}));
                INFO(name_of(style) << " cut behind " << whole.substr(0, size) << "\n" << words(e));
                REQUIRE((e.why == acs::cause::none || e.why == acs::cause::no_echo || e.why == acs::cause::cut_off));
            }
    }
}

TEST_CASE("A name that only the service tells is shown only if it is plain and holds nothing secret", "[explain]") {
    signed_call const call(signature_style::rpc);
    std::string const ours = written([&](auto& out) { acs::write_rpc_string_to_sign("POST", call.made().params, out); });
    auto const name_shown = [&](std::string const& added) {
        std::string theirs = "server string to sign is:" + ours;
        edit(theirs, "AccessKeyId", added + "%3D1%26AccessKeyId");
        acs::explanation const e = acs::explain(call.made(), mismatch(theirs), {.secret = canary_secret});
        CHECK(name(e.part) == "parameter");
        CHECK(name(e.why) == "added");
        std::string const said = words(e);
        bool const shown = said.find(added) != std::string::npos;
        CHECK((shown || said.find("A parameter was not signed there") == 0));
        CHECK(e.name.empty() != shown);
        return shown;
    };
    CHECK(name_shown("AAA"));
    CHECK(name_shown("A.1.b-c_d"));
    CHECK_FALSE(name_shown("A" + std::string(canary_token.substr(4, 8))));
    CHECK_FALSE(name_shown(std::string(canary_id)));
    CHECK_FALSE(name_shown("A" + std::string(canary_secret)));
    CHECK_FALSE(name_shown("A" + std::string(canary_secret.substr(3, 8)) + "A"));
    CHECK(name_shown("A" + std::string(canary_secret.substr(3, 7))));  // 7 bytes are taken for chance
    CHECK_FALSE(name_shown("A<b>"));
    CHECK_FALSE(name_shown("A\x1B[2J"));
    CHECK_FALSE(name_shown("A\xC3\xA4"));
    CHECK_FALSE(name_shown(std::string(65, 'A')));
}

}  // namespace test_explain_robust
