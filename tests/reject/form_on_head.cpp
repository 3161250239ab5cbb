// expect: a_head_operation_has_no_form
#include <acs/operation/table.hpp>

#include <string_view>

#ifdef REJECT
inline constexpr acs::method verb = acs::method::head;
#else
inline constexpr acs::method verb = acs::method::post;
#endif

struct operation {
    static constexpr acs::call_head head{"Do", "1", verb};
    struct reply {};
    std::string_view a{};
    static consteval auto describe() { return acs::description(acs::parameters(acs::form<&operation::a>("A")), acs::members()); }
};

static_assert(acs::table<operation>::parameters.size() == 1);
