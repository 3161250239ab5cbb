// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_DRAFT_HPP
#define ACS_SIGNING_DRAFT_HPP

#include <acs/core/bounded_text.hpp>
#include <acs/core/config.hpp>
#include <acs/core/copy.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/sort.hpp>
#include <acs/core/span_list.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/encoding/percent.hpp>
#include <acs/message/body.hpp>
#include <acs/message/call_head.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/credentials.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// What is sent as `user-agent` unless the caller says otherwise.
inline constexpr std::string_view default_user_agent = "acs-cpp/"sv ACS_VERSION_TEXT;

/// Names parted by spaces, each of which gives way to the size of the name behind it: no table takes less.
template <std::size_t N>
[[nodiscard]] consteval std::array<char, N> pack_names(char const (&names)[N]) {
    std::array<char, N> packed{};
    std::size_t begin = 0;
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] != ' ' && names[i] != '\0') continue;
        packed[begin] = static_cast<char>(i - begin);
        copy_n(names + begin, i - begin, packed.data() + begin + 1);
        begin = i + 1;
    }
    return packed;
}

/// Writes a path that is encoded already.
constexpr void write_plain_path(std::string_view const& path, span_sink& out) noexcept { out.write(path); }

/// Whether it would be written as it is.
[[nodiscard]] constexpr bool is_plain_path(std::string_view path) noexcept {
    for (char const c : path)
        if (!is_unreserved(c) && c != '/') return false;
    return !path.empty();
}

/// A request on its way to be signed: what the operation, the endpoint and the caller say, and the caller's memory. A signature method
/// completes it: it adds its parameters and headers, writes the target, and signs.
///
/// Memory that runs out goes on being counted, so that one try says how much of everything it takes.
struct draft {
    call_head const& head;  // these three are the caller's, and no copies: the stack is short
    endpoint const& to;
    moment const& now;
    std::string_view user_agent{};
    std::span<field const> extra_fields{};  ///< of the caller's, in any order
    /// Writes the path as it goes on the wire. Of most operations it does so as it is: `write_plain_path`.
    void (*write_path)(std::string_view const& path, span_sink& out) noexcept = write_canonical_path<span_sink>;
    /// Adds these, unless there are none: `add_extra_fields`.
    bool (*add_extra)(draft& d, bool covered, std::size_t begin, verdict& why) noexcept {};
    std::string_view bytes{};         ///< a body as it is; null data: the form parameters are the body
    std::string_view content_type{};  ///< of the bytes

    span_list<param> params;    ///< in canonical order
    span_list<field> fields;    ///< written by the method
    span_sink text;             ///< what params and fields view, if nobody else holds it
    std::string_view target{};  ///< written by the method

    [[nodiscard]] constexpr request_body body() const noexcept {
        return bytes.data() != nullptr ? request_body(bytes) : request_body(std::span<param const>(params.items()));
    }

    /// Short text of that size in the draft's memory. Where that ran out already, a view with the same size and the same encoded size, so
    /// that counting stays exact: of zeros, behind as many colons as a date has.
    [[nodiscard]] constexpr std::string_view kept(std::span<char> room, std::size_t size, bool date = false) const noexcept {
        constexpr std::string_view stand_in = "::00000000000000000000000000000000"sv;
        if (!room.empty()) return {room.data(), size};
        return first(skip(stand_in, date ? 0 : 2), size);
    }
    [[nodiscard]] ACS_OUTLINE constexpr std::string_view keep_digits(std::int64_t value) noexcept {
        if (!ACS_SMALL_CODE && value >= 0) {
            std::size_t const size = count_digits(static_cast<std::uint64_t>(value));
            std::span<char> const room = text.reserve(size);
            if (!room.empty()) put_digits(static_cast<std::uint64_t>(value), room.data() + size);
            return kept(room, size);
        }
        decimal const digits(value);
        std::string_view const all = digits.view();
        constexpr std::string_view stand_in = "00000000000000000000"sv;  // how the other one ends: linkers keep one of them
        char* const room = text.claim(all.size());
        if (room == nullptr) return first(stand_in, all.size());
        copy_text(all, room);
        return {room, all.size()};
    }
    [[nodiscard]] constexpr std::string_view keep_iso8601() noexcept {
        constexpr std::size_t size = 20;
        std::span<char> const room = text.reserve(size);
        if (!room.empty()) calendar::put_iso8601(now.wall, room.data());
        return kept(room, size, true);
    }
    [[nodiscard]] constexpr std::string_view keep_http_date() noexcept {
        constexpr std::size_t size = 29;
        std::span<char> const room = text.reserve(size);
        span_sink out(room);
        write_http_date(now.wall, out);
        return kept(room, size);
    }
    /// 32 hex digits of the moment's random bytes (protocol 0.7).
    [[nodiscard]] constexpr std::string_view keep_nonce() noexcept {
        std::size_t const size = 2 * now.random.size();
        std::span<char> const room = text.reserve(size);
        if (!room.empty()) put_hex(now.random, room.data());
        return kept(room, size);
    }

