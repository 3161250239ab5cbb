// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_EXPLANATION_HPP
#define ACS_EXPLAIN_EXPLANATION_HPP

#include <acs/core/config.hpp>
#include <acs/signing/marks.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acs::inline ACS_ABI {

/// Why the service refused, as far as what was sent and what it answered tell.
enum class cause : std::uint8_t {
    none,  ///< not refused by the service, or for a reason that this floor knows nothing of

    // Both sides signed the same text.
    secret,          ///< your secret
    signature_form,  ///< the signature itself was changed, or has the wrong form

    // The texts can't be compared to the end.
    no_echo,  ///< the service does not repeat what it calculated from
    cut_off,  ///< what it repeats is cut off, and the same up to there

    // One part is another one at the service.
    changed,
    letter_case,          ///< but for upper and lower case it is the same
    white_space,          ///< but for white space it is the same
    plus_for_space,       ///< `+` where a space was signed
    space_for_plus,       ///< a space where `+` was signed
    encoded_twice,        ///< percent-encoded once more
    decoded,              ///< percent-decoded once more
    encoded_differently,  ///< the same bytes, percent-encoded in another way
    line_ends,            ///< CR LF for LF, or the other way round
    character_set,        ///< what is not ASCII became something else
    shortened,            ///< only the beginning is left
    extended,             ///< something was appended
    repeated,             ///< it came twice
    added,                ///< it was not signed
    missing,              ///< it was signed, and did not arrive
    renamed,
    reordered,
    moved_to_query,  ///< signed as part of the form

    // What proxies and HTTP libraries do.
    slashes_merged,
    dot_segments,    ///< `.` and `..` were resolved
    trailing_slash,  ///< added, or taken away
    path_rewritten,
    host_rewritten,
    media_type,  ///< something was appended to the content type
    method_changed,
    body_changed,
    body_lost,     ///< it arrived empty
    list_changed,  ///< other headers are signed than those that we named
    algorithm,     ///< another one at the service
    request_hash,  ///< the canonical request is another one, which the service does not show

    // What the service says without comparing.
    clock,
    date_form,
    nonce_used,
    key_unknown,
    key_inactive,
    token_not_sent,  ///< the key is that of a session, and no token was sent
    token_expired,
    token_wrong,
    endpoint,    ///< wrong host, action or version
    plain_http,  ///< https is needed
    wrong_method,
    wrong_algorithm,
    incomplete,  ///< something is missing that a signature needs
    permission,
};

/// What is wrong with a secret, by its looks.
enum class secret_fault : std::uint8_t { none, not_given, empty, white_space, line_end, quotes };

/// How a request is signed.
enum class signature_style : std::uint8_t { none, acs3, rpc, roa };

/// Why a request was refused: the value behind the words (`write_explanation`). It holds no value of any parameter or header. `name` and
/// `detail` view the request or the failure.
struct explanation {
    cause why{};
    signature_style style{};
    text_part part{};              ///< in which part the texts differ; `none`: they don't, or were not compared
    std::string_view name{};       ///< of the parameter or header; empty if it might hold something secret
    std::string_view detail{};     ///< `endpoint`: the host; `permission`: the action to be allowed
    std::size_t offset{};          ///< of the first byte that differs, in the value of that part as it is signed
    std::size_t text_offset{};     ///< likewise, in all of the signed text
    bool ours_end{};               ///< ours ends there
    bool theirs_end{};             ///< theirs ends there
    bool shows_bytes{};            ///< the two bytes are known, and no secret
    char ours{};                   ///< the byte that we signed
    char theirs{};                 ///< the byte that the service read
    bool knows_clock{};            ///< `ahead_seconds` was found
    std::int64_t ahead_seconds{};  ///< how far our clock is ahead of the service's
    secret_fault secret{};         ///< of the secret given in the hints
};

}  // namespace acs::inline ACS_ABI

#endif
