// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_HOSTED_ANY_SINK_HPP
#define ACS_HOSTED_ANY_SINK_HPP

#include <acs/core/config.hpp>
#include <acs/client/transport.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Any answer sink, seen through one type, so that what works on it is compiled once. A view.
class any_sink {
public:
    template <answer_sink Sink>
    requires(!std::same_as<Sink, any_sink>)  // which is a sink too, and is copied
        explicit any_sink(Sink& sink) noexcept
        : sink_(&sink), calls_(&calls_of<Sink>) {}

    void status(std::uint16_t code) const noexcept { calls_->status(sink_, code); }
    [[nodiscard]] bool field(std::string_view name, std::string_view value) const noexcept { return calls_->field(sink_, name, value); }
    [[nodiscard]] bool body(std::string_view piece) const noexcept { return calls_->body(sink_, piece); }

private:
    struct calls {
        void (*status)(void*, std::uint16_t) noexcept;
        bool (*field)(void*, std::string_view, std::string_view) noexcept;
        bool (*body)(void*, std::string_view) noexcept;
    };

    template <class Sink>
    static constexpr calls calls_of{
        [](void* sink, std::uint16_t code) noexcept { static_cast<Sink*>(sink)->status(code); },
        [](void* sink, std::string_view name, std::string_view value) noexcept { return static_cast<Sink*>(sink)->field(name, value); },
        [](void* sink, std::string_view piece) noexcept { return static_cast<Sink*>(sink)->body(piece); },
    };

    void* sink_;
    calls const* calls_;
};

}  // namespace acs::inline ACS_ABI

#endif
