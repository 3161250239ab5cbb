// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// An operation with every kind of parameter and member, arrays in arrays above all.
#ifndef ACS_TESTS_SUPPORT_ARRAY_OPERATION_HPP
#define ACS_TESTS_SUPPORT_ARRAY_OPERATION_HPP

#include <acs/message/call_head.hpp>
#include <acs/operation/description.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace acs_tests {

struct list_things {
    static constexpr acs::call_head head{"ListThings", "2020-05-18"};

    std::string_view name{};
    std::optional<bool> flag{};
    std::optional<std::int64_t> size{};
    std::optional<std::int64_t> any{};
    std::string_view content{};
    std::string_view long_query{};

    struct reply {
        struct tag {
            std::string_view key{};
            std::optional<bool> on{};
        };
        struct item {
            std::optional<std::int64_t> id{};
            std::string_view name{};
            std::optional<double> weight{};
            std::span<tag const> tags{};
            std::span<std::string_view const> labels{};
        };
        struct page {
            std::span<item const> items{};
            std::optional<std::int64_t> total{};
        };
        using row = std::span<std::optional<std::int64_t> const>;
        using deep_1 = std::span<std::string_view const>;
        using deep_2 = std::span<deep_1 const>;
        using deep_3 = std::span<deep_2 const>;

        std::string_view request_id{};
        std::optional<bool> success{};
        page paging{};
        std::span<std::string_view const> names{};
        std::span<std::optional<bool> const> flags{};
        std::span<row const> matrix{};
        std::span<deep_3 const> deep{};  ///< as deep as arrays may nest
        std::optional<double> ratio{};
    };

    static consteval auto describe() {
        using self = list_things;
        using item = reply::item;
        return acs::description(
            acs::parameters(acs::query<&self::size>("Size", acs::range{-5, 5}, acs::required),
                            acs::form<&self::content>("Content", acs::long_text), acs::query<&self::name>("Name", acs::required),
                            acs::query<&self::flag>("Flag"), acs::query<&self::any>("Any"),
                            acs::query<&self::long_query>("LongQuery", acs::long_text)),
            acs::members(
                acs::member<&reply::request_id>("RequestId"), acs::member<&reply::success>("Success"),
                acs::member<&reply::paging>(
                    "Paging",
                    acs::member<&reply::page::items>(
                        "Items", acs::member<&item::id>("Id"), acs::member<&item::name>("Name"), acs::member<&item::weight>("Weight"),
                        acs::member<&item::tags>("Tags", acs::member<&reply::tag::key>("Key"), acs::member<&reply::tag::on>("On")),
                        acs::member<&item::labels>("Labels")),
                    acs::member<&reply::page::total>("Total")),
                acs::member<&reply::names>("Names"), acs::member<&reply::flags>("Flags"), acs::member<&reply::matrix>("Matrix"),
                acs::member<&reply::deep>("Deep"), acs::member<&reply::ratio>("Ratio")));
    }
};

}  // namespace acs_tests

#endif
