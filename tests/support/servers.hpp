// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The servers of a conformance world, all on 127.0.0.1, and the proxies before them. A world of a transport adds `call`.
#ifndef ACS_TESTS_SUPPORT_SERVERS_HPP
#define ACS_TESTS_SUPPORT_SERVERS_HPP

#include <acs/testing/conformance/world.hpp>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "support/connect_proxy.hpp"
#include "support/loopback.hpp"
#include "support/tls.hpp"

namespace acs_tests {

class servers {
public:
    using server = acs::conformance::server;
    using proxy = acs::conformance::proxy;

    servers() {
        std::ofstream trusted(trusted_.name(), std::ios::binary);
        for (tls_server const* s : {&secure_, &expired_, &other_host_, &old_})
            trusted << std::ifstream(s->certificate_file(), std::ios::binary).rdbuf();
        temporary_file const root;
        root_.write(root.name());
        trusted << std::ifstream(root.name(), std::ios::binary).rdbuf();
    }

    [[nodiscard]] std::string host(server s) const {
        if (s == server::nobody) return "127.0.0.1:1";
        if (s == server::nameless) return "no-such-host.invalid";
        if (s == server::full) return full_.host();
        std::string const host = at(s).host();
        // By name where there is a certificate for one: not every TLS library looks for addresses in there.
        switch (s) {
            case server::plain_alias:
            case server::secure:
            case server::expired:
            case server::other_host:
            case server::chained:
            case server::no_link:
            case server::strange_root: return "localhost" + host.substr(host.find(':'));
            default: return host;
        }
    }
    void plan(server s, acs::conformance::plan const& what) { at(s).plan(what); }
    void meanwhile(server s, acs::conformance::plan const& what) { at(s).meanwhile(what); }
    [[nodiscard]] std::vector<arrived> requests(server s) const { return at(s).requests(); }
    [[nodiscard]] int connections(server s) const { return at(s).connections(); }

    /// Certificates to trust, PEM.
    [[nodiscard]] char const* trusted() const noexcept { return trusted_.name(); }
    /// The URL of a proxy; empty for none.
    [[nodiscard]] std::string proxy_url(proxy p) const {
        switch (p) {
            case proxy::none: break;
            case proxy::tunnel: return tunnel_.url();
            case proxy::asks_password: return asks_password_.url();
            case proxy::refuses: return refuses_.url();
            case proxy::mute: return mute_proxy_.url();
        }
        return {};
    }

private:
    [[nodiscard]] loopback& at(server s) {
        switch (s) {
            case server::other: return other_;
            case server::secure:
            case server::secure_alias: return secure_;
            case server::chained: return chained_;
            case server::no_link: return no_link_;
            case server::strange_root: return strange_root_;
            case server::expired: return expired_;
            case server::other_host: return other_host_;
            case server::unknown: return unknown_;
            case server::old: return old_;
            case server::mute: return mute_;
            case server::no_tls: return no_tls_;
            case server::plain:
            case server::plain_alias:
            case server::full:
            case server::nobody:
            case server::nameless: break;
        }
        return plain_;
    }
    [[nodiscard]] loopback const& at(server s) const { return const_cast<servers*>(this)->at(s); }

    loopback plain_{}, other_{};
    loopback no_tls_{nullptr, "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"};
    loopback mute_{};  // it waits for the end of a request's head, which a handshake does not have
    full_listener full_{};
    tls_server secure_{{.subject = "DNS:localhost"}}, unknown_{};
    tls_server expired_{{.expired = true}}, other_host_{{.subject = "DNS:other.example"}}, old_{{.max_version = TLS1_1_VERSION}};
    certificate root_{{}}, strange_{{}};
    certificate intermediate_{{.issuer = &root_}}, strange_intermediate_{{.issuer = &strange_}};
    tls_server chained_{{.intermediate = &intermediate_}}, no_link_{{.intermediate = &intermediate_, .shows_intermediate = false}};
    tls_server strange_root_{{.intermediate = &strange_intermediate_}};
    temporary_file trusted_{};
    connect_proxy tunnel_{proxy::tunnel}, asks_password_{proxy::asks_password}, refuses_{proxy::refuses}, mute_proxy_{proxy::mute};
};

}  // namespace acs_tests

#endif
