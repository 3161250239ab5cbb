// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/prepare.hpp>

#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "support/allocations.hpp"
#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/signing.hpp"
#include "support/string_sink.hpp"

namespace test_operation_prepare {

using acs::errc;
using acs_tests::guarded_room;
using acs_tests::list_things;
using acs_tests::vector_moment;

namespace {

constexpr acs::credentials who{"testid", "testsecret", "token"};
constexpr acs::endpoint host{.host = "dataworks.cn-shanghai.aliyuncs.com"};
constexpr list_things full{
    .name = "a b", .flag = true, .size = -5, .any = -9'223'372'036'854'775'807, .content = "{\"c\"}", .long_query = "q?"};

acs::request_memory memory_of(guarded_room& room) {
    auto const parts = room.room();
    return {parts.fields, parts.params, parts.text};
}

/// Prepares in every size of memory: too small by any number of slots or bytes is no_space with the exact need, and nothing is written
/// beside the memory; what `measure` says is enough.
template <class Op, class Who>
void check_every_size(Op const& op, Who const& signer, acs::prepare_options const& options = {}) {
    guarded_room ample(32, 32, 4096);
    auto const whole = acs::prepare(op, host, signer, vector_moment, memory_of(ample), options);
    REQUIRE(whole);
    REQUIRE(ample.intact());
    std::string const wire = acs_tests::wire_of(whole->target, whole->fields);
    std::string const body = acs_tests::written([&](auto& out) { whole->body.write_to(out); });
    std::size_t const fields = whole->fields.size(), params = whole->params.size();
    auto const text = acs::measure(op, host, signer, memory_of(ample), options);
    REQUIRE(text);

    auto const refused = [&](std::size_t f, std::size_t p, std::size_t t, std::string_view where, std::size_t needed) {
        guarded_room small(f, p, t);
        auto const made = acs::prepare(op, host, signer, vector_moment, memory_of(small), options);
        INFO("fields " << f << " params " << p << " text " << t);
        REQUIRE_FALSE(made);
        CHECK(acs::name(made.error().code) == "no_space");
        CHECK(made.error().where == where);
        CHECK(made.error().needed == needed);
        CHECK(small.intact());
    };
    for (std::size_t n = 0; n < *text; ++n) refused(fields, params, n, "text", *text);
    for (std::size_t n = 0; n < fields; ++n) refused(n, params, *text, "fields", fields);
    for (std::size_t n = 0; n < params; ++n) refused(fields, n, *text, "params", params);
    refused(0, 0, 0, "params", params);

    guarded_room exact(fields, params, *text);
    auto const made = acs::prepare(op, host, signer, vector_moment, memory_of(exact), options);
    REQUIRE(made);
    CHECK(exact.intact());
    CHECK(acs_tests::wire_of(made->target, made->fields) == wire);
    CHECK(acs_tests::written([&](auto& out) { made->body.write_to(out); }) == body);
}

constexpr bool signs_in_a_constant_expression() {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(list_things{.name = "n", .size = 1, .content = "c d"}, host, who, vector_moment, memory);
    std::array<char, 16> piece{};
    return made && made->target == "/?Name=n&Size=1" && made->verb == acs::method::post && made->scheme == acs::scheme::https &&
           acs::body_reader(made->body).read(piece) == 13 && std::string_view(piece.data(), 13) == "Content=c%20d";
}
static_assert(signs_in_a_constant_expression());

constexpr acs::errc refused_in_a_constant_expression(list_things const& op, acs::endpoint const& to, std::size_t text) {
    acs::request_buffer<> room;
    acs::request_memory memory = room;
    memory.text = memory.text.first(text);
    auto const made = acs::prepare(op, to, who, acs::moment{}, memory);
    return made ? acs::errc::none : made.error().code;
}
static_assert(refused_in_a_constant_expression(full, host, 2048) == acs::errc::none);
static_assert(refused_in_a_constant_expression({}, host, 2048) == acs::errc::invalid_parameters);
static_assert(refused_in_a_constant_expression(full, {.host = "a b"}, 2048) == acs::errc::invalid_host);
static_assert(refused_in_a_constant_expression(full, host, 10) == acs::errc::no_space);

/// A key elsewhere, of which each signature costs something.
struct counting_key {
    using hasher = acs::sha256;
    static constexpr std::string_view algorithm = "ACS3-COUNTED";
    static constexpr std::size_t max_size = 4;

