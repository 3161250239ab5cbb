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
#include <type_traits>

// The members of an error body, whatever spelling a product or gateway chose for them (protocol 4.3).
namespace acs::inline ACS_ABI {

/// Collects texts of a JSON or XML object by name. Of several spellings of one member the first in the list wins, wherever it stands in
/// the body; empty values count as missing.
class envelope {
public:
    static constexpr std::size_t max_members = 8;

    /// `spellings`: of each member, a comma behind each whose first letter may be of the other case, too, which is the next best; a space
    /// behind each that stands for itself; a `;` behind the last. `texts`: where the members go in their order, empty until then.
    /// `object`: the member that may be a JSON object, if any.
    constexpr envelope(std::string_view spellings, std::span<std::string_view> texts, std::size_t object = max_members) noexcept
        : spellings_(spellings), object_(object), texts_(texts) {}

    /// Whether the name spells a member of which no better spelling was seen yet.
    [[nodiscard]] constexpr bool find(std::string_view name) noexcept {
        std::size_t member = 0;
        for (char const *at = spellings_.data(), *const end = at + spellings_.size(); at != end; ++at) {
            if (*at == ';') {
                ++member;
                continue;
            }
            auto const best = static_cast<std::size_t>(end - at);
            std::size_t n = 0;
            int differs = 0;
            for (; *at >= 'A'; ++at, ++n) {
                int const bits = n < name.size() ? *at ^ name[n] : 1;
                if (bits != 0) differs = n == 0 ? bits : 1;
            }
            bool const next_best = differs == case_bit && *at == ',';
            auto const rank = static_cast<std::uint8_t>(best - next_best);
            if ((differs != 0 && !next_best) || n != name.size() || rank <= rank_[member]) continue;
            found_ = member;
            found_rank_ = rank;
            return true;
        }
        return false;
    }

    /// Takes the value of the member that `find` found last.
    constexpr void set(std::string_view value) noexcept {
        if (value.empty()) return;
        texts_[found_] = value;
        rank_[found_] = found_rank_;
    }

    /// Whether the member that `find` found last may be a JSON object.
    [[nodiscard]] constexpr bool takes_object() const noexcept { return found_ == object_; }

    /// Members in the order of the spellings; null data for those that are missing.
    [[nodiscard]] constexpr std::span<std::string_view> texts() const noexcept { return texts_; }

private:
    static constexpr int case_bit = 'a' ^ 'A';

