// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/testing/executions.hpp>

#include "support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

namespace test_testing_executions {

using acs::testing::executions;
using acs::testing::http_answer;
using acs::testing::received;

namespace {

using pairs = std::vector<std::pair<std::string, std::string>>;

received with(pairs query, pairs form = {}, pairs fields = {{"x-acs-action", "Do"}}) {
    received r;
    r.query = std::move(query);
    r.form = std::move(form);
    r.fields = std::move(fields);
    return r;
}

/// Carries out, and says how the answer reads.
std::string run(executions& e, std::string const& action, received const& r, std::string const& body = "new") {
    return e.run(action, r, [&] { return http_answer{200, {}, body, {}}; }).body;
}

}  // namespace

TEST_CASE("Without a client token each call is carried out", "[testing]") {
    executions e;
    received const plain = with({{"A", "1"}}), empty = with({{"A", "1"}, {"ClientToken", ""}});
    for (int i = 0; i < 3; ++i) {
        CHECK(run(e, "Do", plain, std::to_string(i)) == std::to_string(i));
        CHECK(run(e, "Do", empty, std::to_string(i)) == std::to_string(i));
        CHECK_FALSE(e.mismatches("Do", plain));
        CHECK_FALSE(e.mismatches("Do", empty));
    }
    CHECK(e.of("Do") == 6);
    CHECK(e.of("Else") == 0);
}

TEST_CASE("A client token that comes again is answered as before, and carried out once", "[testing]") {
    executions e;
    received const first = with({{"A", "1"}}, {{"ClientToken", "t"}}), other = with({{"A", "1"}}, {{"ClientToken", "u"}});
    CHECK(run(e, "Do", first, "one") == "one");
    CHECK(run(e, "Do", first, "two") == "one");
    CHECK(run(e, "Do", other, "three") == "three");
    CHECK(run(e, "Else", first, "four") == "four");  // a token is an action's
    CHECK(e.of("Do") == 2);
    CHECK(e.of("Else") == 1);
    CHECK(run(e, "Do", with({{"ClientToken", "T"}}), "five") == "five");  // case counts
}

TEST_CASE("A client token with other parameters is a mismatch, whichever parameter it is", "[testing]") {
    executions e;
    received const first = with({{"A", "1"}, {"ClientToken", "t"}}, {{"B", "2"}});
    CHECK_FALSE(e.mismatches("Do", first));
    static_cast<void>(run(e, "Do", first));
    CHECK_FALSE(e.mismatches("Do", first));
    CHECK_FALSE(e.mismatches("Else", with({{"A", "9"}, {"ClientToken", "t"}})));
    CHECK(e.mismatches("Do", with({{"A", "9"}, {"ClientToken", "t"}}, {{"B", "2"}})));
    CHECK(e.mismatches("Do", with({{"A", "1"}, {"ClientToken", "t"}}, {{"B", ""}})));
    CHECK(e.mismatches("Do", with({{"A", "1"}, {"ClientToken", "t"}})));
    CHECK(e.mismatches("Do", with({{"A", "1"}, {"ClientToken", "t"}, {"C", ""}}, {{"B", "2"}})));
    // The same parameters in another order, or in the form.
    CHECK_FALSE(e.mismatches("Do", with({{"B", "2"}}, {{"ClientToken", "t"}, {"A", "1"}})));
}

TEST_CASE("What a signature method adds is no parameter of the operation, and differs between attempts", "[testing]") {
    auto const rpc = [](std::string const& timestamp, std::string const& nonce, std::string const& key, std::string const& token) {
        return with({{"Action", "Do"},
                     {"Version", "2020-05-18"},
                     {"Format", "JSON"},
                     {"Timestamp", timestamp},
                     {"SignatureNonce", nonce},
                     {"SignatureMethod", "HMAC-SHA1"},
                     {"SignatureVersion", "1.0"},
                     {"AccessKeyId", key},
                     {"SecurityToken", token},
                     {"Signature", nonce + "=="},
                     {"A", "1"},
                     {"ClientToken", "t"}},
                    {}, {});
    };
    executions e;
    CHECK(run(e, "Do", rpc("2023", "n", "STS.1", "old"), "one") == "one");
    CHECK_FALSE(e.mismatches("Do", rpc("2024", "m", "STS.1", "old")));
    CHECK_FALSE(e.mismatches("Do", rpc("2024", "m", "STS.2", "new")));          // refreshed in between
    CHECK_FALSE(e.mismatches("Do", with({{"A", "1"}, {"ClientToken", "t"}})));  // the same call by ACS3
    // By ACS3 these names are the operation's own.
    CHECK(e.mismatches("Do", with({{"A", "1"}, {"ClientToken", "t"}, {"Version", "7"}})));
    CHECK(e.mismatches("Do", with({{"A", "1"}, {"ClientToken", "t"}, {"Timestamp", "7"}})));
}

}  // namespace test_testing_executions
