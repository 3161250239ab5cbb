// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A request by hand, and what became of it, in words.
#ifndef ACS_TESTS_SUPPORT_PLAIN_REQUEST_HPP
#define ACS_TESTS_SUPPORT_PLAIN_REQUEST_HPP

#include <acs/core/result.hpp>
#include <acs/message/request.hpp>

#include <string>
#include <utility>
#include <vector>

namespace acs_tests {

struct plain_request {
    explicit plain_request(std::string where, std::string target_text = "/", std::string body_text = {})
        : host(std::move(where)), target(std::move(target_text)), body(std::move(body_text)) {
        fields.push_back({"host", host});
    }
    plain_request(plain_request const&) = delete;
    plain_request& operator=(plain_request const&) = delete;

    [[nodiscard]] acs::request view(acs::method verb = acs::method::post, acs::scheme scheme = acs::scheme::http) const {
        return {scheme, verb, host, target, fields, body.empty() ? acs::request_body() : acs::request_body(body), "Do", {}};
    }

    std::string host, target, body;
    std::vector<acs::field> fields{};
};

/// `ok`, or code, origin and delivery.
inline std::string outcome(acs::result<void> const& carried) {
    if (carried) return "ok";
    acs::failure const& f = carried.error();
    return std::string(acs::name(f.code)) + " " + std::string(acs::name(f.origin)) + " " + std::string(acs::name(f.delivery));
}

}  // namespace acs_tests

#endif
