// expect: a hasher needs: digest finish\(\) noexcept
#include <acs/crypto/hasher.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

struct hasher {
    static constexpr std::size_t block_size = 64;
    static constexpr std::size_t digest_size = 32;
    using digest = std::array<std::uint8_t, digest_size>;
    void update(std::string_view) noexcept {}
#ifndef REJECT
    digest finish() noexcept { return {}; }
#endif
};

static_assert(acs::check_hasher<hasher>());
