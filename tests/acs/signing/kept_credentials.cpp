// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/signing/kept_credentials.hpp>

#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>

#include "support/catch.hpp"

namespace test_signing_kept_credentials {

namespace {

static_assert(!std::is_copy_constructible_v<acs::kept_credentials<>> && !std::is_move_constructible_v<acs::kept_credentials<>>);

constexpr bool keeps() {
    acs::kept_credentials<8> kept;
    if (!kept.empty() || !kept.keep({"id", "secret", "token"})) return false;
    auto const is = [&](std::string_view id, std::string_view secret, std::string_view token) {
        acs::credentials const who = kept.view();
        return who.access_key_id == id && who.access_key_secret == secret && who.security_token == token;
    };
    if (!is("id", "secret", "token") || kept.empty()) return false;
    if (!kept.keep({"longer", "s", "12345678"}) || !is("longer", "s", "12345678")) return false;
    if (!kept.keep({"x", "y", {}}) || !is("x", "y", "")) return false;
    kept.clear();
    return kept.empty() && is("", "", "");
}
static_assert(keeps());

bool holds(void const* memory, std::size_t size, std::string_view text) {
    return std::string_view(static_cast<char const*>(memory), size).find(text) != std::string_view::npos;
}

}  // namespace

TEST_CASE("A text that is too long leaves what is held, and says which and how long", "[signing]") {
    acs::kept_credentials<16> kept;
    REQUIRE(kept.keep({"id", "secret", "token"}));
    std::string const id(129, 'i'), secret(129, 's'), token(17, 't');
    struct expectation {
        acs::credentials who;
        std::string_view where;
        std::size_t needed;
    };
    for (auto const& [who, where, needed] : {expectation{{id, "s", "t"}, "AccessKeyId", 129},
                                             {{"i", secret, "t"}, "AccessKeySecret", 129},
                                             {{"i", "s", token}, "SecurityToken", 17}}) {
        auto const kept_now = kept.keep(who);
        REQUIRE_FALSE(kept_now);
        CHECK(acs::name(kept_now.error().code) == "no_space");
        CHECK(kept_now.error().where == where);
        CHECK(kept_now.error().needed == needed);
        CHECK(kept.view().access_key_id == "id");
        CHECK(kept.view().access_key_secret == "secret");
        CHECK(kept.view().security_token == "token");
    }
    CHECK(kept.keep({std::string_view(id).substr(1), std::string_view(secret).substr(1), std::string_view(token).substr(1)}));
    CHECK(kept.view().security_token == std::string(16, 't'));
}

TEST_CASE("What is replaced is wiped, and all of it at the end", "[signing]") {
    using kept_type = acs::kept_credentials<64>;
    alignas(kept_type) unsigned char memory[sizeof(kept_type)];
    std::memset(memory, 0x5A, sizeof memory);
    auto* const kept = ::new (static_cast<void*>(memory)) kept_type;
    REQUIRE(kept->keep({"first-access-key", "first-canary-secret", "first-canary-token"}));
    CHECK(holds(memory, sizeof memory, "canary-secret"));
    REQUIRE(kept->keep({"2nd", "s", "t"}));
    for (std::string_view const rest : {"access-key", "canary", "secret", "token"}) CHECK_FALSE(holds(memory, sizeof memory, rest));
    REQUIRE(kept->keep({"third", "third-canary-secret", "third-canary-token"}));
    std::destroy_at(kept);
    for (std::string_view const rest : {"third", "canary", "secret", "token"}) CHECK_FALSE(holds(memory, sizeof memory, rest));
}

}  // namespace test_signing_kept_credentials
