// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Signed requests with a bit of everything in them, changed on their way to the gateway, and what it answers.
#ifndef ACS_TESTS_SUPPORT_REFUSED_HPP
#define ACS_TESTS_SUPPORT_REFUSED_HPP

#include <acs/error/service_error.hpp>
#include <acs/explain/explain.hpp>
#include <acs/explain/write_explanation.hpp>
#include <acs/operation/prepare.hpp>
#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>
#include <acs/testing/gateway.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/signing.hpp"
#include "support/string_sink.hpp"
#include "support/wire.hpp"

namespace acs_tests {

// Looked for in everything that is shown.
inline constexpr std::string_view canary_id = "STS.NUkCanaryKeyId7Qx2";
inline constexpr std::string_view canary_secret = "CanarySecret8vJw3nRt5yPq";
inline constexpr std::string_view canary_token = "CAISCanaryToken4/Zk+q9Lm==Bd7WcanaryXtail";

inline std::array<acs::param, 12> mixed_params() {
    return {{{"Alpha", "Aa1", acs::place::query},
             {"Blank", "a b", acs::place::query},
             {"Empty", "", acs::place::query},
             {"Form", "f 1", acs::place::form},
             {"Lines", "x\ny", acs::place::query},
             {"Percent", "50%", acs::place::query},
             {"Plus", "a+b", acs::place::query},
             {"Slash", "p/q", acs::place::query},
             {"Tag.1.Key", "k", acs::place::query},
             {"Umlaut", "h\xC3\xA4", acs::place::query},
             {"Wide", "a  b", acs::place::query},
             {"Zip", "zz", acs::place::query}}};
}

/// A signed request that stays where it is.
class signed_call {
public:
    explicit signed_call(acs::signature_style style, std::string_view secret = canary_secret, std::string_view path = "/v1/a%2Fb/c.d")
        : style_(style) {
        bool const rpc = style == acs::signature_style::rpc;
        acs::call const any{.action = "DoIt",
                            .version = "2020-05-18",
                            .params = params_,
                            .style = rpc ? acs::api_style::rpc : acs::api_style::roa,
                            .path = rpc ? "/" : path};
        acs::credentials const who{canary_id, secret, canary_token};
        acs::endpoint const to{.host = "api.example.com"};
        acs::prepare_options const options{.fields = fields_};
        auto const done = style == acs::signature_style::acs3 ? acs::prepare(any, to, who, vector_moment, memory_, options)
                          : rpc ? acs::prepare(any, to, acs::rpc_hmac_sha1(who), vector_moment, memory_, options)
                                : acs::prepare(any, to, acs::roa_hmac_sha1(who), vector_moment, memory_, options);
        REQUIRE(done);
        made_ = *done;
    }
    signed_call(signed_call const&) = delete;
    signed_call& operator=(signed_call const&) = delete;

    [[nodiscard]] acs::request const& made() const { return made_; }
    [[nodiscard]] acs::signature_style style() const { return style_; }

    [[nodiscard]] wire_request wire() const {
        wire_request w{std::string(name(made_.verb)), std::string(made_.target), {}, written([&](auto& out) { made_.body.write_to(out); })};
        for (acs::field const& f : made_.fields) w.fields.emplace_back(f.name, f.value);
        return w;
    }

private:
    acs::signature_style style_;
    std::array<acs::param, 12> params_ = mixed_params();
    std::array<acs::field, 2> fields_{{{"x-acs-note", "Say it  twice, [b]\\n"}, {"x-acs-trace", "t1"}}};
    acs::request_buffer<8192, 32, 40> memory_{};
    acs::request made_{};
};

/// The answer to a request, and the failure that it is.
class refused_answer {
public:
    explicit refused_answer(acs::testing::http_answer answer) : answer_(std::move(answer)) {
        for (auto const& [name, value] : answer_.fields) fields_.push_back({name, value});
        failure_ = acs::answer_failure({answer_.status, fields_, answer_.body});
    }
    refused_answer(refused_answer const&) = delete;
    refused_answer& operator=(refused_answer const&) = delete;
    [[nodiscard]] acs::failure const& failure() const { return failure_; }

private:
    acs::testing::http_answer answer_;
    std::vector<acs::field> fields_{};
    acs::failure failure_{};
};

inline acs::testing::http_answer gateway_answer(wire_request const& w) {
    acs::testing::gateway gateway{{std::string(canary_id), std::string(canary_secret), std::string(canary_token)}};
    return handle(gateway, w);
}

/// A failure with a message of our own, as a signature that does not match has.
inline acs::failure mismatch(std::string_view message, std::string_view code = "SignatureDoesNotMatch") {
    acs::failure f{};
    f.code = acs::errc::service_refused;
    f.origin = acs::origin::service;
    f.delivery = acs::delivery::answered;
    f.status = 400;
    f.service.code = code;
    f.service.message = message;
    return f;
}

inline std::string words(acs::explanation const& e) {
    return written([&](auto& out) { acs::write_explanation(e, out); });
}

/// Replaces the first occurrence, which has to be there.
inline void edit(std::string& text, std::string_view from, std::string_view to) {
    std::size_t const at = text.find(from);
    INFO("looking for " << from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

/// One way in which a request is changed between signing and service, and what an explanation has to say of it.
struct mutation {
    std::string what{};
    std::function<void(wire_request&)> change{};
    acs::text_part part{};
    std::string name{};
    acs::cause why{};
};

/// Whether any of the canaries, or a run of 8 bytes of one, is in a text.
inline bool shows_canary(std::string_view text, std::vector<std::string_view> const& canaries) {
    for (std::string_view const canary : canaries)
        for (std::size_t i = 0; i + 8 <= canary.size(); ++i)
            if (text.find(canary.substr(i, 8)) != std::string_view::npos) return true;
    return false;
}

}  // namespace acs_tests

#endif
