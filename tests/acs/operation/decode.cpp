// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/decode.hpp>

#include <acs/operation/description.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/allocations.hpp"
#include "support/array_operation.hpp"
#include "support/catch.hpp"

namespace test_operation_decode {

using acs::errc;
using acs_tests::list_things;

namespace {

alignas(std::max_align_t) std::array<std::byte, 4096> storage;

constexpr std::array request_id_field{acs::field{"X-Acs-Request-Id", "from-header"}};

auto decode(std::string& body, std::uint16_t status = 200, std::span<acs::field const> fields = {}) {
    return acs::decode<list_things>(status, fields, body, storage);
}

/// The failure to decode this body, which has to stay as it is. Valid until the next one.
acs::failure refusal(std::string const& text, std::uint16_t status = 200, std::span<acs::field const> fields = {}) {
    static std::string body;
    body = text;
    auto const reply = decode(body, status, fields);
    INFO(text);
    REQUIRE_FALSE(reply);
    CHECK(body == text);
    CHECK(reply.error().body.data() == body.data());
    CHECK(reply.error().body.size() == body.size());
    CHECK(reply.error().origin == acs::origin::service);
    CHECK(reply.error().delivery == acs::delivery::answered);
    CHECK(reply.error().status == status);
    return reply.error();
}

bool inside(std::string_view text, std::string const& body) {
    return text.data() >= body.data() && text.data() + text.size() <= body.data() + body.size();
}

/// Replies without arrays are decoded in constant expressions too.
struct get_thing {
    static constexpr acs::call_head head{"GetThing", "1"};
    struct reply {
        struct inner {
            std::optional<std::int64_t> total{};
        };
        std::string_view request_id{};
        std::optional<bool> success{};
        std::optional<double> ratio{};
        inner paging{};
    };
    static consteval auto describe() {
        return acs::description(acs::parameters(),
                                acs::members(acs::member<&reply::ratio>("Ratio"), acs::member<&reply::request_id>("RequestId"),
                                             acs::member<&reply::success>("Success"),
                                             acs::member<&reply::paging>("Paging", acs::member<&reply::inner::total>("Total"))));
    }
};

constexpr bool decodes_in_a_constant_expression(std::string_view text) {
    std::array<char, 128> room{};
    std::span<char> const body = std::span(room).first(text.size());
    std::copy(text.begin(), text.end(), body.begin());
    auto const reply = acs::decode<get_thing>(200, {}, body);
    return reply && reply->request_id == "r\n1" && reply->success == true && reply->paging.total == -3 && reply->ratio == 0.5;
}
static_assert(decodes_in_a_constant_expression(
    R"({"X":[{"Y":1}],"RequestId":"r\u000a1","Success":"TRUE","Paging":{"Total":"-3","Items":null},"Ratio":5e-1})"));

constexpr bool refuses_in_a_constant_expression(std::string_view text, errc code, std::size_t offset) {
    std::array<char, 128> room{};
    std::span<char> const body = std::span(room).first(text.size());
    std::copy(text.begin(), text.end(), body.begin());
    auto const reply = acs::decode<get_thing>(200, {}, body);
    return !reply && reply.error().code == code && reply.error().offset == offset && std::equal(text.begin(), text.end(), body.begin());
}
static_assert(refuses_in_a_constant_expression(R"({"RequestId":"\u0041")", errc::truncated_json, 21));
static_assert(refuses_in_a_constant_expression(R"({"Paging":{"Total":[]}})", errc::wrong_type, 19));

/// A reply without a request id, at whose end stand arrays.
struct count_things {
    static constexpr acs::call_head head{"CountThings", "1"};
    struct reply {
        std::optional<std::int64_t> total{};
        std::span<std::string_view const> names{};
        std::span<std::span<std::string_view const> const> groups{};
    };
    static consteval auto describe() {
        return acs::description(acs::parameters(), acs::members(acs::member<&reply::total>("Total"), acs::member<&reply::names>("Names"),
                                                                acs::member<&reply::groups>("Groups")));
    }
};

constexpr std::string_view everything = R"({"RequestId":"r\u00e9","Success":true,"Ratio":1,
  "Names":["a\"b",null,"","\ud83d\ude00"],"Flags":[true,"FALSE",null],"Matrix":[[1,"2"],[],null],
  "Deep":[[[["\\x"],["y",null]]],[]],
  "Paging":{"Total":3,"Items":[{"Id":1,"Name":"\u0041","Weight":0.5,"Tags":[{"Key":"k\t","On":false},{}],"Labels":["\/"]},
    null,{"Id":9007199254740993,"Labels":[]}]}})";

}  // namespace

