// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_CONFORMANCE_WORLD_HPP
#define ACS_TESTING_CONFORMANCE_WORLD_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/message/request.hpp>
#include <acs/client/transport.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Where a transport is tried: servers on loopback that do as they are told, and the transport itself.
namespace acs::conformance::inline ACS_ABI {

/// The servers of a world.
enum class server : std::uint8_t {
    plain,         ///< HTTP
    other,         ///< HTTP, at another address
    secure,        ///< HTTPS, with a certificate that the transport trusts and that is the host's
    expired,       ///< HTTPS, with one that was valid until yesterday
    other_host,    ///< HTTPS, with one for another host
    unknown,       ///< HTTPS, with one that nobody vouches for
    old,           ///< HTTPS, but no newer than TLS 1.1
    mute,          ///< an HTTPS port that accepts connections and never says a word
    no_tls,        ///< an HTTPS port where somebody speaks plain HTTP
    nobody,        ///< a port that nobody listens at
    nameless,      ///< a name that can't be resolved
    full,          ///< a port where as many wait to be accepted as may
    plain_alias,   ///< `plain`, by another name
    secure_alias,  ///< `secure`, by a name that its certificate is not for
    chained,       ///< HTTPS, with a certificate by an intermediate, which it shows, of a root that the transport trusts
    no_link,       ///< the same, but it does not show the intermediate
    strange_root   ///< HTTPS, with a certificate by an intermediate, which it shows, of a root that nobody trusts
};

/// What stands between.
enum class proxy : std::uint8_t {
    none,
    tunnel,         ///< connects
    asks_password,  ///< refuses with 407
    refuses,        ///< refuses with 502
    mute            ///< accepts connections and never says a word
};

/// What a server does with the next request: writes these bytes, then goes on as told.
struct plan {
    enum class then : std::uint8_t {
        keep,   ///< waits for the next request
        close,  ///< as TLS wants it, where there is TLS
        cut,    ///< closes without the good-bye of TLS
        reset,  ///< breaks the connection
        stall   ///< does nothing until the peer closes
    };
    std::string bytes{};  ///< of the answer, as they are
    then next{};
    bool early{};  ///< at the end of the request's head already, and no more is read then
    bool drip{};   ///< one byte a time
    bool slow{};   ///< one byte every few milliseconds
    std::string behind{};  ///< comes with the answer, under TLS in a record of its own, which a transport may have read and not looked at
};

/// `HTTP/1.1 200 Said` and so on, with the length of its body. `more_fields` are whole lines.
[[nodiscard]] inline std::string http_bytes(int status, std::string_view body, std::string_view more_fields = {}) {
    std::string text = "HTTP/1.1 " + std::to_string(status) + " Said\r\n";
    text.append(more_fields);
    if (status >= 200 && status != 204 && status != 304) text += "content-length: " + std::to_string(body.size()) + "\r\n";
    return text.append("\r\n").append(body);
}

/// A request as it came.
struct arrival {
    std::string method{}, target{}, version{};
    std::vector<std::pair<std::string, std::string>> fields{};
    std::string body{};
    int connection{};  ///< on which connection of the server, from 0

    /// `-` if there is no such field.
    [[nodiscard]] std::string value(std::string_view name) const {
        for (auto const& [key, text] : fields)
            if (equal_ignoring_case(key, name)) return text;
        return "-";
    }
};

/// How a call is made.
struct call_how {
    std::uint32_t timeout_ms = 20'000;
    bool allow_http = true;
    proxy through = proxy::none;
    std::function<bool()> cancel_when{};  ///< asked again and again, by any thread; the call is cancelled once it says so. Empty: never
};

/// What came of a call.
struct called {
    result<void> carried;
    int times = 1;  ///< how often it was told
};

/// What not every world can do. A case that needs one which is not there is skipped, and says so.
enum class feature : std::uint8_t {
    raw_bytes,  ///< servers that send whatever bytes a plan has; else only `http_bytes`, and no answer at all
    secure,     ///< TLS
    proxies,
    keeps,        ///< the transport keeps its connections, to use them again
    cancel,       ///< calls can be cancelled
    plain_is_off  ///< the transport refuses plain http unless it is allowed
};

[[nodiscard]] constexpr std::string_view name(feature f) noexcept {
    switch (f) {
        case feature::raw_bytes: return "a server of raw bytes";
        case feature::secure: return "TLS";
        case feature::proxies: return "proxies";
        case feature::keeps: return "a transport that keeps connections";
        case feature::cancel: return "calls that can be cancelled";
        case feature::plain_is_off: return "a transport that knows of plain http";
    }
    return "unknown";
}

/// A world is written once for a transport. It keeps one transport for each `allow_http` and `through`, so that connections are used
/// again.
///
///     struct my_world {
///         bool can(feature) const;
///         std::string host(server) const;                     // host and port
///         void plan(server, acs::conformance::plan);          // for the next request that nothing is planned for; an empty 200 otherwise
///         void meanwhile(server, acs::conformance::plan);     // at once, on each connection that is idle: says the bytes, goes on as told
///         std::vector<arrival> requests(server) const;        // so far, to the byte
///         int connections(server) const;                      // made so far
///         template <acs::answer_sink Sink>
///         called call(acs::request const&, Sink&, call_how const&);   // blocks until it is over
///     };
///
/// A world may say of a case by its name that its transport can't pass it, and why; the case is skipped then:
///
///         std::string_view avoids(std::string_view id) const;   // empty: it is tried
template <class W>
concept transport_world = requires(W& w, server s, plan p, request const& made, answer_archetype& answer, call_how const& how) {
    { w.can(feature{}) } -> std::same_as<bool>;
    { w.host(s) } -> std::same_as<std::string>;
    w.plan(s, p);
    w.meanwhile(s, p);
    { w.requests(s) } -> std::same_as<std::vector<arrival>>;
    { w.connections(s) } -> std::same_as<int>;
    { w.call(made, answer, how) } -> std::same_as<called>;
};

/// Makes one call of a blocking transport.
template <class Http, answer_sink Sink>
[[nodiscard]] called call_blocking(Http& http, request const& made, Sink& sink, call_how const& how) {
    if constexpr (requires { http.limit(how.timeout_ms); }) http.limit(how.timeout_ms);
    return {http.perform(made, sink)};
}

/// Makes one call in a `callback_world` that can cancel. `turn()` waits for some milliseconds at most and does what there is to do.
template <class World, class Turn, answer_sink Sink>
[[nodiscard]] called call_back(World& world, Turn turn, request const& made, Sink& sink, call_how const& how) {
    called made_of{refuse(errc::transport_failed, "it never called back"), 0};
    auto const id = world.carry(made, sink, how.timeout_ms, [&](result<void> const& carried) {
        made_of.carried = carried;
        ++made_of.times;
    });
    for (bool cancelled = false; made_of.times == 0; turn())
        if (!cancelled && how.cancel_when && how.cancel_when()) {
            cancelled = true;
            world.cancel(id);
        }
    for (int i = 0; i < 3; ++i) turn();  // it must not call back again
    return made_of;
}

}  // namespace acs::conformance::inline ACS_ABI

#endif