    /// Adds a header.
    constexpr void add_field(char const* name, std::size_t size, std::string_view const& value) noexcept {
        if (field* const slot = fields.next(); slot != nullptr) *slot = {{name, size}, value};
    }

    /// Adds those of the headers that have a value. `names` comes of `pack_names`; one for each value. Returns those behind them.
    ACS_OUTLINE constexpr char const* add_fields(char const* names, std::string_view const* const* values, std::size_t count) noexcept {
        for (; count != 0; --count, ++values) {
            auto const size = static_cast<unsigned char>(*names++);
            if (!(*values)->empty()) add_field(names, size, **values);
            names += size;
        }
        return names;
    }

    /// Adds those of the caller's headers that a signature covers, or those it does not. False, and why, if that may not be.
    [[nodiscard]] constexpr bool extras(bool covered, std::size_t begin, verdict& why) noexcept {
        return extra_fields.empty() || add_extra(*this, covered, begin, why);
    }

    /// Adds what travels unsigned since proxies may change it, and the caller's headers of that kind.
    [[nodiscard]] constexpr bool add_unsigned_fields(verdict& why) noexcept {
        if (!user_agent.empty()) add_field("user-agent", 10, user_agent);
        return extras(false, fields.needed(), why);
    }

    /// errc::no_space for the first memory that was too small.
    [[nodiscard]] constexpr bool has_space(verdict& why) const noexcept {
        std::string_view where = "params"sv;
        std::size_t needed = params.needed();
        if (params.fits()) {
            where = fields.fits() ? "text"sv : "fields"sv;
            needed = fields.fits() ? text.needed() : fields.needed();
        }
        bool const fits = params.fits() && fields.fits() && text.fits();
        if (!fits) why = refuse_space(where, needed);
        return fits;
    }
    [[nodiscard]] constexpr verdict check_space() const noexcept {
        verdict why;
        static_cast<void>(has_space(why));
        return why;
    }
};

[[nodiscard]] ACS_OUTLINE constexpr bool any_in(place where, span_list<param> const& list) noexcept {
    std::span<param const> const params = list.items();
    for (param const& p : params)
        if (p.in == where) return true;
    return false;
}

inline constexpr std::string_view form_content_type = "application/x-www-form-urlencoded"sv;

/// The content type of the draft's body; empty if it has none.
[[nodiscard]] constexpr std::string_view content_type_of(draft const& d) noexcept {
    if (d.bytes.data() != nullptr) return d.content_type;
    return any_in(place::form, d.params) ? form_content_type : std::string_view();
}

/// How many bytes of a target are its path.
[[nodiscard]] constexpr std::size_t path_size(std::string_view target) noexcept {
    std::size_t size = 0;
    while (size < target.size() && target[size] != '?') ++size;
    return size;
}

/// Writes the target: path, and the query if there is one. The text goes on after it.
constexpr std::size_t write_target(draft& d) noexcept {
    std::size_t const mark = d.text.needed();
    d.write_path(d.head.path, d.text);
    share_code(d.text, [&d](auto& any) { write_canonical_query(d.params.items(), any, '?'); });
    return mark;
}

/// Merges parameters, themselves in canonical order, into those of the draft, in one pass from the end.
constexpr void merge_params(draft& d, std::span<param const> sorted) noexcept {
    std::size_t ours = d.params.needed();
    d.params.reserve(sorted.size());
    if (!d.params.fits()) return;
    std::span<param> const all = d.params.items();
    std::size_t theirs = sorted.size();
    for (std::size_t to = all.size(); theirs != 0;) {
        bool const take_ours = ours != 0 && sorted[theirs - 1] < all[ours - 1];
        all[--to] = take_ours ? all[--ours] : sorted[--theirs];
    }
}

/// errc::duplicate_parameter if a name occurs twice among query and form. Pre: params are in order.
[[nodiscard]] constexpr verdict check_unique_params(std::span<param const> params) noexcept {
    for (std::size_t i = 1; i < params.size(); ++i)
        if (params[i].name == params[i - 1].name) return refuse(errc::duplicate_parameter, params[i].name);
    return {};
}

/// What the caller says that no signature method may send on unchecked: here, what there is of every call.
[[nodiscard]] constexpr verdict check_way(draft const& d) noexcept {
    verdict ok = check_host(d.to.host);
    if (ok && !writable(d.now.wall)) ok = refuse(errc::invalid_time, "moment");
    return ok;
}

/// The same, and names and other headers.
[[nodiscard]] constexpr verdict check_draft(draft const& d) noexcept {
    if (auto ok = check_way(d); !ok) return ok;
    if (d.head.action.empty() && d.head.style == api_style::rpc) return refuse(errc::invalid_name, "action");
    if (auto ok = check_header_text("action", d.head.action); !ok) return ok;
    if (d.head.version.empty()) return refuse(errc::invalid_name, "version");
    if (auto ok = check_header_text("version", d.head.version); !ok) return ok;
    if (auto ok = check_header_text("user_agent", d.user_agent); !ok) return ok;
    if (auto ok = check_header_text("content_type", d.content_type); !ok) return ok;
    return {};
}

}  // namespace acs::inline ACS_ABI

#endif