TEST_CASE("texts are unescaped in place, in every array", "[operation]") {
    std::string body(everything);
    auto const reply = decode(body);
    REQUIRE(reply);
    CHECK(reply->request_id == "r\xC3\xA9");
    REQUIRE(reply->names.size() == 4);
    CHECK(reply->names[0] == "a\"b");
    CHECK(reply->names[1].data() == nullptr);
    CHECK(reply->names[2].data() != nullptr);
    CHECK(reply->names[3] == "\xF0\x9F\x98\x80");
    CHECK(reply->flags[1] == false);
    CHECK_FALSE(reply->flags[2]);
    CHECK(reply->matrix[0][1] == 2);
    CHECK(reply->deep[0][0][0][0] == "\\x");
    CHECK(reply->deep[0][0][1][0] == "y");
    CHECK(reply->deep[0][0][1][1].data() == nullptr);
    auto const items = reply->paging.items;
    REQUIRE(items.size() == 3);
    CHECK(items[0].name == "A");
    CHECK(items[0].tags[0].key == "k\t");
    CHECK(items[0].labels[0] == "/");
    CHECK(items[0].weight == 0.5);
    CHECK(items[2].id == 9007199254740993);
    for (std::string_view const text : {reply->request_id, reply->names[0], reply->names[2], reply->deep[0][0][0][0], items[0].tags[0].key})
        CHECK(inside(text, body));
}

TEST_CASE("texts are unescaped in arrays that are the last member, too", "[operation]") {
    std::string body = R"({"Groups":[["\n"],[],["a","\u0041"]],"Names":["a\"b","\t"]})";
    auto const reply = acs::decode<count_things>(200, {}, body, storage);
    REQUIRE(reply);
    REQUIRE(reply->names.size() == 2);
    CHECK(reply->names[0] == "a\"b");
    CHECK(reply->names[1] == "\t");
    REQUIRE(reply->groups.size() == 3);
    CHECK(reply->groups[0][0] == "\n");
    CHECK(reply->groups[1].empty());
    CHECK(reply->groups[2][1] == "A");
}

namespace {

/// A reply with values of its own for what the service does not say.
constexpr char element_default[] = "un\\known", reply_default[] = R"(no\u0041ne)";
constexpr std::array<std::optional<std::int64_t>, 1> default_sizes{9};
struct default_thing {
    std::string_view name = element_default;
    std::span<std::optional<std::int64_t> const> sizes = default_sizes;
};
struct has_defaults {
    using thing = default_thing;
    static constexpr acs::call_head head{"GetDefaults", "1"};
    struct reply {
        std::string_view state = reply_default;
        std::optional<std::int64_t> size = 7;
        std::span<thing const> things{};
        std::span<thing const> others = default_others;
    };
    static constexpr std::array<thing, 2> default_others{thing{R"(fir\u0073t)"}, thing{"second"}};
    static consteval auto describe() {
        return acs::description(acs::parameters(), acs::members(acs::member<&reply::state>("State"), acs::member<&reply::size>("Size"),
                                                                acs::member<&reply::things>("Things", acs::member<&thing::name>("Name"),
                                                                                            acs::member<&thing::sizes>("Sizes")),
                                                                acs::member<&reply::others>("Others", acs::member<&thing::name>("Name"))));
    }
};

}  // namespace

