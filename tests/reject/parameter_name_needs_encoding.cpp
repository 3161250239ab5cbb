// expect: a_parameter_name_must_be_unreserved_characters_and_not_empty
#include <acs/operation/table.hpp>

#include <string_view>

#ifdef REJECT
inline constexpr std::string_view wire_name = "Tag#1";
#else
inline constexpr std::string_view wire_name = "Tag.1";
#endif

struct operation {
    static constexpr acs::call_head head{"Do", "1"};
    struct reply {};
    std::string_view a{};
    static consteval auto describe() { return acs::description(acs::parameters(acs::query<&operation::a>(wire_name)), acs::members()); }
};

static_assert(acs::table<operation>::parameters.size() == 1);
