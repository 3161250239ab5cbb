// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Certificates that nobody else trusts, valid for a day: signed by themselves, or by one another.
#ifndef ACS_TESTS_SUPPORT_CERTIFICATE_HPP
#define ACS_TESTS_SUPPORT_CERTIFICATE_HPP

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

namespace acs_tests {

class certificate {
public:
    struct options {
        std::string subject{};  ///< whom it is for; empty: it signs others only
        bool expired = false;
        bool signs = true;                    ///< whether it may sign others
        certificate const* issuer = nullptr;  ///< null: itself
    };

    explicit certificate(options const& how) : key_(EVP_EC_gen("P-256"), EVP_PKEY_free), made_(X509_new(), X509_free) {
        X509_set_version(get(), 2);
        X509_gmtime_adj(X509_getm_notBefore(get()), -86'400 * 2);
        X509_gmtime_adj(X509_getm_notAfter(get()), how.expired ? -86'400 : 86'400);
        X509_set_pubkey(get(), key());
        static std::atomic<int> count = 0;  // two names that are one would be one issuer
        int const number = ++count;
        ASN1_INTEGER_set(X509_get_serialNumber(get()), number);
        X509_NAME* const name = X509_get_subject_name(get());
        std::string const common = "test " + std::to_string(number);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>(common.c_str()), -1, -1, 0);
        certificate const& issuer = how.issuer != nullptr ? *how.issuer : *this;
        X509_set_issuer_name(get(), X509_get_subject_name(issuer.get()));
        extend(NID_basic_constraints, how.signs ? "critical,CA:TRUE" : "critical,CA:FALSE");
        if (!how.subject.empty()) extend(NID_subject_alt_name, how.subject);
        if (X509_sign(get(), issuer.key(), EVP_sha256()) == 0) throw std::runtime_error("no certificate");
    }

    [[nodiscard]] X509* get() const noexcept { return made_.get(); }
    [[nodiscard]] EVP_PKEY* key() const noexcept { return key_.get(); }

    /// For whoever wants to trust it, PEM.
    void write(char const* file_name) const {
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::fopen(file_name, "wb"), std::fclose);
        if (file == nullptr || PEM_write_X509(file.get(), get()) != 1) throw std::runtime_error("no certificate");
    }

private:
    void extend(int nid, std::string const& value) const {
        X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
        X509_add_ext(get(), extension, -1);
        X509_EXTENSION_free(extension);
    }

    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_;
    std::unique_ptr<X509, void (*)(X509*)> made_;
};

}  // namespace acs_tests

#endif
