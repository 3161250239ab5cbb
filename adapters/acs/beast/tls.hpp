// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_BEAST_TLS_HPP
#define ACS_BEAST_TLS_HPP

#include <acs/beast/options.hpp>
#include <acs/hosted.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>

#include <openssl/ssl.h>

#include <optional>
#include <string>

namespace acs::inline ACS_ABI {

/// Whom a transport trusts, under TLS 1.2 or newer. Certificates are read when TLS is needed first; those that can't be read trust nobody:
/// then every call to https fails with tls_failed.
class beast_trust {
public:
    explicit beast_trust(beast_options const& options) : options_(options), ca_pem_(options.ca_pem) {
        if (options.ca_file != nullptr) ca_file_.emplace(options.ca_file);
    }

    using stream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>;

    /// Puts TLS on a socket: for this host and no other, whoever else the certificate is for.
    void put_on(std::optional<stream>& tls, boost::asio::ip::tcp::socket& socket, std::string const& host) {
        namespace ssl = boost::asio::ssl;
        boost::system::error_code no_address;
        boost::asio::ip::make_address(host, no_address);
        tls.emplace(socket, context());
        tls->set_verify_mode(ssl::verify_peer);
        tls->set_verify_callback(ssl::host_name_verification(host));
        // An address is no name that a server may be asked for (RFC 6066, 3).
        if (no_address)
            SSL_ctrl(tls->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str()));
    }

private:
    [[nodiscard]] boost::asio::ssl::context& context() {
        if (options_.tls != nullptr) return *options_.tls;
        if (own_) return *own_;
        namespace ssl = boost::asio::ssl;
        boost::system::error_code wrong;
        ssl::context& c = own_.emplace(ssl::context::tls_client);
        SSL_CTX_set_min_proto_version(c.native_handle(), TLS1_2_VERSION);
        if (ca_file_) c.load_verify_file(*ca_file_, wrong);
        if (!ca_pem_.empty()) c.add_certificate_authority(boost::asio::buffer(ca_pem_), wrong);
        bool const own = ca_file_ || !ca_pem_.empty();
        if (!own || options_.ca_of_system) c.set_default_verify_paths(wrong);
        return c;
    }

    beast_options options_;
    std::optional<std::string> ca_file_{};
    std::string ca_pem_;
    std::optional<boost::asio::ssl::context> own_{};
};

}  // namespace acs::inline ACS_ABI

#endif
