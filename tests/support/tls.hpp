// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// TLS servers on 127.0.0.1, each with a certificate of its own.
#ifndef ACS_TESTS_SUPPORT_TLS_HPP
#define ACS_TESTS_SUPPORT_TLS_HPP

#include <openssl/ssl.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include "support/certificate.hpp"
#include "support/loopback.hpp"

namespace acs_tests {

/// A file that is gone when the test is over.
class temporary_file {
public:
    temporary_file() {
        int const fd = ::mkstemp(name_.data());
        if (fd < 0) throw std::runtime_error("no temporary file");
        ::close(fd);
    }
    temporary_file(temporary_file const&) = delete;
    temporary_file& operator=(temporary_file const&) = delete;
    ~temporary_file() { std::remove(name_.c_str()); }

    [[nodiscard]] char const* name() const noexcept { return name_.c_str(); }

private:
    std::string name_ = "/tmp/acs-test-XXXXXX";
};

/// Who a server is under TLS: a certificate that it signed itself, or an intermediate one did, and the context that has it.
class tls_identity {
public:
    struct options {
        std::string subject = "DNS:localhost,IP:127.0.0.1";  ///< whom the certificate is for
        bool expired = false;
        int max_version = 0;                        ///< of TLS; 0: the newest
        certificate const* intermediate = nullptr;  ///< who signed it; null: itself
        bool shows_intermediate = true;
    };

    explicit tls_identity(options const& how)
        : own_({how.subject, how.expired, how.intermediate == nullptr, how.intermediate}),
          context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
        SSL_CTX_use_certificate(context_.get(), own_.get());
        SSL_CTX_use_PrivateKey(context_.get(), own_.key());
        if (how.intermediate != nullptr && how.shows_intermediate) SSL_CTX_add1_chain_cert(context_.get(), how.intermediate->get());
        if (how.max_version != 0) {
            SSL_CTX_set_security_level(context_.get(), 0);
            SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
            SSL_CTX_set_max_proto_version(context_.get(), how.max_version);
        }
        own_.write(file_.name());
    }
    tls_identity(tls_identity const&) = delete;
    tls_identity& operator=(tls_identity const&) = delete;

    [[nodiscard]] SSL_CTX* context() const noexcept { return context_.get(); }
    /// The certificate, for whoever wants to trust it.
    [[nodiscard]] char const* certificate_file() const noexcept { return file_.name(); }

private:
    certificate own_;
    temporary_file file_{};
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
};

/// The loopback server under TLS.
class tls_server : public tls_identity, public loopback {
public:
    tls_server() : tls_server(options()) {}
    explicit tls_server(options const& how) : tls_identity(how), loopback(context()) {}
};

}  // namespace acs_tests

#endif
