// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_READ_MEMBERS_HPP
#define ACS_OPERATION_READ_MEMBERS_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/text.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/token.hpp>
#include <acs/json/value.hpp>
#include <acs/operation/array.hpp>
#include <acs/operation/member.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

// The two passes of decoding. The first reads and checks all of the text, which it leaves as it is, and stores every value; texts raw.
// Only when that went well does the second unescape the texts, in place. Neither is a template per operation.
namespace acs::inline ACS_ABI {

class member_reader;
struct bound_members;

/// What the passes do with members that not every reply has. Called through pointers: programs whose replies hold no numbers or arrays are
/// linked without what reads them.
struct member_functions {
    scalar_store* store{};
    errc (*enter_array)(member_reader& reader, std::size_t row) noexcept {};           ///< null: there are no arrays
    errc (*read_element)(member_reader& reader, json_token const& token) noexcept {};  ///< the same
    void (*unescape)(bound_members const& from, std::span<char> body) noexcept {};     ///< the second pass
};

/// The members of one reply: the operation's table, and where the values go. Nowhere: nothing is stored.
struct bound_members {
    member_row const* rows{};
    member_places reply{};
};

/// Where the first pass went wrong.
struct fault_place {
    std::size_t offset{};  ///< in the text
    std::size_t row{};     ///< the innermost row around it that has a name, or 0
};

/// The first pass.
class member_reader {
public:
    constexpr member_reader(bound_members const& to, std::string_view text, array_memory& memory) noexcept
        : rows_(to.rows), memory_(&memory), at_{to.reply}, json_(text) {}

    constexpr errc read(fault_place& fault) noexcept {
        json_token token;
        errc code = json_.next(token);
        if (code == errc::none) code = value(0, token);
        while (code == errc::none && json_.depth() != 0) code = step(token);
        if (code == errc::none) code = json_.next(token);  // nothing but the end may follow
        if (code == errc::none) return code;
        while (row_ != 0 && rows_[row_].name_size == 0) leave_row();
        fault = {code == errc::wrong_type || code == errc::number_out_of_range ? token.offset : json_.offset(), row_};
        return code;
    }

    /// Enters the array of a row.
    static constexpr errc enter_array(member_reader& reader, std::size_t row) noexcept {
        std::size_t count = 0;
        if (errc const code = reader.count_elements(count); code != errc::none) return code;
        member_places const around = reader.at_[reader.arrays_];
        if (count != 0 || (around && !std::is_constant_evaluated())) {  // no elements take the place of a default, too
            member_target const to = around ? around.of(reader.rows_, row) : member_target{};
            if (!functions_of(reader.rows_[row]).allocate(to, count, *reader.memory_)) reader.store_no_elements();
        }
        reader.at_[++reader.arrays_] = {};
        return errc::none;
    }

    /// Reads an element of the array of `row_`.
    static constexpr errc read_element(member_reader& reader, json_token const& token) noexcept {
        std::size_t const row = reader.row_;
        if (reader.storing_) {
            array_functions const& functions = functions_of(reader.rows_[row]);
            member_places& element = reader.at_[reader.arrays_];
            element = element ? element.behind(functions.element_size)
                              : member_places(functions.elements((&element)[-1].of(reader.rows_, row)).first);
        }
        return reader.value(row + 1, token);
    }

private:
    /// Reads on inside the object or array of `row_`.
    ACS_INLINE_ONCE constexpr errc step(json_token& token) noexcept {
        bool const in_array = rows_[row_].what == shape::array;
        if (errc const code = json_.next(token); code != errc::none) return code;
        if (token.kind == json_kind::object_end || token.kind == json_kind::array_end) return leave(in_array);
        if (in_array) return rows_->functions->read_element(*this, token);
        std::size_t const child = find(token);
        if (child == 0) return json_.next_value(token);
        if (errc const code = json_.next(token); code != errc::none) return code;
        return value(child, token);
    }

    /// The row of the member that the name token names; 0 if there is none.
    [[nodiscard]] ACS_INLINE_ONCE constexpr std::size_t find(json_token const& name) const noexcept {
        std::size_t const end = std::size_t{row_} + rows_[row_].size;
        for (std::size_t i = std::size_t{row_} + 1; i < end; i += rows_[i].size)
            if (json_equals(name.text, name.escaped, rows_[i].own_name())) return i;
        return 0;
    }

    constexpr errc value(std::size_t row, json_token const& token) noexcept {
        shape const what = rows_[row].what;
        if (token.kind == json_kind::null) return row == 0 ? errc::wrong_type : errc::none;
        std::uint8_t const around = row_;
        row_ = static_cast<std::uint8_t>(row);  // where what goes wrong is, or what comes next
        if (token.kind == json_kind::object_begin) return what == shape::object ? errc::none : errc::wrong_type;
        if (token.kind == json_kind::array_begin)
            return what == shape::array ? rows_->functions->enter_array(*this, row) : errc::wrong_type;
        if (!is_scalar(what)) return errc::wrong_type;
        member_places const at = at_[arrays_];
        errc const code = at ? rows_->functions->store(what, at.of(rows_, row), token) : errc::none;
        if (code == errc::none) row_ = around;
        return code;
    }