TEST_CASE("A text of the reply's own, for what the answer does not bring, is no text of the body", "[operation]") {
    std::string body = R"({"Things":[{},{"Name":"a\u0042"}]})";
    auto const made = acs::decode<has_defaults>(200, {}, body, storage);
    REQUIRE(made);
    CHECK(made->state == R"(no\u0041ne)");
    CHECK(made->state.data() == reply_default);
    CHECK(made->size == 7);
    REQUIRE(made->things.size() == 2);
    CHECK(made->things[0].name == "un\\known");
    CHECK(made->things[0].name.data() == element_default);
    CHECK(made->things[1].name == "aB");
}

TEST_CASE("Elements of the reply's own, for an array that the answer does not bring, are left as they are", "[operation]") {
    for (std::string body : {R"({"Things":[{"Name":"\u0041"}]})", R"({"Things":[{"Name":"\u0041"}],"Others":null})"}) {
        CAPTURE(body);
        auto const made = acs::decode<has_defaults>(200, {}, body, storage);
        REQUIRE(made);
        REQUIRE(made->others.data() == has_defaults::default_others.data());
        CHECK(made->others.size() == 2);
        CHECK(made->others[0].name == R"(fir\u0073t)");
        CHECK(made->others[1].name == "second");
        REQUIRE(made->things.size() == 1);
        CHECK(made->things[0].name == "A");
    }
    std::string none = R"({"Others":[]})", own = R"({"Others":[{"Name":"\u0041"},{}]})";
    auto const emptied = acs::decode<has_defaults>(200, {}, none, storage);
    REQUIRE(emptied);
    CHECK(emptied->others.empty());  // an array without elements is brought, too
    auto const replaced = acs::decode<has_defaults>(200, {}, own, storage);
    REQUIRE(replaced);
    REQUIRE(replaced->others.size() == 2);
    CHECK(replaced->others[0].name == "A");
    CHECK(replaced->others[1].name == "un\\known");

    std::string nested = R"({"Things":[{"Sizes":[]},{},{"Sizes":[1,2]},{"Sizes":[3],"Sizes":[]}]})";
    auto const inner = acs::decode<has_defaults>(200, {}, nested, storage);
    REQUIRE(inner);
    REQUIRE(inner->things.size() == 4);
    CHECK(inner->things[0].sizes.empty());
    CHECK(inner->things[1].sizes.data() == default_sizes.data());
    CHECK(inner->things[2].sizes.size() == 2);
    CHECK(inner->things[3].sizes.empty());  // the last one counts
}

TEST_CASE("a reply that knows no request id is decoded, and refused, without one", "[operation]") {
    std::string body = R"({"RequestId":"r","Total":3})";
    auto const reply = acs::decode<count_things>(200, request_id_field, body);
    REQUIRE(reply);
    CHECK(reply->total == 3);
    std::string bad = R"({"RequestId":"r","Total":"x"})";
    auto const refused = acs::decode<count_things>(200, {}, bad);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::wrong_type);
    CHECK(refused.error().where == "Total");
    CHECK(refused.error().service.request_id.empty());
}

TEST_CASE("arrays take exactly the memory that is measured, and none less", "[operation]") {
    std::string const text(everything);
    std::string body = text;
    auto const needed = acs::measure_arrays<list_things>({200, {}, body});
    REQUIRE(needed);
    CHECK(body == text);
    CHECK(*needed != 0);
    for (std::size_t size = 0; size <= *needed; ++size) {
        std::unique_ptr<std::byte[]> const memory(new std::byte[size]);  // aligned as max_align_t; its end is guarded by the sanitizer
        auto const reply = acs::decode<list_things>(200, {}, body, std::span(memory.get(), size));
        INFO("size " << size);
        if (size == *needed) {
            REQUIRE(reply);
            CHECK(reply->paging.items[0].tags[0].key == "k\t");
            break;
        }
        REQUIRE_FALSE(reply);
        CHECK(acs::name(reply.error().code) == "no_array_space");
        CHECK(reply.error().origin == acs::origin::caller);
        CHECK(reply.error().delivery == acs::delivery::answered);
        CHECK(reply.error().needed == *needed);
        CHECK(body == text);
    }
}

