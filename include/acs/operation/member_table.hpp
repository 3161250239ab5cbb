// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_MEMBER_TABLE_HPP
#define ACS_OPERATION_MEMBER_TABLE_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/operation/array.hpp>
#include <acs/operation/description.hpp>
#include <acs/operation/member.hpp>
#include <acs/operation/offset.hpp>
#include <acs/operation/read_members.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

// From the described members of a reply to rows that lie in flash.
namespace acs::inline ACS_ABI {

namespace table_error {
// Never defined. A faulty description calls one while it is compiled; the compiler then shows its name.
void a_member_name_is_described_twice();
void a_reply_has_at_most_255_rows();
void a_reply_has_at_most_8191_bytes();
void arrays_are_nested_too_deep();
}  // namespace table_error

template <class Pointer>
struct pointed_to;
template <class Class, class T>
struct pointed_to<T Class::*> {
    using type = T;
};

/// Writes rows, one after the other, of members whose names stand in the same order.
struct row_writer {
    std::string_view const* names{};
    member_row* rows{};
    std::size_t count{};

    constexpr void put(std::string_view name, shape what, std::size_t offset, std::size_t size) {
        if (count + size > 255 || name.size() > 255) table_error::a_reply_has_at_most_255_rows();
        if (offset > 8191) table_error::a_reply_has_at_most_8191_bytes();
        member_row& row = rows[count++];
        row.name_data = name.data();
        row.name_size = static_cast<std::uint8_t>(name.size());
        row.size = static_cast<std::uint8_t>(size);
        row.offset = static_cast<std::uint16_t>(offset & 8191);
        row.what = what;
    }
};

/// The rows and targets of a value of type `T`, described by `Inner`. Here: an object.
template <class T, class... Inner>
struct member_tree;

/// Those of one described member.
template <class Described>
struct member_branch;
template <auto Pointer, class... Inner>
struct member_branch<described_member<Pointer, Inner...>> {
    using tree = member_tree<typename pointed_to<decltype(Pointer)>::type, Inner...>;

    /// `at`: where the object around it begins.
    template <class Object>
    static constexpr void write(std::string_view name, std::size_t at, row_writer& to) {
        tree::write(name, at + offset_of<Object, Pointer>(), to);
    }
    template <class Object>
    static constexpr void bind(Object& object, member_target*& slot) noexcept {
        tree::bind(object.*Pointer, slot);
    }
};

template <class T, class... Inner>
struct member_tree {
    static constexpr std::size_t size = (std::size_t{1} + ... + member_branch<Inner>::tree::size);

    static constexpr void write(std::string_view name, std::size_t offset, row_writer& to) {
        static_assert(sizeof...(Inner) != 0 || (std::is_class_v<T> && std::is_aggregate_v<T>),
                      "a described member is a text, an optional number or boolean, an array, or an object with described members");
        to.put(name, shape::object, offset, size);
        write_inner(offset, to);
    }
    static constexpr void write_inner([[maybe_unused]] std::size_t at, row_writer& to) {
        (member_branch<Inner>::template write<T>(*to.names++, at, to), ...);
    }
    static constexpr void bind(T& object, member_target*& slot) noexcept {
        ++slot;  // an object has no value of its own
        (member_branch<Inner>::bind(object, slot), ...);
    }
};

template <class T>
    requires requires { member_of<T>::what; }
struct member_tree<T> {
    static constexpr std::size_t size = 1;

    static constexpr void write(std::string_view name, std::size_t offset, row_writer& to) {
        to.put(name, member_of<T>::what, offset, size);
    }
    static constexpr void bind(T& value, member_target*& slot) noexcept { *slot++ = member_of<T>::target(value); }
};

template <class T, class... Inner>
struct member_tree<std::span<T const>, Inner...> {
    using element = member_tree<T, Inner...>;
    static constexpr std::size_t size = 1 + element::size;

    static constexpr void write(std::string_view name, std::size_t offset, row_writer& to) {
        to.put(name, shape::array, offset, size);
        std::size_t const one = to.count;
        element::write({}, 0, to);
        to.rows[one].array = &array_member<T>;
    }
    static constexpr void bind(std::span<T const>& elements, member_target*& slot) noexcept {
        *slot++ = {.array = &elements};
        slot += element::size;  // constant expressions read no elements
    }
};

/// Names are compared among siblings, so that no row's parent has to be looked for: compilers count the steps.
constexpr void check_names(std::span<member_row const> rows) {
    for (std::size_t around = 0; around < rows.size(); ++around) {
        std::size_t const end = around + rows[around].size;
        for (std::size_t i = around + 1; i < end; i += rows[i].size)
            for (std::size_t k = i + rows[i].size; k < end; k += rows[k].size)
                if (rows[k].name() == rows[i].name()) table_error::a_member_name_is_described_twice();
    }
}
constexpr void check_nesting(std::span<member_row const> rows, std::size_t row, std::size_t arrays) {
    if (rows[row].what == shape::array && ++arrays > max_array_nesting) table_error::arrays_are_nested_too_deep();
    for (std::size_t i = row + 1; i < row + rows[row].size; i += rows[i].size) check_nesting(rows, i, arrays);
}

/// Whether a row is of that shape.
[[nodiscard]] constexpr bool has_shape(std::span<member_row const> rows, shape what) noexcept {
    for (member_row const& row : rows)
        if (row.what == what) return true;
    return false;
}

/// How many bytes behind the beginning of its result a reply lies.
template <class Reply>
[[nodiscard]] consteval std::size_t offset_in_result() {
    return offset_of<result<Reply>>(result<Reply>::value_member());
}

/// The rows of a reply. `Source::members()` gives what describes them.
template <class Reply, class Source>
class member_table {
    template <class... Members>
    static member_tree<Reply, Members...> tree_of(described_members<Members...>);
    using tree = decltype(tree_of(Source::members()));

    /// What reading the rows takes.
    static constexpr member_functions const* functions_for(std::span<member_row const> made) {
        bool const arrays = has_shape(made, shape::array);
        if (has_shape(made, shape::number)) return functions_with<store_any>(arrays);
        if (has_shape(made, shape::integer)) return functions_with<store_up_to_integer>(arrays);
        return functions_with<store_text_or_boolean>(arrays);
    }

public:
    using reply = Reply;
    static constexpr std::size_t row_count = tree::size;

    /// Row 0 is the reply.
    static constexpr auto rows = [] {
        std::array<member_row, row_count> made{};
        auto const described = Source::members();
        row_writer to{described.names.data(), made.data()};
        to.put({}, shape::object, offset_in_result<Reply>(), row_count);
        tree::write_inner(0, to);
        check_names(made);
        check_nesting(made, 0, 0);
        made[0].functions = functions_for(made);
        return made;
    }();

    /// The row of a text or boolean at the top of the reply; 0 if it has none of that name.
    static constexpr std::uint8_t top_member(std::string_view name, shape what) noexcept {
        for (std::size_t i = 1; i < rows.size(); i += rows[i].size)
            if (rows[i].name() == name && rows[i].what == what) return static_cast<std::uint8_t>(i);
        return 0;
    }

    /// Whether a member is of that shape.
    static constexpr bool has(shape what) noexcept { return has_shape(rows, what); }

    /// Points each row to its member of `object`, but for those inside array elements.
    static constexpr auto bind(Reply& object) noexcept {
        std::array<member_target, row_count> slots{};
        member_target* slot = slots.data();
        tree::bind(object, slot);
        return slots;
    }
};

}  // namespace acs::inline ACS_ABI

#endif