    int* calls;

    [[nodiscard]] std::size_t size() const noexcept { return max_size; }
    [[nodiscard]] bool mac(std::string_view, std::span<std::uint8_t> out) const noexcept {
        for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(*calls);
        return ++*calls != 0;
    }
    /// Such a one is for its own use, and no offer to write into a text.
    [[nodiscard]] bool mac(char const*, std::size_t, std::span<std::uint8_t>) const noexcept { return false; }
};

/// A method of the caller's, which has no need of memory.
struct own_method {
    int* calls;

    acs::result<void> apply(acs::draft& d) const noexcept {
        ++*calls;
        d.target = "/";
        return {};
    }
};

/// Ours, but for what is refused.
struct closed : acs::acs3_hmac_sha256 {
    using acs3::acs3;
    acs::verdict apply(acs::draft&) const noexcept { return acs::refuse(errc::signing_failed, "quota"); }
};

/// A method of the caller's, which has a function by that name.
struct own_checks {
    acs::acs3_hmac_sha256 signer;
    acs::verdict check_and_apply(acs::draft& d) const noexcept { return signer.apply(d); }
    acs::verdict apply(acs::draft& d) const noexcept { return check_and_apply(d); }
};

/// A hash of another size, under a name of some length.
struct wide_hash {
    static constexpr std::size_t block_size = 64, digest_size = 64;
    using digest = std::array<std::uint8_t, digest_size>;
    acs::sha256 of{};
    constexpr void update(std::string_view text) noexcept { of.update(text); }
    constexpr digest finish() noexcept {
        auto const half = of.finish();
        digest twice{};
        for (std::size_t i = 0; i < twice.size(); ++i) twice[i] = half[i % half.size()];
        return twice;
    }
};
struct wide_key : counting_key {
    using hasher = wide_hash;
    static constexpr std::string_view algorithm = "ACS3-A-NAME-THAT-IS-LONGER-THAN-ANY-OF-THE-SERVICE-TODAY";
};

list_things without_body() {
    list_things op = full;
    op.content = {};
    return op;
}

}  // namespace

TEST_CASE("What is derived from a method of ours is asked, and its draft is checked before", "[operation]") {
    acs::request_buffer<> memory;
    auto const refused = acs::prepare(without_body(), host, closed(who), vector_moment, memory);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where == "quota");
    own_checks const own{acs::acs3_hmac_sha256(who)};
    CHECK(acs::prepare(without_body(), host, own, vector_moment, memory));
    auto const bad_host = acs::prepare(without_body(), {.host = "a/b\r\nx: y"}, own, vector_moment, memory);
    REQUIRE_FALSE(bad_host);
    CHECK(bad_host.error().code == errc::forbidden_character);
    CHECK_FALSE(acs::prepare(without_body(), host, own, acs::moment{.wall = {-1}}, memory));
}

TEST_CASE("Hashes of any size and names of any length are signed with", "[operation]") {
    int calls = 0;
    acs::acs3<wide_key> const wide("id", wide_key{{&calls}});
    acs::request_buffer<4096> memory;
    auto const made = acs::prepare(without_body(), host, wide, vector_moment, memory);
    REQUIRE(made);
    std::string const algorithm(wide_key::algorithm);
    CHECK(acs::find_field(made->fields, "x-acs-content-sha256").size() == 128);
    CHECK(acs::find_field(made->fields, "authorization").substr(0, algorithm.size() + 15) == algorithm + " Credential=id,");
}

