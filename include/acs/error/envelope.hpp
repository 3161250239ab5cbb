// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_ERROR_ENVELOPE_HPP
#define ACS_ERROR_ENVELOPE_HPP

#include <acs/core/config.hpp>
#include <acs/core/errc.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/json/reader.hpp>
#include <acs/json/token.hpp>
#include <acs/json/value.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// The members of an error body, whatever spelling a product or gateway chose for them (protocol 4.3).
namespace acs::inline ACS_ABI {

/// Collects the members of an error body by name. Of several spellings of one member the first in the protocol's table wins, wherever it
/// stands in the body; empty values count as missing.
class envelope {
public:
    /// The member that the name spells; null if there is none, or a better spelling was seen already.
    [[nodiscard]] constexpr std::string_view* find(std::string_view name) noexcept {
        std::string_view rest = spellings;
        for (std::size_t member = 0; member < count; ++member)
            for (std::uint8_t rank = 1;; ++rank) {
                std::size_t const size = rest.find_first_of(" ;");
                bool const same = first(rest, size) == name;
                bool const last = rest[size] == ';';
                rest.remove_prefix(size + 1);
                if (same && (rank_[member] == 0 || rank < rank_[member])) {
                    found_ = member;
                    found_rank_ = rank;
                    return &text_[member];
                }
                if (last) break;
            }
        return nullptr;
    }

    /// Takes the value of the member that `find` returned last.
    constexpr void set(std::string_view value) noexcept {
        if (value.empty()) return;
        text_[found_] = value;
        rank_[found_] = found_rank_;
    }

    /// Whether the member that `find` returned last may be a JSON object.
    [[nodiscard]] constexpr bool takes_object() const noexcept { return found_ == count - 1; }

    /// Calls `use(text)` for each member that is there and not an object.
    template <class Use>
    constexpr void for_each_text(Use use) noexcept {
        for (std::size_t member = 0; member < count; ++member)
            if (rank_[member] != 0 && !(member == count - 1 && text_[member].front() == '{')) use(text_[member]);
    }

    [[nodiscard]] constexpr service_error view() const noexcept {
        return {text_[0], text_[1], text_[2], text_[3], text_[4], text_[5], text_[6], text_[7]};
    }

private:
    static constexpr std::size_t count = 8;
    // Members in the order of `service_error`, spellings of each in the order of the protocol's table.
    static constexpr std::string_view spellings =
        "Code code ErrorCode errorCode;"
        "Message message ErrorMessage errorMessage errorMsg ErrorMsg;"
        "RequestId requestId requestid RequestID;"
        "HostId hostId;"
        "Recommend recommend;"
        "Description description;"
        "Detail detail;"
        "AccessDeniedDetail accessDeniedDetail;";

    std::array<std::string_view, count> text_{};
    std::array<std::uint8_t, count> rank_{};  // of the spelling that was taken; 0: none yet
    std::size_t found_{};
    std::uint8_t found_rank_{};
};

/// Reads a JSON error body. Texts are unescaped in place, so they view `body`; numbers and booleans are taken as they are written; the
/// details of a denied access stay JSON. errc::wrong_type if the body is JSON but no object, else errors as `json_reader::next`; then
/// `body` is unchanged and `out` empty.
[[nodiscard]] constexpr errc decode_envelope(std::span<char> body, service_error& out) noexcept {
    out = {};
    std::string_view const text(body.data(), body.size());
    json_reader json(text);
    json_token token;
    if (errc const code = json.next(token); code != errc::none) return code;
    if (token.kind != json_kind::object_begin) return errc::wrong_type;
    envelope members;
    for (;;) {
        if (errc const code = json.next(token); code != errc::none) return code;
        if (token.kind == json_kind::object_end) break;
        // A spelling that needs escapes is none of ours.
        bool const wanted = members.find(token.text) != nullptr;
        std::size_t const begin = json.offset();
        if (errc const code = json.skip_value(); code != errc::none) return code;
        std::string_view value = trim({text.data() + begin, json.offset() - begin});
        if (!wanted || value.front() == '[' || value == "null" || (value.front() == '{' && !members.takes_object())) continue;
        if (value.front() == '"') value = {value.data() + 1, value.size() - 2};
        members.set(value);
    }
    if (errc const code = json.next(token); code != errc::none) return code;
    members.for_each_text([&](std::string_view& member) noexcept {
        char* const at = body.data() + (member.data() - body.data());
        member = {at, json_unescape(member, at)};
    });
    out = members.view();
    return errc::none;
}

}  // namespace acs::inline ACS_ABI

#endif
