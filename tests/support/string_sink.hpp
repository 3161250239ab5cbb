// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_SUPPORT_STRING_SINK_HPP
#define ACS_TESTS_SUPPORT_STRING_SINK_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace acs_tests {

/// A sink that keeps everything, and how many pieces it came in.
struct string_sink {
    std::string text{};
    std::size_t pieces{};

    void write(std::string_view piece) noexcept {
        text.append(piece);
        ++pieces;
    }
};

/// What `writer(sink)` writes.
template <class Writer>
std::string written(Writer const& writer) {
    string_sink out;
    writer(out);
    return out.text;
}

}  // namespace acs_tests

#endif
