// expect: a_reply_has_at_most_8191_bytes
#include <acs/operation/table.hpp>

#include <array>
#include <cstddef>
#include <string_view>

#ifdef REJECT
inline constexpr std::size_t size = 8192;
#else
inline constexpr std::size_t size = 8184;
#endif

struct operation {
    static constexpr acs::call_head head{"Do", "1"};
    struct reply {
        std::array<char, size> own{};  // not described
        std::string_view status{};
    };
    static consteval auto describe() { return acs::description(acs::parameters(), acs::members(acs::member<&reply::status>("Status"))); }
};

static_assert(acs::table<operation>::members[1].offset == size);
