// expect: an_operation_has_at_most_65535_bytes
#include <acs/operation/table.hpp>

#include <array>
#include <cstddef>
#include <string_view>

#ifdef REJECT
inline constexpr std::size_t size = 65'536;
#else
inline constexpr std::size_t size = 65'528;
#endif

struct operation {
    static constexpr acs::call_head head{"Do", "1"};
    std::array<char, size> own{};  // not described
    std::string_view name{};
    struct reply {};
    static consteval auto describe() { return acs::description(acs::parameters(acs::query<&operation::name>("Name")), acs::members()); }
};

static_assert(acs::table<operation>::parameters[0].offset == size);
