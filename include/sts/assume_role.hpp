// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef STS_ASSUME_ROLE_HPP
#define STS_ASSUME_ROLE_HPP

#include <acs/core/config.hpp>
#include <acs/message/call_head.hpp>
#include <acs/operation/description.hpp>
#include <acs/operation/shape.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace sts::inline ACS_ABI {

/// Version of the API that every operation here belongs to.
inline constexpr std::string_view api_version = "2015-04-01";

/// Bounds of the service's own; how long a session of a role may last is its owner's to say, an hour unless they said otherwise.
inline constexpr acs::range durations{900, 43'200};

/// Gets session credentials with the rights of a role. Repeating it harms nothing: each answer has credentials of its own. Service page:
/// AssumeRole. See `assumed_role` for keeping and refreshing them.
struct assume_role {
    static constexpr acs::call_head head{.action = "AssumeRole", .version = api_version, .reads = true};
    /// The reply holds a secret, so a body that can't be decoded is in no failure.
    static constexpr bool secret_reply = true;

    std::string_view role_arn{};                     ///< required, such as `acs:ram::123456789012****:role/adminrole`
    std::string_view role_session_name{};            ///< required: who uses the role, for audits; 2 to 64 characters
    std::optional<std::int64_t> duration_seconds{};  ///< 900 to 43200; the service takes 3600
    std::string_view policy{};                       ///< narrows the role's rights, as JSON
    std::string_view external_id{};                  ///< what the role's owner may ask for, so that nobody is talked into using it

    /// Texts view the answer's body.
    struct reply {
        struct user {
            std::string_view arn{};              ///< of the role in this session
            std::string_view assumed_role_id{};  ///< the same as an id
        };
        struct session {
            std::string_view access_key_id{};      ///< `STS.` and more
            std::string_view access_key_secret{};  ///< never printed
            std::string_view security_token{};     ///< of no size that is promised
            std::string_view expiration{};         ///< UTC, `YYYY-MM-DDTHH:MM:SSZ`
        };
        std::string_view request_id{};  ///< what support asks for
        user assumed_role_user{};       ///< who the caller is now
        session credentials{};          ///< what it came for
    };

    static consteval auto describe() {
        using self = assume_role;
        using user = reply::user;
        using session = reply::session;
        return acs::description(
            acs::parameters(acs::form<&self::duration_seconds>("DurationSeconds", durations), acs::form<&self::external_id>("ExternalId"),
                            acs::form<&self::policy>("Policy"), acs::form<&self::role_arn>("RoleArn", acs::required),
                            acs::form<&self::role_session_name>("RoleSessionName", acs::required)),
            acs::members(acs::member<&reply::assumed_role_user>("AssumedRoleUser", acs::member<&user::arn>("Arn"),
                                                                acs::member<&user::assumed_role_id>("AssumedRoleId")),
                         acs::member<&reply::credentials>("Credentials", acs::member<&session::access_key_id>("AccessKeyId"),
                                                          acs::member<&session::access_key_secret>("AccessKeySecret"),
                                                          acs::member<&session::security_token>("SecurityToken"),
                                                          acs::member<&session::expiration>("Expiration")),
                         acs::member<&reply::request_id>("RequestId")));
    }
};

}  // namespace sts::inline ACS_ABI

#endif
