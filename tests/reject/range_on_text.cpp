// expect: a_range_needs_an_integer_and_min_below_max
#include <acs/operation/table.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

struct operation {
    static constexpr acs::call_head head{"Do", "1"};
    struct reply {};
#ifdef REJECT
    std::string_view a{};
#else
    std::optional<std::int64_t> a{};
#endif
    static consteval auto describe() {
        return acs::description(acs::parameters(acs::query<&operation::a>("A", acs::range{1, 10})), acs::members());
    }
};

static_assert(acs::table<operation>::parameters.size() == 1);