    std::string_view spellings_;
    std::size_t object_;
    std::span<std::string_view> texts_;
    std::array<std::uint8_t, max_members> rank_{};  // of the spelling that was taken, better ones higher; 0: none yet
    std::size_t found_;        // by `find`, before which nobody asks
    std::uint8_t found_rank_;  // the same
};

/// Finds the texts that `members` asks for in a JSON object, raw; numbers and booleans are taken as they are written, the one object too.
/// Errors as `decode_envelope`.
[[nodiscard]] ACS_COLD ACS_OUTLINE constexpr errc scan_envelope(char const* text, std::size_t size, envelope& members) noexcept {
    json_reader json(text, size);
    json_token token;
    errc code = json.next(token);
    if (code == errc::none && token.kind != json_kind::object_begin) code = errc::wrong_type;
    while (code == errc::none) {
        code = json.next(token);
        if (code != errc::none || token.kind == json_kind::end) break;
        if (token.kind == json_kind::object_end) continue;  // nothing but the end may follow
        bool const wanted = members.find(token.text);  // a spelling that needs escapes is none of ours
        code = json.next_value(token);
        if (!wanted || token.kind == json_kind::array_begin || token.kind == json_kind::null) continue;
        if (token.kind != json_kind::object_begin || members.takes_object()) members.set(token.text);
    }
    return code;
}

/// The same, and unescapes the texts in place. After an error `body` is unchanged, and there are none.
[[nodiscard]] ACS_COLD constexpr errc read_envelope(std::span<char> body, envelope& members) noexcept {
    errc const code = scan_envelope(body.data(), body.size(), members);
    for (std::string_view& member : members.texts()) {
        if (code != errc::none) member = {};
        if (member.empty() || member.data()[-1] != '"') continue;  // only texts stand behind a quote
        char* const at = body.data() + (member.data() - body.data());
        member = {at, json_unescape(member, at)};
    }
    return code;
}

/// Members in the order of `service_error`, spellings of each in the order of the protocol's table.
inline constexpr std::string_view service_error_spellings =
    "Code,ErrorCode,;"
    "Message,ErrorMessage,errorMsg,;"
    "RequestId,requestid RequestID ;"
    "HostId,;"
    "Recommend,;"
    "Description,;"
    "Detail,;"
    "AccessDeniedDetail,;"sv;

/// Where the texts of an envelope go, in their order.
template <class Object, std::size_t N>
using envelope_targets = std::array<std::string_view Object::*, N>;

template <class Object, std::size_t N>
constexpr void copy_texts(std::span<std::string_view const> texts, envelope_targets<Object, N> const& targets, Object& out) noexcept {
    for (std::size_t i = 0; i < N; ++i) out.*targets[i] = texts[i];
}

inline constexpr envelope_targets<service_error, 8> service_error_members{
    &service_error::code,      &service_error::message,     &service_error::request_id, &service_error::host_id,
    &service_error::recommend, &service_error::description, &service_error::detail,     &service_error::access_denied_detail};

/// Fills an error that is empty by `read(texts)`, which gets its texts in the order of the spellings. It stays empty if that is false.
template <class Read>
constexpr bool fill_texts(service_error& out, Read read) noexcept {
    constexpr std::size_t count = service_error_members.size();
    if (ACS_SMALL_CODE && !std::is_constant_evaluated()) {
        static_assert(sizeof(out) == count * sizeof(std::string_view));  // an error is texts and nothing else
        std::span<std::string_view> const in_place(reinterpret_cast<std::string_view*>(&out), count);
        bool const good = read(in_place);
        if (!good) out = {};
        return good;
    }
    std::array<std::string_view, count> texts{};
    bool const good = read(std::span<std::string_view>(texts.data(), count));
    if (good) copy_texts(texts, service_error_members, out);
    return good;
}

/// As `decode_envelope`. Pre: `out` is empty.
[[nodiscard]] constexpr errc fill_from_envelope(std::span<char> body, service_error& out) noexcept {
    errc code{};
    fill_texts(out, [body, &code](std::span<std::string_view> texts) {
        envelope members(service_error_spellings, texts, 7);
        code = read_envelope(body, members);
        return true;  // of nothing, after an error
    });
    return code;
}

/// Reads a JSON error body. Texts are unescaped in place, so they view `body`; numbers and booleans are taken as they are written; the
/// details of a denied access stay JSON. errc::wrong_type if the body is JSON but no object, else errors as `json_reader::next`; then
/// `body` is unchanged and `out` empty.
[[nodiscard]] constexpr errc decode_envelope(std::span<char> body, service_error& out) noexcept {
    out = {};
    return fill_from_envelope(body, out);
}

/// What RAM says of a refusal. Absent members are views with null data.
struct access_denied {
    std::string_view action{};          ///< such as `dataworks:CreateDISyncTask`: what a policy has to allow
    std::string_view principal_type{};  ///< `SubUser`, `AssumedRoleUser`, ...
    std::string_view owner_id{};        ///< the account that the principal belongs to
    std::string_view display_name{};    ///< of the principal
    std::string_view denial{};          ///< `ImplicitDeny`: nothing allows it; `ExplicitDeny`: a policy forbids it
    std::string_view policy_type{};     ///< the sort of policy that decided
    std::string_view diagnostic{};      ///< encoded; the owner can have it decoded
};

/// Reads a copy of `service_error::access_denied_detail`, whose texts are unescaped in place: they view `detail`. Members that are not in
/// `access_denied` are in the original, for `find_json`. Errors as `decode_envelope`; then `detail` is unchanged and `out` empty.
[[nodiscard]] constexpr errc decode_access_denied(std::span<char> detail, access_denied& out) noexcept {
    out = {};
    std::array<std::string_view, 7> texts{};
    envelope members(
        "AuthAction ;AuthPrincipalType ;AuthPrincipalOwnerId ;AuthPrincipalDisplayName ;NoPermissionType ;PolicyType ;"
        "EncodedDiagnosticMessage ;",
        texts);
    constexpr envelope_targets<access_denied, 7> targets{
        &access_denied::action, &access_denied::principal_type, &access_denied::owner_id,  &access_denied::display_name,
        &access_denied::denial, &access_denied::policy_type,    &access_denied::diagnostic};
    errc const code = read_envelope(detail, members);
    if (code == errc::none) copy_texts(texts, targets, out);
    return code;
}

}  // namespace acs::inline ACS_ABI

#endif