    /// Elements are counted ahead; arrays nest a constant number of times, so this is linear.
    constexpr errc count_elements(std::size_t& count) noexcept {
        json_reader::position const begin = json_.here();
        json_token token;
        for (std::size_t const depth = json_.depth();;) {
            bool const at_element = json_.depth() == depth;
            if (errc const code = json_.next(token); code != errc::none) return code;
            if (json_.depth() < depth) break;
            if (at_element) ++count;
        }
        json_.back(begin);
        return errc::none;
    }

    constexpr errc leave(bool array) noexcept {
        if (array) --arrays_;
        leave_row();
        return errc::none;
    }
    ACS_OUTLINE constexpr void leave_row() noexcept { row_ = static_cast<std::uint8_t>(parent_of(rows_, row_)); }

    /// Without memory for elements, what stands outside arrays is stored all the same: it may say that the reply is no success.
    constexpr void store_no_elements() noexcept {
        storing_ = false;
        for (std::size_t i = 1; i <= arrays_; ++i) at_[i] = {};
    }

    member_row const* rows_;
    std::uint8_t arrays_{};
    std::uint8_t row_{};
    bool storing_{true};  // elements
    array_memory* memory_;
    std::array<member_places, 1 + max_array_nesting> at_;  // the reply, and of each array that is open the element; null: not stored
    json_reader json_;
};

/// Whether a text is of the body. Those that are not are defaults of a reply's own.
[[nodiscard]] constexpr bool is_of(std::span<char> body, std::string_view text) noexcept {
    if (std::is_constant_evaluated()) return true;  // where a text of elsewhere is no constant
    return reinterpret_cast<std::uintptr_t>(text.data()) - reinterpret_cast<std::uintptr_t>(body.data()) < body.size();
}

/// Unescapes a text that the first pass stored, over itself, in the body that it was read from.
constexpr void unescape_in(std::span<char> body, std::string_view& text) noexcept {
    if (text.empty() || !is_of(body, text)) return;
    if (json_text::skip_plain(text.data(), body.data() + body.size()) >= text.data() + text.size()) return;
    char* const at = body.data() + (text.data() - body.data());
    text = {at, json_unescape(text, at)};
}

/// The second pass, where there are no arrays.
constexpr void unescape_members(bound_members const& from, std::span<char> body) noexcept {
    for (std::size_t row = 0; row < from.rows->size; ++row)
        if (from.rows[row].what == shape::text) unescape_in(body, *from.reply.of(from.rows, row).text);
}

/// The second pass.
class text_unescaper {
public:
    constexpr text_unescaper(bound_members const& from, std::span<char> body) noexcept : rows_(from.rows), at_(from.reply), body_(body) {}

    constexpr void run() noexcept {
        for (std::size_t row = 0; row < rows_->size || arrays_ != 0;) {
            if (arrays_ != 0 && row == open_[arrays_ - 1].row + rows_[open_[arrays_ - 1].row].size) {
                row = next_element(row);
                continue;
            }
            if (rows_[row].what == shape::text) unescape_in(body_, *at_.of(rows_, row).text);
            if (rows_[row].what == shape::array) {
                open_[arrays_++] = {row, element_walk(functions_of(rows_[row]), at_.of(rows_, row), at_)};
                row += rows_[row].size;
            } else {
                ++row;
            }
        }
    }

private:
    struct open_array {
        std::size_t row{};
        element_walk elements{};
    };

    /// The row to go on with after the array's rows: again its element's, as long as there are elements.
    std::size_t next_element(std::size_t after) noexcept {
        open_array& open = open_[arrays_ - 1];
        if (open.elements.step(functions_of(rows_[open.row]), at_)) return open.row + 1;
        --arrays_;
        return after;
    }

    member_row const* rows_;
    member_places at_;  // the reply, or the element that the walk is in
    std::span<char> body_;
    std::array<open_array, max_array_nesting> open_{};
    std::size_t arrays_{};
};

constexpr void unescape_members_and_elements(bound_members const& from, std::span<char> body) noexcept { text_unescaper(from, body).run(); }

/// The functions for members of some shapes.
template <scalar_store* Store, bool HasArrays>
inline constexpr member_functions functions_of_shapes{.store = Store,
                                                      .enter_array = HasArrays ? member_reader::enter_array : nullptr,
                                                      .read_element = HasArrays ? member_reader::read_element : nullptr,
                                                      .unescape = HasArrays ? unescape_members_and_elements : unescape_members};
template <scalar_store* Store>
[[nodiscard]] constexpr member_functions const* functions_with(bool arrays) noexcept {
    return arrays ? &functions_of_shapes<Store, true> : &functions_of_shapes<Store, false>;
}

}  // namespace acs::inline ACS_ABI

#endif
