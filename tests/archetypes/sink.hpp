// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A type that models `acs::sink` and nothing more.
#ifndef ACS_TESTS_ARCHETYPES_SINK_HPP
#define ACS_TESTS_ARCHETYPES_SINK_HPP

#include <acs/core/sink.hpp>

#include <string>
#include <string_view>

namespace acs_tests {

/// The least of a sink: it stays where it is, can't be asked how much was written, and returns what nobody can use.
class text_sink_archetype final {
public:
    explicit text_sink_archetype(std::string& to) noexcept(false) : to_(to) {}
    text_sink_archetype(text_sink_archetype const&) = delete;
    text_sink_archetype& operator=(text_sink_archetype const&) = delete;

    struct unusable {
        unusable() = default;
        unusable(unusable const&) = delete;
        unusable& operator=(unusable const&) = delete;
    };

    unusable write(std::string_view text) & noexcept {
        to_.append(text);
        return {};
    }

private:
    std::string& to_;
};
static_assert(acs::sink<text_sink_archetype>);

}  // namespace acs_tests

#endif
