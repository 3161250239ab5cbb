// expect: action_and_version_must_not_be_empty_nor_hold_cr_lf_or_nul
#include <acs/operation/table.hpp>

#include <string_view>

#ifdef REJECT
inline constexpr std::string_view version = "1\r\nx-other: 2";
#else
inline constexpr std::string_view version = "1";
#endif

struct operation {
    static constexpr acs::call_head head{"Do", version};
    struct reply {};
    static consteval auto describe() { return acs::description(acs::parameters(), acs::members()); }
};

static_assert(acs::table<operation>::parameter_count == 0);
