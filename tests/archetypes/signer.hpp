// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Types that model `acs::signer` and `acs::mac` and nothing more.
#ifndef ACS_TESTS_ARCHETYPES_SIGNER_HPP
#define ACS_TESTS_ARCHETYPES_SIGNER_HPP

#include <acs/core/result.hpp>
#include <acs/signing/acs3.hpp>
#include <acs/signing/draft.hpp>
#include <acs/signing/mac.hpp>
#include <acs/signing/signer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "archetypes/hasher.hpp"

namespace acs_tests {

/// The least of a signer: it stays where it is, is not even a constant expression, and may throw at its beginning and its end.
class signer_archetype final {
public:
    explicit signer_archetype(acs::credentials const& who) noexcept(false) : under_(who) {}
    signer_archetype(signer_archetype const&) = delete;
    signer_archetype& operator=(signer_archetype const&) = delete;
    ~signer_archetype() noexcept(false) {}

    acs::result<void> apply(std::same_as<acs::draft> auto& d) const& noexcept { return under_.apply(d); }

private:
    acs::acs3_hmac_sha256 under_;
};
static_assert(acs::signer<signer_archetype>);

/// The least of a mac: its name is no std::string_view, its sizes differ, nothing is constexpr. It is copied into a signer, which may
/// throw.
class mac_archetype final {
public:
    using hasher = hasher_archetype;
    static constexpr char const* algorithm = "ACS3-HMAC-SHA256";
    static constexpr unsigned short max_size = 64;

    explicit mac_archetype(std::string_view secret) : under_(secret) {}
    mac_archetype(mac_archetype const& other) noexcept(false) : under_(other.under_) {}
    mac_archetype& operator=(mac_archetype const&) = delete;

    std::size_t size() const& noexcept { return 32; }
    bool mac(std::same_as<std::string_view> auto text, std::same_as<std::span<std::uint8_t>> auto out) const& noexcept {
        return under_.mac(text, out);
    }

private:
    acs::hmac_mac<acs::sha256> under_;
};
static_assert(acs::check_mac<mac_archetype>());

}  // namespace acs_tests

#endif
