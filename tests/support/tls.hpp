// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// TLS servers on 127.0.0.1, each with a certificate that it signs itself.
#ifndef ACS_TESTS_SUPPORT_TLS_HPP
#define ACS_TESTS_SUPPORT_TLS_HPP

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

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

/// Who a server is under TLS: a certificate that it signed itself, and the context that has it.
class tls_identity {
public:
    struct options {
        std::string subject = "DNS:localhost,IP:127.0.0.1";  ///< whom the certificate is for
        bool expired = false;
        int max_version = 0;  ///< of TLS; 0: the newest
    };

    explicit tls_identity(options const& how) : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
        std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> const key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        std::unique_ptr<X509, void (*)(X509*)> const made(X509_new(), X509_free);
        X509* const certificate = made.get();
        X509_set_version(certificate, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), -86'400 * 2);
        X509_gmtime_adj(X509_getm_notAfter(certificate), how.expired ? -86'400 : 86'400);
        X509_set_pubkey(certificate, key.get());
        X509_NAME* const name = X509_get_subject_name(certificate);
        static std::atomic<int> count = 0;  // two names that are one would be one issuer
        std::string const common = "test " + std::to_string(++count);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>(common.c_str()), -1, -1, 0);
        X509_set_issuer_name(certificate, name);
        for (auto const& [nid, value] : {std::pair(NID_subject_alt_name, how.subject), {NID_basic_constraints, "critical,CA:TRUE"}}) {
            X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
            X509_add_ext(certificate, extension, -1);
            X509_EXTENSION_free(extension);
        }
        X509_sign(certificate, key.get(), EVP_sha256());
        SSL_CTX_use_certificate(context_.get(), certificate);
        SSL_CTX_use_PrivateKey(context_.get(), key.get());
        if (how.max_version != 0) {
            SSL_CTX_set_security_level(context_.get(), 0);
            SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
            SSL_CTX_set_max_proto_version(context_.get(), how.max_version);
        }
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::fopen(certificate_.name(), "wb"), std::fclose);
        if (file == nullptr || PEM_write_X509(file.get(), certificate) != 1) throw std::runtime_error("no certificate");
    }
    tls_identity(tls_identity const&) = delete;
    tls_identity& operator=(tls_identity const&) = delete;

    [[nodiscard]] SSL_CTX* context() const noexcept { return context_.get(); }
    /// The certificate, for whoever wants to trust it.
    [[nodiscard]] char const* certificate_file() const noexcept { return certificate_.name(); }

private:
    temporary_file certificate_{};
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
