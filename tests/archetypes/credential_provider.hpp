// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A type that models `acs::credential_provider` and nothing more: whatever is instantiated with it uses no more than the concept promises.
#ifndef ACS_TESTS_ARCHETYPES_CREDENTIAL_PROVIDER_HPP
#define ACS_TESTS_ARCHETYPES_CREDENTIAL_PROVIDER_HPP

#include <acs/exchange/credential_provider.hpp>

#include <cstddef>
#include <optional>
#include <span>

namespace acs_tests {

/// Credentials that become others when they are refreshed, which takes no request. It can be neither copied nor moved,
/// and neither can its machine, which is done as soon as it starts.
class provider_archetype final {
public:
    explicit provider_archetype(acs::credentials const& next) : next_(next) {}
    provider_archetype(provider_archetype const&) = delete;
    provider_archetype& operator=(provider_archetype const&) = delete;

    /// What drivers and loops ask of a machine.
    class renewal final {
    public:
        static constexpr unsigned char boxes = 1;
        static std::size_t arrays_size(acs::reply const&) noexcept { return 0; }
        renewal(renewal const&) = delete;

        acs::step start(acs::moment const&) noexcept {
            begun_ = true;
            to_->has_ = true;
            return due();
        }
        acs::step on_reply(acs::reply const&, acs::moment const&, std::span<std::byte> = {}) noexcept { return due(); }
        acs::step on_lost(acs::failure const&, acs::moment const&) noexcept { return due(); }
        acs::step on_tick(acs::moment const&) noexcept { return due(); }
        acs::step on_no_credentials() noexcept { return due(); }
        acs::step cancel(acs::errc = {}) noexcept { return due(); }
        acs::step due() const noexcept { return {begun_ ? acs::action::done : acs::action::wait, 0, {}}; }
        bool has_begun() const noexcept { return begun_; }
        bool holds_answer() const noexcept { return false; }
        acs::request const& request() const noexcept { return nothing_; }
        acs::failure const& error() const noexcept { return none_; }

    private:
        friend class provider_archetype;
        explicit renewal(provider_archetype& to) : to_(&to) {}
        provider_archetype* to_;
        acs::request nothing_{};
        acs::failure none_{};
        bool begun_{};
    };

    acs::result<acs::credentials> current() const noexcept {
        if (!has_) return acs::refuse(acs::errc::missing_credentials, "archetype");
        return next_;
    }
    std::optional<acs::wall_time> expiry() const noexcept { return {}; }
    bool due(acs::wall_time) const noexcept { return !has_; }
    renewal refresh() noexcept { return renewal(*this); }

private:
    acs::credentials next_;
    bool has_{};
};

static_assert(acs::check_credential_provider<provider_archetype>());

}  // namespace acs_tests

#endif