TEST_CASE("a request is prepared in exactly the memory that measure says, by every method", "[operation]") {
    constexpr std::array params{acs::param{"Extra", ""}, acs::param{"A", "1"}};
    constexpr std::array fields{acs::field{"x-acs-zone", "z"}, acs::field{"x-trace", "t"}};
    acs::prepare_options const options{.params = params, .fields = fields};
    check_every_size(full, who, options);
    check_every_size(full, acs::rpc_hmac_sha1(who), options);
    check_every_size(full, acs::bearer_token{"t"}, options);
    check_every_size(full, acs::anonymous{}, options);
    check_every_size(full, acs::rpc_bearer{{"t"}});
    check_every_size(full, acs::rpc_nobody{});
    acs::call any{"A", "1", params};
    check_every_size(any, acs::acs3_hmac_sm3(who));
    any.style = acs::api_style::roa;
    any.path = "/a b";
    check_every_size(any, acs::roa_hmac_sha1(who), {.user_agent = {}});
}

TEST_CASE("invalid parameters come before everything else", "[operation]") {
    auto const made = acs::prepare(list_things{.size = 6}, {.host = ""}, acs::credentials{}, {}, acs::request_memory{});
    REQUIRE_FALSE(made);
    CHECK(made.error().code == errc::invalid_parameters);
    std::string list;
    acs::for_each_fault(made.error(),
                        [&](acs::parameter_row const& row, bool missing) { list.append(row.name()).append(missing ? "-" : "!"); });
    CHECK(list == "Name-Size!");
}

TEST_CASE("a typed parameter and an extra one of that name are a duplicate", "[operation]") {
    acs::request_buffer<> memory;
    for (acs::place const in : {acs::place::query, acs::place::form})
        for (std::string_view const name : {"Name", "Content", "Flag"}) {
            std::array const params{acs::param{name, "x", in}};
            auto const made = acs::prepare(full, host, who, vector_moment, memory, {.params = params});
            REQUIRE_FALSE(made);
            CHECK(made.error().code == errc::duplicate_parameter);
            CHECK(made.error().where == name);
        }
}

