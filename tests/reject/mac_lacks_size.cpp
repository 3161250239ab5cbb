// expect: a mac needs: std::size_t size\(\) const noexcept
#include <acs/signing/mac.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

struct key_service {
    using hasher = acs::sha256;
    static constexpr std::string_view algorithm = "ACS3-RSA-SHA256";
    static constexpr std::size_t max_size = 512;
#ifndef REJECT
    std::size_t size() const noexcept { return 256; }
#endif
    bool mac(std::string_view, std::span<std::uint8_t>) const noexcept { return false; }
};

static_assert(acs::check_mac<key_service>());
