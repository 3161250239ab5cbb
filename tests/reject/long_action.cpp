// expect: action_and_version_have_at_most_255_bytes
#include <acs/operation/table.hpp>

#include <array>
#include <cstddef>
#include <string_view>

#ifdef REJECT
inline constexpr std::size_t size = 256;
#else
inline constexpr std::size_t size = 255;
#endif
inline constexpr auto letters = [] {
    std::array<char, size> all{};
    all.fill('a');
    return all;
}();

struct operation {
    static constexpr acs::call_head head{{letters.data(), letters.size()}, "1", acs::method::post};
    struct reply {};
    static consteval auto describe() { return acs::description(acs::parameters(), acs::members()); }
};

static_assert(acs::table<operation>::parameters.empty());
