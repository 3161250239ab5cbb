// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_OPERATION_WRITE_JSON_HPP
#define ACS_OPERATION_WRITE_JSON_HPP

#include <acs/core/config.hpp>
#include <acs/core/sink.hpp>
#include <acs/json/writer.hpp>
#include <acs/operation/array.hpp>
#include <acs/operation/decode.hpp>
#include <acs/operation/member.hpp>
#include <acs/operation/table.hpp>

#include <array>
#include <cstddef>
#include <type_traits>

// A typed reply as JSON again, for people and for other programs.
namespace acs::inline ACS_ABI {

/// Walks the rows of a reply and writes what is there: absent members, and objects of which nothing is there, are left out.
template <sink S>
class member_writer {
public:
    constexpr member_writer(member_places reply, member_row const* rows, json_writer<S>& json) noexcept
        : rows_(rows), at_(reply), json_(&json) {}

    constexpr void write() noexcept {
        json_->begin_object();
        for (std::size_t row = 1; leave(row);) row = value(row);
    }

private:
    /// Closes what ends before `row`, and moves to the row to go on with. False at the end of the reply.
    constexpr bool leave(std::size_t& row) noexcept {
        while (row == inside_ + rows_[inside_].size) {
            if (rows_[inside_].what == shape::array) {
                if (open_[arrays_ - 1].step(functions_of(rows_[inside_]), at_)) {
                    row = inside_ + 1;
                    return true;
                }
                --arrays_;
                json_->end_array();
            } else {
                json_->end_object();
                if (inside_ == 0) return false;
            }
            inside_ = parent_of(rows_, inside_);
        }
        return true;
    }

    /// Writes one member or element, or begins it. The row after it.
    constexpr std::size_t value(std::size_t row) noexcept {
        bool const is_element = rows_[inside_].what == shape::array;
        if (!is_present(row) && !is_element) return row + rows_[row].size;
        if (!is_element) json_->name(rows_[row].name());
        switch (rows_[row].what) {
            case shape::object:
                json_->begin_object();
                inside_ = row;
                break;
            case shape::array:
                json_->begin_array();
                open_[arrays_++] = element_walk(functions_of(rows_[row]), target(row), at_);
                inside_ = row;
                return row + rows_[row].size;  // its end, from where it goes on with its first element
            default: is_present(row) ? scalar(row) : json_->null();
        }
        return row + 1;
    }

    constexpr void scalar(std::size_t row) noexcept {
        switch (rows_[row].what) {
            case shape::text: return json_->string(*target(row).text);
            case shape::integer: return json_->integer(**target(row).integer);
            case shape::boolean: return json_->boolean(**target(row).boolean);
            case shape::number: return json_->number(**target(row).number);
            case shape::object:
            case shape::array: return;
        }
    }

    [[nodiscard]] constexpr bool is_present(std::size_t row) const noexcept {
        std::size_t const end = row + rows_[row].size;
        for (std::size_t i = row; i < end;) {
            bool found = false;
            switch (rows_[i].what) {
                case shape::text: found = target(i).text->data() != nullptr; break;
                case shape::integer: found = target(i).integer->has_value(); break;
                case shape::boolean: found = target(i).boolean->has_value(); break;
                case shape::number: found = target(i).number->has_value(); break;
                case shape::array: found = functions_of(rows_[i]).elements(target(i)).count != 0; break;
                case shape::object: break;
            }
            if (found) return true;
            i += rows_[i].what == shape::array ? rows_[i].size : 1U;
        }
        return false;
    }

    [[nodiscard]] constexpr member_target target(std::size_t row) const noexcept { return at_.of(rows_, row); }

    member_row const* rows_;
    member_places at_;  // the reply, or the element that is written
    json_writer<S>* json_;
    std::array<element_walk, max_array_nesting> open_{};
    std::size_t arrays_{};
    std::size_t inside_{};  // the row of the object or array that is open
};

/// Writes a typed reply as compact JSON, members by their wire names in the order of the description, 64-bit integers as numbers. Not one
/// that holds a secret.
template <operation Op, sink S>
    requires(!has_secret_reply<Op>)
constexpr void write_json(typename Op::reply const& reply, S& out) noexcept {
    typename Op::reply copy = reply;  // rows point to members that could be written
    json_writer<S> json(out);
    if (std::is_constant_evaluated()) {
        auto slots = table<Op>::bind(copy);
        member_writer<S>(member_places(slots.data()), table<Op>::members.data(), json).write();
    } else {
        member_writer<S>(member_places(&copy), table<Op>::members.data(), json).write();
    }
}

}  // namespace acs::inline ACS_ABI

#endif
