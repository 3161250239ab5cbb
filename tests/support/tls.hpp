// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// A TLS server on 127.0.0.1 with a certificate that it signs itself.
#ifndef ACS_TESTS_SUPPORT_TLS_HPP
#define ACS_TESTS_SUPPORT_TLS_HPP

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

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

/// Serves one request a connection, and closes.
class tls_server {
public:
    struct options {
        std::string subject = "IP:127.0.0.1";  ///< whom the certificate is for
        bool expired = false;
        int max_version = 0;  ///< of TLS; 0: the newest
    };

    tls_server() : tls_server(options()) {}
    explicit tls_server(options const& how) : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
        std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> const key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        std::unique_ptr<X509, void (*)(X509*)> const made(X509_new(), X509_free);
        X509* const certificate = made.get();
        X509_set_version(certificate, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), -86'400 * 2);
        X509_gmtime_adj(X509_getm_notAfter(certificate), how.expired ? -86'400 : 86'400);
        X509_set_pubkey(certificate, key.get());
        X509_NAME* const name = X509_get_subject_name(certificate);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>("test"), -1, -1, 0);
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
        if (::pipe(wake_) != 0) throw std::runtime_error("no pipe");
        thread_ = std::thread([this] { serve(); });
    }
    tls_server(tls_server const&) = delete;
    tls_server& operator=(tls_server const&) = delete;
    ~tls_server() {
        ::close(wake_[1]);
        thread_.join();
        ::close(wake_[0]);
    }

    [[nodiscard]] std::string host() const { return listener_.host(); }
    /// The certificate, for whoever wants to trust it.
    [[nodiscard]] char const* certificate_file() const noexcept { return certificate_.name(); }
    /// All that was sent under TLS, of every connection.
    [[nodiscard]] std::string received() const {
        std::lock_guard const lock(mutex_);
        return received_;
    }
    /// The TLS version of the last connection.
    [[nodiscard]] std::string version() const {
        std::lock_guard const lock(mutex_);
        return version_;
    }

private:
    void serve() {
        sigset_t broken_pipe;  // OpenSSL writes to peers that may have gone
        ::sigemptyset(&broken_pipe);
        ::sigaddset(&broken_pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
        for (;;) {
            std::array<pollfd, 2> wait{{{wake_[0], POLLIN, 0}, {listener_.fd(), POLLIN, 0}}};
            if (::poll(wait.data(), wait.size(), -1) < 0 || wait[0].revents != 0) return;
            int const fd = ::accept(listener_.fd(), nullptr, nullptr);
            if (fd < 0) continue;
            std::unique_ptr<SSL, void (*)(SSL*)> const ssl(SSL_new(context_.get()), SSL_free);
            SSL_set_fd(ssl.get(), fd);
            if (SSL_accept(ssl.get()) == 1) answer(ssl.get());
            ERR_clear_error();
            ::close(fd);
        }
    }

    void answer(SSL* ssl) {
        std::string in;
        std::array<char, 4096> piece{};
        while (in.find("\r\n\r\n") == std::string::npos) {
            int const n = SSL_read(ssl, piece.data(), static_cast<int>(piece.size()));
            if (n <= 0) break;
            in.append(piece.data(), static_cast<std::size_t>(n));
        }
        {
            std::lock_guard const lock(mutex_);
            received_ += in;
            version_ = SSL_get_version(ssl);
        }
        std::string const out = http(200, "{}", "connection: close\r\n");
        if (!in.empty() && SSL_write(ssl, out.data(), static_cast<int>(out.size())) > 0) SSL_shutdown(ssl);
        // Until the peer closes: what it sent and nobody read would break the connection.
        while (::recv(SSL_get_fd(ssl), piece.data(), piece.size(), 0) > 0) {
        }
    }

    listener listener_{};
    temporary_file certificate_{};
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
    int wake_[2]{};
    mutable std::mutex mutex_{};
    std::string received_{};
    std::string version_{};
    std::thread thread_{};
};

}  // namespace acs_tests

#endif
