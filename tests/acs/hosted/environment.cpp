// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/environment.hpp>

#include "support/catch.hpp"

#include <cstdlib>
#include <optional>
#include <string>

namespace test_hosted_environment {

namespace {

constexpr char const* id = "ALIBABA_CLOUD_ACCESS_KEY_ID";
constexpr char const* secret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
constexpr char const* token = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// Sets the three variables, null for none, and puts them back at the end.
class environment {
public:
    environment(char const* id_text, char const* secret_text, char const* token_text) {
        set(0, id, id_text);
        set(1, secret, secret_text);
        set(2, token, token_text);
    }
    environment(environment const&) = delete;
    environment& operator=(environment const&) = delete;
    ~environment() {
        char const* const names[] = {id, secret, token};
        for (int i = 0; i < 3; ++i) put(names[i], old_[i] ? old_[i]->c_str() : nullptr);
    }

private:
    void set(int i, char const* name, char const* value) {
        if (char const* const was = std::getenv(name)) old_[i] = was;
        put(name, value);
    }
    static void put(char const* name, char const* value) {
        if (value != nullptr)
            ::setenv(name, value, 1);
        else
            ::unsetenv(name);
    }
    std::optional<std::string> old_[3];
};

}  // namespace

TEST_CASE("The environment holds an access key, or session credentials", "[hosted]") {
    {
        environment const e("AK", "SK", nullptr);
        auto const who = acs::credentials_from_environment();
        REQUIRE(who);
        CHECK(who->access_key_id == "AK");
        CHECK(who->access_key_secret == "SK");
        CHECK(who->security_token.empty());
    }
    environment const e("STS.AK", "SK", "token");
    auto const who = acs::credentials_from_environment();
    REQUIRE(who);
    CHECK(who->access_key_id == "STS.AK");
    CHECK(who->security_token == "token");
}

TEST_CASE("What is missing in the environment has its name in the failure", "[hosted]") {
    struct row {
        char const* id_text;
        char const* secret_text;
        char const* where;
    };
    for (row const& r : {row{nullptr, nullptr, id}, {nullptr, "SK", id}, {"", "SK", id}, {"AK", nullptr, secret}, {"AK", "", secret}}) {
        environment const e(r.id_text, r.secret_text, "token");
        auto const who = acs::credentials_from_environment();
        REQUIRE_FALSE(who);
        CHECK(who.error().code == acs::errc::missing_credentials);
        CHECK(who.error().origin == acs::origin::caller);
        CHECK(who.error().where == r.where);
    }
}

}  // namespace test_hosted_environment
