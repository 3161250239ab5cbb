// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_SIGNING_DRAFT_HPP
#define ACS_SIGNING_DRAFT_HPP

#include <acs/core/bounded_text.hpp>
#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/sink.hpp>
#include <acs/core/sort.hpp>
#include <acs/core/span_list.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/encoding/hex.hpp>
#include <acs/message/body.hpp>
#include <acs/message/call_head.hpp>
#include <acs/message/endpoint.hpp>
#include <acs/message/field.hpp>
#include <acs/message/param.hpp>
#include <acs/signing/canonical.hpp>
#include <acs/signing/credentials.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace acs::inline ACS_ABI {

/// What is sent as `user-agent` unless the caller says otherwise.
inline constexpr std::string_view default_user_agent = "acs-cpp/" ACS_VERSION_TEXT;

/// A request on its way to be signed: what the operation, the endpoint and the caller say, and the caller's memory. A signature method
/// completes it: it adds its parameters and headers, writes the target, and signs.
///
/// Memory that runs out goes on being counted, so that one try says how much of everything it takes.
struct draft {
    call_head head{};
    endpoint to{};
    moment now{};
    std::string_view user_agent{};
    std::span<field const> extra_fields{};  ///< of the caller's, in any order
    /// Adds these, unless there are none: `add_extra_fields`.
    verdict (*add_extra)(draft& d, bool covered, std::size_t begin) noexcept {};
    std::string_view bytes{};               ///< a body as it is; null data: the form parameters are the body
    std::string_view content_type{};        ///< of the bytes

    span_list<param> params;    ///< in canonical order
    span_list<field> fields;    ///< written by the method
    span_sink text;             ///< what params and fields view, if nobody else holds it
    std::string_view target{};  ///< written by the method

    [[nodiscard]] constexpr request_body body() const noexcept {
        return bytes.data() != nullptr ? request_body(bytes) : request_body(std::span<param const>(params.items()));
    }

    /// Short text that was written since `mark`. Where the memory ran out already, a view with the same size and the same encoded size, so
    /// that counting stays exact.
    [[nodiscard]] constexpr std::string_view kept(std::size_t mark, std::string_view stand_in) const noexcept {
        return text.fits() ? text.since(mark) : first(stand_in, text.needed() - mark);
    }
    [[nodiscard]] constexpr std::string_view keep_digits(std::int64_t value) noexcept {
        std::size_t const mark = text.needed();
        text.write(decimal(value).view());
        return kept(mark, "00000000000000000000");
    }
    [[nodiscard]] constexpr std::string_view keep_iso8601() noexcept {
        std::size_t const mark = text.needed();
        write_iso8601(now.wall, text);
        return kept(mark, "0000-00-00T00:00:00Z");
    }
    [[nodiscard]] constexpr std::string_view keep_http_date() noexcept {
        std::size_t const mark = text.needed();
        write_http_date(now.wall, text);
        return kept(mark, "Thu, 01 Jan 1970 00:00:00 GMT");
    }
    /// 32 hex digits of the moment's random bytes (protocol 0.7).
    [[nodiscard]] constexpr std::string_view keep_nonce() noexcept {
        std::size_t const mark = text.needed();
        hex_encode(now.random, text);
        return kept(mark, "00000000000000000000000000000000");
    }

    /// Adds those of the caller's headers that a signature covers, or those it does not.
    [[nodiscard]] constexpr verdict extras(bool covered, std::size_t begin) noexcept {
        return extra_fields.empty() ? verdict() : add_extra(*this, covered, begin);
    }

    /// Adds what travels unsigned since proxies may change it, and the caller's headers of that kind.
    [[nodiscard]] constexpr verdict add_unsigned_fields() noexcept {
        if (!user_agent.empty()) fields.push({"user-agent", user_agent});
        return extras(false, fields.needed());
    }

    /// errc::no_space for the first memory that was too small.
    [[nodiscard]] constexpr verdict check_space() const noexcept {
        if (!params.fits()) return refuse_space("params", params.needed());
        if (!fields.fits()) return refuse_space("fields", fields.needed());
        if (!text.fits()) return refuse_space("text", text.needed());
        return {};
    }
};

[[nodiscard]] constexpr bool any_in(place where, std::span<param const> params) noexcept {
    for (param const& p : params)
        if (p.in == where) return true;
    return false;
}

inline constexpr std::string_view form_content_type = "application/x-www-form-urlencoded";

/// The content type of the draft's body; empty if it has none.
[[nodiscard]] constexpr std::string_view content_type_of(draft const& d) noexcept {
    if (d.bytes.data() != nullptr) return d.content_type;
    return any_in(place::form, d.params.items()) ? form_content_type : std::string_view();
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
    write_canonical_path(d.head.path, d.text);
    if (any_in(place::query, d.params.items())) {
        d.text.write("?");
        write_canonical_query(d.params.items(), d.text);
    }
    return mark;
}

/// Merges parameters, themselves in canonical order, into those of the draft, in one pass from the end.
constexpr void merge_params(draft& d, std::span<param const> sorted) noexcept {
    std::size_t ours = d.params.needed();
    for (std::size_t i = 0; i < sorted.size(); ++i) d.params.push({});
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

/// What the caller says that no signature method may send on unchecked: the host, the time, the names and the extra headers.
[[nodiscard]] constexpr verdict check_draft(draft const& d) noexcept {
    if (auto ok = check_host(d.to.host); !ok) return ok;
    if (!writable(d.now.wall)) return refuse(errc::invalid_time, "moment");
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
