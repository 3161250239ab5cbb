// expect: a_parameter_name_is_described_twice
#include <acs/operation/table.hpp>

#include <string_view>

struct operation {
    static constexpr acs::call_head head{"Do", "1"};
    struct reply {};
    std::string_view a{};
    std::string_view b{};
    static consteval auto describe() {
#ifdef REJECT
        return acs::description(acs::parameters(acs::query<&operation::a>("Name"), acs::form<&operation::b>("Name")), acs::members());
#else
        return acs::description(acs::parameters(acs::query<&operation::a>("Name"), acs::form<&operation::b>("Name2")), acs::members());
#endif
    }
};

static_assert(acs::table<operation>::parameters.size() == 2);
