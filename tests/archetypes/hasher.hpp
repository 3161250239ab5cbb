// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A type that models `acs::hasher` and nothing more: whatever is instantiated with it uses no more than the concept promises.
#ifndef ACS_TESTS_ARCHETYPES_HASHER_HPP
#define ACS_TESTS_ARCHETYPES_HASHER_HPP

#include <acs/crypto/hasher.hpp>
#include <acs/crypto/sha256.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>

namespace acs_tests {

/// SHA-256 as little as it can be offered: nothing is constexpr or trivial, copying may throw, the sizes are no `std::size_t`, `update`
/// takes a `std::string_view` and nothing that becomes one, and returns what nobody can use.
class hasher_archetype final {
public:
    static constexpr unsigned char block_size = 64;
    static constexpr unsigned char digest_size = 32;
    using digest = std::array<std::uint8_t, 32>;

    hasher_archetype() noexcept(false) {}
    hasher_archetype(hasher_archetype const& other) noexcept(false) : sha256_(other.sha256_) {}
    hasher_archetype& operator=(hasher_archetype const& other) & noexcept(false) {
        sha256_ = other.sha256_;
        return *this;
    }
    ~hasher_archetype() { sha256_ = {}; }

    struct unusable {
        unusable() = default;
        unusable(unusable const&) = delete;
        unusable& operator=(unusable const&) = delete;
    };

    unusable update(std::same_as<std::string_view> auto text) & noexcept {
        sha256_.update(text);
        return {};
    }

    digest finish() & noexcept { return sha256_.finish(); }

private:
    acs::sha256 sha256_{};
};

static_assert(acs::check_hasher<hasher_archetype>());

/// Has an `update` only, which is all that a `hash_sink` asks for.
class update_archetype final {
public:
    explicit update_archetype(std::string_view& last) : last_(&last) {}
    update_archetype(update_archetype const&) = delete;
    update_archetype& operator=(update_archetype const&) = delete;

    void update(std::same_as<std::string_view> auto text) & noexcept { *last_ = text; }

private:
    std::string_view* last_;
};

static_assert(acs::has_update<update_archetype> && !acs::hasher<update_archetype>);

}  // namespace acs_tests

#endif
