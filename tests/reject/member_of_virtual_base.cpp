// expect: a described member is of a virtual base
#include <acs/operation/table.hpp>

#include <string_view>

struct base {
    std::string_view name{};
};
#ifdef REJECT
struct operation : virtual base {
#else
struct operation : base {
#endif
    static constexpr acs::call_head head{"Do", "1"};
    struct reply {
        std::string_view status{};
    };
    static consteval auto describe() {
        return acs::description(acs::parameters(acs::query<&operation::name>("Name")), acs::members(acs::member<&reply::status>("Status")));
    }
};

static_assert(acs::table<operation>::parameter_count == 1);
static_assert(acs::table<operation>::parameters[0].name() == "Name");
