// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_RECORDED_EXCHANGE_HPP
#define ACS_TESTING_RECORDED_EXCHANGE_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/message/request.hpp>
#include <acs/testing/received.hpp>
#include <acs/testing/replies.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acs::testing::inline ACS_ABI {

/// A request as it was sent. Owns its texts.
struct recorded_request {
    std::string scheme{};  ///< `https` or `http`
    std::string method{};
    std::string host{};
    std::string target{};
    std::vector<std::pair<std::string, std::string>> fields{};  ///< in the order sent
    std::string body{};

    [[nodiscard]] static recorded_request of(request const& made) {
        recorded_request r{made.scheme == scheme::https ? "https" : "http",
                           std::string(name(made.verb)),
                           std::string(made.host),
                           std::string(made.target),
                           {},
                           {}};
        for (field const& f : made.fields) r.fields.emplace_back(f.name, f.value);
        string_sink out(r.body);
        made.body.write_to(out);
        return r;
    }

    /// Taken apart; none if it is not well-formed.
    [[nodiscard]] std::optional<received> apart() const {
        std::vector<field> views;
        for (auto const& [key, value] : fields) views.push_back({key, value});
        return receive(method, target, views, body);
    }

    [[nodiscard]] bool has_form() const noexcept {
        for (auto const& [key, value] : fields)
            if (equal_ignoring_case(key, "content-type")) return starts_with_ignoring_case(value, "application/x-www-form-urlencoded");
        return false;
    }
};

/// A transport's failure to bring an answer.
struct recorded_failure {
    errc code{};
    acs::delivery delivery{};
    std::uint16_t status{};

    friend bool operator==(recorded_failure const&, recorded_failure const&) noexcept = default;
};

/// One request and what came of it: an answer, unless there is a failure.
struct recorded_exchange {
    recorded_request request{};
    http_answer answer{};
    std::optional<recorded_failure> failure{};
};

}  // namespace acs::testing::inline ACS_ABI

#endif
