// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// ACS3-RSA-SHA256 with a key that OpenSSL holds: a stranger to the library, which comes in through the `mac` concept alone.
#include <acs/signing/acs3.hpp>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/signing.hpp"
#include "support/string_sink.hpp"

namespace test_signing_rsa {

namespace {

class rsa_key {
public:
    using hasher = acs::sha256;
    static constexpr std::string_view algorithm = "ACS3-RSA-SHA256";
    static constexpr std::size_t max_size = 512;

    /// A private key in Base64 of PKCS#8, as the service hands it out.
    explicit rsa_key(std::string_view base64) {
        std::vector<unsigned char> der(base64.size());
        int const size =
            EVP_DecodeBlock(der.data(), reinterpret_cast<unsigned char const*>(base64.data()), static_cast<int>(base64.size()));
        unsigned char const* at = der.data();
        key_.reset(d2i_AutoPrivateKey(nullptr, &at, size), EVP_PKEY_free);
    }

    [[nodiscard]] std::size_t size() const noexcept { return key_ ? static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())) : 0; }

    [[nodiscard]] bool mac(std::string_view text, std::span<std::uint8_t> out) const noexcept {
        std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> const context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        std::size_t written = out.size();
        return key_ && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
               EVP_DigestSign(context.get(), out.data(), &written, reinterpret_cast<unsigned char const*>(text.data()), text.size()) == 1 &&
               written == out.size();
    }

private:
    std::shared_ptr<EVP_PKEY> key_;
};
static_assert(acs::check_mac<rsa_key>());

std::string_view text_of(nlohmann::json const& value) {
    return value.is_null() ? std::string_view("") : std::string_view(value.get_ref<std::string const&>());
}

nlohmann::json rsa_vectors() {
    nlohmann::json found = nlohmann::json::array();
    for (auto const& each : nlohmann::json::parse(acs_tests::file_text("vectors/acs3.json")))
        if (each["kind"] == "acs3" && each["input"]["algorithm"] == "ACS3-RSA-SHA256") found.push_back(each);
    return found;
}

}  // namespace

TEST_CASE("RSA signatures of the official client, made by a key outside the library", "[signing]") {
    auto const vectors = rsa_vectors();
    CHECK(vectors.size() == 3);
    for (auto const& each : vectors) {
        auto const& input = each["input"];
        INFO(each["id"]);
        std::vector<acs::param> query;
        for (auto const& pair : input["query"]) query.push_back({text_of(pair[0]), text_of(pair[1])});
        acs::sort_params(query);
        std::vector<acs::field> sent;
        for (auto const& pair : input["headers"]) sent.push_back({text_of(pair[0]), text_of(pair[1])});
        std::vector<acs::field> room(sent.size());
        acs::acs3<rsa_key> const signer("testid", rsa_key(text_of(input["access_key_secret"])));
        auto const made = acs::sign(signer, {text_of(input["method"]), text_of(input["path"]), query, acs::select_signed_fields(sent, room),
                                             text_of(input["payload_hash"])});
        CHECK(made.view() == text_of(each["expect"]["signature"]));
        CHECK(made.view().size() == 512);
    }
}

TEST_CASE("a whole request signed by RSA, in memory of every size near its own", "[signing]") {
    auto const vectors = rsa_vectors();
    auto const& plain =
        *std::find_if(vectors.begin(), vectors.end(), [](auto const& each) { return each["id"] == "acs3-rsa-sha256-query"; });
    acs::acs3<rsa_key> const signer("testid", rsa_key(text_of(plain["input"]["access_key_secret"])));
    constexpr std::array query{acs::param{"ProjectId", "27"}, acs::param{"RegionId", "cn-shanghai"}};
    CHECK(acs_tests::signed_draft(signer, {.params = query}, [&](acs::draft const& d) {
        return acs::find_field(d.fields.items(), "authorization") == text_of(plain["expect"]["authorization"]);
    }));
    acs_tests::check_every_size(signer, {.params = query});
}

TEST_CASE("a key that OpenSSL could not read signs nothing", "[signing]") {
    acs::failure const f = acs_tests::refusal_of(acs::acs3<rsa_key>("testid", rsa_key("AAAA")), {});
    CHECK(f.code == acs::errc::signing_failed);
    CHECK(f.where == "ACS3-RSA-SHA256");
}

}  // namespace test_signing_rsa
