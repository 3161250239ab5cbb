// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_SUPPORT_ARRIVED_HPP
#define ACS_TESTS_SUPPORT_ARRIVED_HPP

#include <acs/testing/conformance/world.hpp>

#include <cstddef>
#include <string_view>

namespace acs_tests {

using arrived = acs::conformance::arrival;

/// A request's first line and fields.
inline arrived head_of(std::string_view head) {
    arrived r;
    auto const line = [&head] {
        std::size_t const end = head.find("\r\n");
        std::string_view const taken = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
        return taken;
    };
    std::string_view const first = line();
    std::size_t const space = first.find(' '), last = first.rfind(' ');
    r.method = first.substr(0, space);
    if (space < last) r.target = first.substr(space + 1, last - space - 1);
    r.version = first.substr(last + 1);
    while (!head.empty()) {
        std::string_view const field = line();
        std::size_t const colon = field.find(':');
        r.fields.emplace_back(field.substr(0, colon), acs::trim(field.substr(colon + 1)));
    }
    return r;
}

}  // namespace acs_tests

#endif