TEST_CASE("memory that is not aligned loses its first bytes", "[operation]") {
    std::string body(everything);
    std::size_t const needed = *acs::measure_arrays<list_things>({200, {}, body});
    for (std::size_t skip = 0; skip < alignof(std::max_align_t); ++skip) {
        std::size_t const lost = (alignof(std::max_align_t) - skip) % alignof(std::max_align_t);
        body = everything;
        CHECK_FALSE(acs::decode<list_things>(200, {}, body, std::span(storage).subspan(skip, needed + lost - 1)));
        CHECK(acs::decode<list_things>(200, {}, body, std::span(storage).subspan(skip, needed + lost)));
    }
}

TEST_CASE("a reply that is cut off anywhere is refused as that, and left as it is", "[operation]") {
    std::string const text(everything);
    for (std::size_t size = 0; size < text.size(); ++size) {
        std::vector<char> body(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
        std::vector<char> const copy = body;
        auto const reply = acs::decode<list_things>(200, {}, body, storage);
        REQUIRE_FALSE(reply);
        CHECK(acs::name(reply.error().code) == (size == 0 ? "empty_reply" : "truncated_json"));
        CHECK(reply.error().offset == size);
        CHECK(body == copy);
        CHECK(acs::measure_arrays<list_things>({200, {}, body}).error().code == reply.error().code);
    }
}

TEST_CASE("absent, null and empty", "[operation]") {
    for (std::string_view const text : {R"({})", R"({"RequestId":null,"Paging":null,"Names":null,"Ratio":null,"Success":null})"}) {
        std::string body(text);
        auto const reply = decode(body);
        REQUIRE(reply);
        CHECK(reply->request_id.data() == nullptr);
        CHECK_FALSE(reply->success);
        CHECK_FALSE(reply->ratio);
        CHECK(reply->names.empty());
    }
    std::string body = R"({"RequestId":"","Names":[],"Paging":{}})";
    auto const reply = decode(body);
    REQUIRE(reply);
    CHECK(reply->request_id.data() != nullptr);
    CHECK(reply->request_id.empty());
}

TEST_CASE("a byte order mark and white space around the reply are skipped", "[operation]") {
    for (std::string_view const text : {" \r\n\t{\"Ratio\":1}\n ", "\xEF\xBB\xBF{\"Ratio\":1}", "\xEF\xBB\xBF \n{\"Ratio\":1}"}) {
        std::string body(text);
        auto const reply = decode(body);
        REQUIRE(reply);
        CHECK(reply->ratio == 1.0);
    }
    CHECK(refusal("\xEF\xBB\xBF\xEF\xBB\xBF{}").code == errc::malformed_json);
    for (std::string_view const text : {"", " ", "\r\n\t ", "\xEF\xBB\xBF", "\xEF\xBB\xBF \n"})
        CHECK(refusal(std::string(text)).code == errc::empty_reply);
}

TEST_CASE("204 may be empty; then only the header has a request id", "[operation]") {
    for (std::string_view const text : {"", " \n", "{}", "{\"RequestId\":\"\"}"}) {
        std::string body(text);
        auto const reply = decode(body, 204, request_id_field);
        REQUIRE(reply);
        CHECK(reply->request_id == "from-header");
    }
    CHECK(refusal("{", 204).code == errc::truncated_json);
}

TEST_CASE("the request id is the body's, else the header's", "[operation]") {
    std::string body = R"({"RequestId":"from-body"})";
    CHECK(decode(body, 200, request_id_field)->request_id == "from-body");
    CHECK(refusal("{", 200, request_id_field).service.request_id == "from-header");
    CHECK(refusal("", 200, request_id_field).service.request_id == "from-header");
    CHECK(refusal(R"({"RequestId":"from-body","Ratio":"x"})").service.request_id == "from-body");
}

TEST_CASE("what is not a reply has an error of its own", "[operation]") {
    CHECK(refusal("<html>").code == errc::unexpected_body);
    CHECK(refusal("\xEF\xBB\xBF <?xml version=\"1.0\"?>").offset == 4);
    CHECK(refusal("Service Unavailable").code == errc::malformed_json);
    CHECK(refusal("[]").code == errc::wrong_type);
    CHECK(refusal("null").code == errc::wrong_type);
    CHECK(refusal("{} x").code == errc::trailing_text);
    CHECK(refusal("{} x").offset == 3);
    CHECK(refusal("{\"RequestId\":\"\xC3\"}").code == errc::invalid_utf8);
    CHECK(refusal("{\"X\":\"\xFF\"}").code == errc::invalid_utf8);
    CHECK(refusal(R"({"RequestId":"\ud800"})").code == errc::malformed_json);
    CHECK(refusal(std::string(600, '[')).code == errc::wrong_type);
    CHECK(refusal("{\"X\":" + std::string(600, '[')).code == errc::json_too_deep);
    CHECK(refusal(R"({"Paging":{"Total":9223372036854775808}})").code == errc::number_out_of_range);
    acs::failure const wrong = refusal(R"({"RequestId":"\u0041","Paging":{"Items":[{"Name":[]}]}})");
    CHECK(wrong.code == errc::wrong_type);
    CHECK(wrong.where == "Name");
    CHECK(wrong.offset == 49);
}

TEST_CASE("a content encoding that nobody took off is refused", "[operation]") {
    for (std::string_view const coding : {"gzip", "br", "GZIP", "identity, gzip"}) {
        std::array const fields{acs::field{"Content-Encoding", coding}};
        CHECK(refusal("\x1F\x8B", 200, fields).code == errc::unsupported_encoding);
        CHECK(refusal("", 204, fields).code == errc::unsupported_encoding);
    }
    for (std::string_view const coding : {"identity", "Identity", ""}) {
        std::array const fields{acs::field{"content-encoding", coding}};
        std::string body = "{}";
        CHECK(decode(body, 200, fields));
    }
}

TEST_CASE("Success: false at 200 is a failure of the service, quoted or not", "[operation]") {
    for (std::string_view const no : {"false", "\"false\"", "\"False\""}) {
        std::string body = R"({"ErrorCode":"E.1","ErrorMessage":"a\nb","RequestId":"r","Success":)" + std::string(no) + "}";
        auto const reply = decode(body, 200, request_id_field);
        REQUIRE_FALSE(reply);
        CHECK(reply.error().code == errc::service_refused);
        CHECK(reply.error().origin == acs::origin::service);
        CHECK(reply.error().status == 200);
        CHECK(reply.error().service.code == "E.1");
        CHECK(reply.error().service.message == "a\nb");
        CHECK(reply.error().service.request_id == "r");
    }
    std::string nested = R"({"Paging":{"Success":false},"X":{"Success":false}})";
    CHECK(decode(nested));
}

TEST_CASE("Success: false counts even where another member has an unexpected type or size", "[operation]") {
    for (std::string_view const odd : {R"("Paging":"")", R"("Paging":[])", R"("Names":false)", R"("Ratio":1e999)"}) {
        for (std::string_view const no : {"false", "\"False\""}) {
            std::string const said = "\"Success\":" + std::string(no) + R"(,"ErrorCode":"E.1","ErrorMessage":"m")";
            for (std::string body : {"{" + said + "," + std::string(odd) + "}", "{" + std::string(odd) + "," + said + "}"}) {
                INFO(body);
                auto const reply = decode(body, 200, request_id_field);
                REQUIRE_FALSE(reply);
                CHECK(acs::name(reply.error().code) == "service_refused");
                CHECK(reply.error().service.code == "E.1");
                CHECK(reply.error().service.message == "m");
            }
        }
        std::string good = "{" + std::string(odd) + R"(,"Success":true,"ErrorCode":"E.1"})";
        CHECK(refusal(good).code != errc::service_refused);
        std::string cut = "{\"Success\":false," + std::string(odd) + R"(,"ErrorCode":"E.1")";
        CHECK(refusal(cut).code != errc::service_refused);
    }
}

TEST_CASE("a reply that is no success needs no memory to say so", "[operation]") {
    std::string body = R"({"Names":["a","b"],"Success":false,"ErrorCode":"E.1"})";
    auto const reply = acs::decode<list_things>(200, {}, body);
    REQUIRE_FALSE(reply);
    CHECK(acs::name(reply.error().code) == "service_refused");
    std::string refused = R"({"Names":["a","b"],"Code":"E.2"})";
    CHECK(*acs::measure_arrays<list_things>({400, {}, refused}) == 0);
}

TEST_CASE("whoever measures first learns of a refusal too, whatever type its arrays have", "[operation]") {
    std::string body = R"({"Names":"a[]","Success":"false","ErrorCode":"E.1"})";
    auto const needed = acs::measure_arrays<list_things>({200, {}, body});
    REQUIRE(needed);
    CHECK(*needed == 0);
    auto const reply = acs::decode<list_things>(200, {}, body);
    REQUIRE_FALSE(reply);
    CHECK(acs::name(reply.error().code) == "service_refused");
    CHECK(reply.error().service.code == "E.1");
    std::string success = R"({"Names":"a[]","Success":true})";
    CHECK(acs::measure_arrays<list_things>({200, {}, success}).error().code == errc::wrong_type);
}

TEST_CASE("every status but 2xx is the service's error or a redirect", "[operation]") {
    for (int const status : {100, 199, 300, 304, 400, 404, 500, 599, 0, 999}) {
        std::string body = R"({"Code":"E","RequestId":"r"})";
        auto const reply = decode(body, static_cast<std::uint16_t>(status));
        REQUIRE_FALSE(reply);
        CHECK(reply.error().code == (status >= 300 && status < 400 ? errc::redirected : errc::service_refused));
        CHECK(reply.error().service.code == "E");
    }
    for (int const status : {200, 201, 202, 206, 299}) {
        std::string body = "{}";
        CHECK(decode(body, static_cast<std::uint16_t>(status)));
    }
}

TEST_CASE("who decodes JSON only reads the same replies, and of refusals the JSON ones", "[operation]") {
    std::string body = R"({"RequestId":"r","Total":3,"Names":["\u0041"]})";
    auto const reply = acs::decode_json<list_things>({200, {}, body}, storage);
    REQUIRE(reply);
    CHECK(reply->request_id == "r");
    auto const refusal_of = [](std::uint16_t status, std::string& text) {
        auto const refused = acs::decode_json<list_things>({status, request_id_field, text}, storage);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errc::service_refused);
        CHECK(refused.error().status == status);
        CHECK(refused.error().service.request_id == "from-header");
        return refused.error().service.code;
    };
    std::string json = R"({"Code":"A.B"})", unsuccessful = R"({"Success":false,"Code":"A.C"})", xml = "<Error><Code>A.B</Code></Error>",
                none;
    CHECK(refusal_of(400, json) == "A.B");
    CHECK(refusal_of(200, unsuccessful) == "A.C");
    CHECK(refusal_of(400, xml).data() == nullptr);
    CHECK(refusal_of(502, none).data() == nullptr);
}

TEST_CASE("decoding and measuring allocate nothing", "[operation]") {
    std::string body(everything), broken(everything.substr(0, 100)), refused = R"({"Success":false,"Code":"E"})";
    bool all = true;
    acs_tests::no_allocations none;
    all = all && acs::measure_arrays<list_things>({200, {}, body}).has_value();
    all = all && decode(body).has_value();
    all = all && !decode(broken).has_value();
    all = all && !decode(refused).has_value();
    none.check();
    CHECK(all);
}

}  // namespace test_operation_decode
