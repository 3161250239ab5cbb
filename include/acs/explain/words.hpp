// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_EXPLAIN_WORDS_HPP
#define ACS_EXPLAIN_WORDS_HPP

#include <acs/core/config.hpp>
#include <acs/core/text.hpp>
#include <acs/explain/explanation.hpp>

#include <string_view>

namespace acs::inline ACS_ABI {

/// The likely cause and what to do about it, a sentence each.
struct cause_words {
    std::string_view name{};  ///< for machines
    std::string_view likely{};
    std::string_view next{};
};

[[nodiscard]] constexpr cause_words words_of(cause why) noexcept {
    constexpr std::string_view send_as_signed = "Send the request exactly as it was signed, or go round whatever changes it on the way."sv;
    constexpr std::string_view rewritten = "A proxy or an HTTP library rewrote the path."sv;
    constexpr std::string_view target_as_is = "Have the target sent as it is, byte for byte."sv;
    switch (why) {
        case cause::none: return {"none", "", ""};
        case cause::secret:
            return {"secret", "It is your secret that is wrong: it is not the one that belongs to this access key id.",
                    "Copy the access key secret again, without white space or quotes around it, and see that it goes with the id."};
        case cause::signature_form:
            return {"signature_form", "So the signature itself was cut, or encoded once too often or not at all, on the way.",
                    "Have target and headers sent as they are; in Base64, + / and = need percent-encoding inside a query."};
        case cause::no_echo:
            return {"no_echo", "So the fault may be your secret, or any part of the request that was changed after signing.",
                    "Check the secret for white space first; then send the same call without a proxy, and compare."};
        case cause::cut_off:
            return {"cut_off", "What the service repeats may be cut off, and is the same up to there.",
                    "Get the whole message, or look for what was taken away at that place; your secret may be wrong as well."};
        case cause::changed: return {"changed", "It was changed after it was signed.", send_as_signed};
        case cause::letter_case:
            return {"letter_case", "Only upper and lower case are different: something normalised it on the way.", send_as_signed};
        case cause::white_space:
            return {"white_space", "Only white space is different: something trimmed, folded or added it.",
                    "Give the value without white space around it, and send it as it was signed."};
        case cause::plus_for_space:
            return {"plus_for_space", "A + stands where a space was signed: form encoding was used, and not undone.",
                    "Encode a space as %20, everywhere, and never as +."};
        case cause::space_for_plus:
            return {"space_for_plus", "A + was sent as it is, and read as a space.", "Encode + as %2B when you send it."};
        case cause::encoded_twice:
            return {"encoded_twice", "It was percent-encoded twice: what was encoded already was encoded again, so that % became %25.",
                    "Give values unencoded to whatever encodes them, and encoded targets to whatever does not."};
        case cause::decoded:
            return {"decoded", "It was percent-decoded once too often on the way, or not encoded when it was sent.",
                    "Have it sent as it was signed; a proxy that decodes must encode again."};
        case cause::encoded_differently:
            return {"encoded_differently", "It means the same, and is percent-encoded in another way.",
                    "Leave A-Z a-z 0-9 - _ . ~ as they are, and encode every other byte as %XX with upper-case digits."};
        case cause::line_ends: return {"line_ends", "Its line ends were changed between LF and CR LF.", send_as_signed};
        case cause::character_set:
            return {"character_set", "What is not ASCII was changed: it was converted to another character set, or normalised.",
                    "Use UTF-8 everywhere, and let nothing convert it."};
        case cause::shortened: return {"shortened", "It was cut on the way.", send_as_signed};
        case cause::extended: return {"extended", "Something was appended to it after signing.", send_as_signed};
        case cause::repeated:
            return {"repeated", "It reached the service twice.",
                    "Have it sent once; a proxy or a default of the HTTP library adds the other."};
        case cause::added:
            return {"added", "It was added after signing, by a proxy or by the HTTP library.",
                    "Add everything before signing, and let nothing else be added that a signature covers."};
        case cause::missing: return {"missing", "It was signed, and taken away before it reached the service.", send_as_signed};
        case cause::renamed: return {"renamed", "Another name reached the service in its place.", send_as_signed};
        case cause::reordered:
            return {"reordered", "The service has it in another place: the order in which it was signed is another one.",
                    "Sort by raw name, in byte order, before encoding."};
        case cause::moved_to_query:
            return {"moved_to_query", "It was signed as part of the form, and sent in the query.",
                    "Send each parameter in the place that it was signed in."};
        case cause::slashes_merged:
            return {"slashes_merged", "A proxy rewrote the path: it merged slashes that stand side by side.", target_as_is};
        case cause::dot_segments:
            return {"dot_segments", "A proxy or an HTTP library rewrote the path: it resolved . and .. in it.", target_as_is};
        case cause::trailing_slash:
            return {"trailing_slash", "A proxy rewrote the path: it added or took away the slash at the end.", target_as_is};
        case cause::path_rewritten: return {"path_rewritten", rewritten, target_as_is};
        case cause::host_rewritten:
            return {"host_rewritten", "A proxy or an HTTP library put another host there, with or without a port.",
                    "Sign the host that the service sees, with the port if there is one, and have it left alone."};
        case cause::media_type:
            return {"media_type", "The HTTP library appended something to the content type, such as a character set.",
                    "Set the content type yourself, exactly as it was signed."};
        case cause::method_changed:
            return {"method_changed", "The request was sent with another method, for example after a redirect.",
                    "Send the method that was signed, and follow no redirects."};
        case cause::body_changed:
            return {"body_changed", "The body that arrived is not the one that was signed: it was encoded again, compressed or changed.",
                    "Send exactly the bytes that were hashed."};
        case cause::body_lost:
            return {"body_lost", "The body arrived empty.", "Send the body that was hashed; GET requests and redirects lose theirs."};
        case cause::list_changed: return {"list_changed", "The service took other headers as signed than those that were.", send_as_signed};
        case cause::algorithm:
            return {"algorithm", "The authorization header was changed, or the service took another algorithm.",
                    "Sign with ACS3-HMAC-SHA256."};
        case cause::request_hash:
            return {"request_hash", "Some part of the request was changed after it was signed.",
                    "Send the same call without a proxy, and compare."};
        case cause::clock:
            return {"clock", "The clock of this machine is off: the service accepts 15 minutes of difference.",
                    "Set the clock, or correct dates by the date header of the answer, and sign again."};
        case cause::date_form:
            return {"date_form", "The date was changed on the way, or is not in the form that the service reads.",
                    "Send dates as they were signed, such as 2023-10-26T10:22:32Z."};
        case cause::nonce_used:
            return {"nonce_used", "The request arrived twice, or two had the same random bytes.",
                    "Sign each try again with fresh random bytes; an earlier one may have run."};
        case cause::key_unknown:
            return {"key_unknown", "The access key id is mistyped, deleted, or of another site or account.",
                    "Check the id, and that it belongs to the site of this endpoint."};
        case cause::key_inactive: return {"key_inactive", "The access key is disabled.", "Enable it, or use another one."};
        case cause::token_not_sent:
            return {"token_not_sent", "The access key belongs to a session, and its security token was not sent.",
                    "Give the token together with id and secret."};
        case cause::token_expired: return {"token_expired", "The session is over.", "Get new session credentials, and sign again."};
        case cause::token_wrong:
            return {"token_wrong", "The security token is damaged, or belongs to another access key id.",
                    "Take id, secret and token from one and the same answer of STS."};
        case cause::endpoint:
            return {"endpoint", "The endpoint is another product's or region's, or the action or version is misspelt.",
                    "Check host, action and version against the documentation."};
        case cause::plain_http: return {"plain_http", "The request was sent in the clear.", "Use https."};
        case cause::wrong_method:
            return {"wrong_method", "The operation does not take this method.", "Send it with the method of its documentation."};
        case cause::wrong_algorithm:
            return {"wrong_algorithm", "The service does not take this signature method, or its name was changed on the way.",
                    "Sign with ACS3-HMAC-SHA256."};
        case cause::incomplete:
            return {"incomplete", "A header or parameter that a signature needs was taken away or damaged on the way.",
                    "Check that authorization, date, nonce and every header named in it arrive."};
        case cause::permission:
            return {"permission", "The access key is valid, and may not do this.",
                    "Have a policy allow it; a new one takes a while to be known."};
    }
    return {"unknown", "", ""};
}

[[nodiscard]] constexpr std::string_view name(cause why) noexcept { return words_of(why).name; }

/// What a secret looks like, as a sentence.
[[nodiscard]] constexpr std::string_view words_of(secret_fault fault) noexcept {
    switch (fault) {
        case secret_fault::none: return "The secret given looks whole: it is probably that of another key.";
        case secret_fault::not_given: return {};
        case secret_fault::empty: return "The secret given is empty.";
        case secret_fault::white_space: return "The secret given has white space around it or in it.";
        case secret_fault::line_end: return "The secret given ends in a line end.";
        case secret_fault::quotes: return "The secret given has quotes around it.";
    }
    return {};
}

}  // namespace acs::inline ACS_ABI

#endif