TEST_CASE("a time out of range, a bad host and no credentials are refused", "[operation]") {
    acs::request_buffer<> memory;
    auto const code = [&](acs::endpoint const& to, acs::credentials const& key, std::int64_t seconds) {
        auto const made = acs::prepare(full, to, key, {.wall = {seconds}}, memory);
        return made ? errc::none : made.error().code;
    };
    CHECK(code(host, who, 0) == errc::none);
    CHECK(code(host, who, -1) == errc::invalid_time);
    CHECK(code(host, who, 253'402'300'800) == errc::invalid_time);
    CHECK(code({.host = "https://a"}, who, 0) == errc::invalid_host);
    CHECK(code({.host = "a/b"}, who, 0) == errc::invalid_host);
    CHECK(code(host, {}, 0) == errc::missing_access_key);
    CHECK(code(host, {"id"}, 0) == errc::missing_secret);
}

TEST_CASE("Of several faults the first is told: of the host, the time, the credentials, the memory", "[operation]") {
    // ACS3 checks requests without a body while it hashes, those with one before, and those with options before all else.
    struct fault_of_call {
        errc code;
        bool there;
    };
    for (unsigned faults = 0; faults < 32; ++faults) {
        auto const has = [faults](unsigned bit) { return (faults >> bit & 1U) != 0; };
        acs::endpoint const to{.host = has(0) ? "a/b" : "h.example"};
        acs::moment const now{.wall = {has(1) ? 253'402'300'800 : 0}};
        acs::credentials const key{has(2) ? "" : "id", "secret", has(3) ? "a\nb" : ""};
        std::array const all{fault_of_call{errc::invalid_host, has(0)}, fault_of_call{errc::invalid_time, has(1)},
                             fault_of_call{errc::missing_access_key, has(2)}, fault_of_call{errc::forbidden_character, has(3)},
                             fault_of_call{errc::no_space, has(4)}};
        errc first = errc::none;
        for (auto const& each : all)
            if (each.there && first == errc::none) first = each.code;
        INFO("faults " << faults);
        for (list_things const& op : {full, without_body()}) {
            std::array<acs::field, 16> fields{};
            std::array<acs::param, 16> params{};
            std::array<char, 2048> text{};
            acs::request_memory const memory{fields, params, std::span(text).first(has(4) ? 300 : 2048)};
            auto const made = acs::prepare(op, to, key, now, memory);
            CHECK((made ? errc::none : made.error().code) == first);
            auto const with_options = acs::prepare(op, to, key, now, memory, acs::no_options);
            CHECK((with_options ? errc::none : with_options.error().code) == first);
        }
    }
}

TEST_CASE("A key is not asked to sign for a host that is none, or a time that can't be written", "[operation]") {
    int calls = 0;
    acs::acs3<counting_key> const counting("testid", counting_key{&calls});
    list_things const op = without_body();
    acs::request_buffer<> memory;
    CHECK_FALSE(acs::prepare(op, {.host = "a/b"}, counting, vector_moment, memory));
    CHECK_FALSE(acs::prepare(op, host, counting, acs::moment{.wall = {-1}}, memory));
    CHECK(calls == 0);
    CHECK(acs::prepare(op, host, counting, vector_moment, memory));
    CHECK(calls == 1);
}

TEST_CASE("the agent can be changed and left out", "[operation]") {
    acs::request_buffer<> memory;
    auto const agent = [&](acs::prepare_options const& options) {
        auto const made = acs::prepare(full, host, who, vector_moment, memory, options);
        REQUIRE(made);
        return acs::find_field(made->fields, "user-agent");
    };
    CHECK(agent({}) == acs::default_user_agent);
    CHECK(agent({.user_agent = "mine/1"}) == "mine/1");
    CHECK(agent({.user_agent = ""}).data() == nullptr);
}

TEST_CASE("a method of the caller's is not asked to sign what is refused", "[operation]") {
    int calls = 0;
    acs::request_buffer<> memory;
    acs::call const any{"A", "1"};
    auto const refused = acs::prepare(any, {.host = "a b"}, own_method{&calls}, vector_moment, memory);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::invalid_host);
    CHECK(calls == 0);
    CHECK(acs::prepare(any, host, own_method{&calls}, vector_moment, memory));
    CHECK(calls == 1);
}

TEST_CASE("what needs no text measures as nothing, and what can't be prepared not at all", "[operation]") {
    int calls = 0;
    acs::request_buffer<> memory;
    auto const nothing = acs::measure(acs::call{"A", "1"}, host, own_method{&calls}, memory);
    REQUIRE(nothing);
    CHECK(*nothing == 0);

    auto const no_slots = acs::measure(full, host, who, acs::request_memory{memory.fields, {}, {}});
    REQUIRE_FALSE(no_slots);
    CHECK(no_slots.error().code == errc::no_space);
    CHECK(no_slots.error().where == "params");
    auto const invalid = acs::measure(list_things{}, host, who, memory);
    REQUIRE_FALSE(invalid);
    CHECK(invalid.error().code == errc::invalid_parameters);
    constexpr std::array twice{acs::param{"text", "1"}, acs::param{"text", "2"}};  // named like the memory
    auto const duplicate = acs::measure(acs::call{"A", "1", twice}, host, who, memory);
    REQUIRE_FALSE(duplicate);
    CHECK(duplicate.error().code == errc::duplicate_parameter);
    CHECK(duplicate.error().where == "text");
}

TEST_CASE("long texts travel in the form if asked to, and are signed there", "[operation]") {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(full, host, who, vector_moment, memory, {.long_query_in_form = true});
    REQUIRE(made);
    CHECK(made->target == "/?Any=-9223372036854775807&Flag=true&Name=a%20b&Size=-5");
    CHECK(acs_tests::written([&](auto& out) { made->body.write_to(out); }) == "Content=%7B%22c%22%7D&LongQuery=q%3F");
    // printf 'Content=%%7B%%22c%%22%%7D&LongQuery=q%%3F' | sha256sum
    CHECK(acs::find_field(made->fields, "x-acs-content-sha256") == "287490a4b400bcd26e139d8bd3ff01311dd21816e33d53ab0b70f8220d78f427");
}

TEST_CASE("a body in pieces of every size is the body that was hashed", "[operation]") {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(full, host, who, vector_moment, memory, {.long_query_in_form = true});
    REQUIRE(made);
    std::string const body = acs_tests::written([&](auto& out) { made->body.write_to(out); });
    CHECK(made->body.size() == body.size());
    for (std::size_t size = 1; size <= body.size() + 1; ++size) {
        acs::body_reader reader(made->body);
        std::string text, piece(size, '\0');
        while (std::size_t const n = reader.read(piece)) text.append(piece, 0, n);
        CHECK(text == body);
    }
}

TEST_CASE("nothing of the operation's texts is copied but into the target", "[operation]") {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(full, host, who, vector_moment, memory);
    REQUIRE(made);
    for (acs::param const& p : made->params)
        if (p.name == "Content") CHECK(p.value.data() == full.content.data());
    CHECK(made->host.data() == host.host.data());
}

TEST_CASE("preparing, measuring and signing allocate nothing, successful or not", "[operation]") {
    acs::acs3_hmac_sha256 const kept(who);
    acs::rpc_hmac_sha1 const rpc(who);
    acs::request_buffer<> memory;
    bool all = true;
    acs_tests::no_allocations none;
    all = all && acs::prepare(full, host, kept, vector_moment, memory).has_value();
    all = all && acs::prepare(full, host, rpc, vector_moment, memory).has_value();
    all = all && acs::prepare(full, host, who, vector_moment, memory).has_value();
    all = all && acs::measure(full, host, who, memory).has_value();
    all = all && !acs::prepare(list_things{}, host, who, vector_moment, memory).has_value();
    all = all && !acs::prepare(full, host, who, vector_moment, acs::request_memory{}).has_value();
    none.check();
    CHECK(all);
}

TEST_CASE("A key is not asked to sign what there is no memory for", "[operation]") {
    int calls = 0;
    acs::acs3<counting_key> const counting("testid", counting_key{&calls});
    constexpr std::array params{acs::param{"A", "1"}, acs::param{"B", "2"}};
    acs::call const any{.action = "Do", .version = "2020-05-18", .params = params};
    std::array<acs::field, 16> fields{};
    std::array<acs::param, 16> slots{};
    std::array<char, 1024> text{};
    auto const made = [&](std::size_t field_count, std::size_t param_count, std::size_t size) {
        acs::request_memory const memory{std::span(fields).first(field_count), std::span(slots).first(param_count),
                                         std::span(text).first(size)};
        return acs::prepare(any, acs::endpoint{.host = "h.example"}, counting, acs::moment{}, memory);
    };
    REQUIRE(made(9, 2, 1024));
    CHECK(calls == 1);
    for (auto const& short_of : {made(8, 2, 1024), made(0, 2, 1024), made(9, 1, 1024), made(9, 0, 1024), made(9, 2, 100)}) {
        REQUIRE_FALSE(short_of);
        CHECK(short_of.error().code == acs::errc::no_space);
    }
    CHECK(made(8, 2, 1024).error().needed == 9);
    CHECK(made(9, 1, 1024).error().needed == 2);
    CHECK(calls == 1);
}

}  // namespace test_operation_prepare
