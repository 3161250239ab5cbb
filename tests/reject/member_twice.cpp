// expect: a_member_name_is_described_twice
#include <acs/operation/table.hpp>

#include <string_view>

#ifdef REJECT
inline constexpr std::string_view second_name = "Status";
#else
inline constexpr std::string_view second_name = "Message";
#endif

struct operation {
    static constexpr acs::call_head head{"Do", "1"};
    struct reply {
        struct data_type {
            std::string_view status{};
            std::string_view message{};
        };
        std::string_view status{};
        data_type data{};
    };
    static consteval auto describe() {
        using data = reply::data_type;
        return acs::description(acs::parameters(), acs::members(acs::member<&reply::status>("Status"),
                                                                acs::member<&reply::data>("Data", acs::member<&data::status>("Status"),
                                                                                          acs::member<&data::message>(second_name))));
    }
};

static_assert(acs::table<operation>::members.size() == 5);
