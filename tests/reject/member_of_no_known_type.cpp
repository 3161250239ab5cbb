// expect: a described member is a text, an optional number or boolean, an array, or an object with described members
#include <acs/operation/table.hpp>

#include <cstdint>
#include <optional>
#include <span>

#ifdef REJECT
using element = std::int64_t;
#else
using element = std::optional<std::int64_t>;
#endif

struct operation {
    static constexpr acs::call_head head{"Do", "1"};
    struct reply {
        std::span<element const> sizes{};
    };
    static consteval auto describe() { return acs::description(acs::parameters(), acs::members(acs::member<&reply::sizes>("Sizes"))); }
};

static_assert(acs::table<operation>::members.size() == 3);
