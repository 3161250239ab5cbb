// expect: arrays_are_nested_too_deep
#include <acs/operation/table.hpp>

#include <span>
#include <string_view>

using deep_1 = std::span<std::string_view const>;
using deep_2 = std::span<deep_1 const>;
using deep_3 = std::span<deep_2 const>;
using deep_4 = std::span<deep_3 const>;
using deep_5 = std::span<deep_4 const>;

struct operation {
    static constexpr acs::call_head head{"Do", "1"};
    struct reply {
#ifdef REJECT
        deep_5 texts{};
#else
        deep_4 texts{};
#endif
    };
    static consteval auto describe() { return acs::description(acs::parameters(), acs::members(acs::member<&reply::texts>("Texts"))); }
};

static_assert(acs::table<operation>::members.size() > 4);
