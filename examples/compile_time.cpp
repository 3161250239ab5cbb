// The documented example of the service's signature, and a whole call, checked by the compiler: this program does nothing.
#include <dataworks.hpp>

#include <array>
#include <string_view>

namespace {

// A signature alone, of parts that a client of one's own has at hand.
constexpr std::string_view date = "2023-10-26T10:22:32Z";
constexpr std::string_view nonce = "3156853299f313e23d1673dc12e1703d";
constexpr std::string_view no_body = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

constexpr std::array query{acs::param{"ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"},
                           acs::param{"RegionId", "cn-shanghai"}};
constexpr std::array fields{acs::field{"host", "ecs.cn-shanghai.aliyuncs.com"}, acs::field{"x-acs-action", "RunInstances"},
                            acs::field{"x-acs-content-sha256", no_body},        acs::field{"x-acs-date", date},
                            acs::field{"x-acs-signature-nonce", nonce},         acs::field{"x-acs-version", "2014-05-26"}};
constexpr acs::credentials documented{"YourAccessKeyId", "YourAccessKeySecret"};

static_assert(acs::sign(acs::acs3_hmac_sha256(documented), {"POST", "/", query, fields, no_body}) ==
              "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");

// The same call from the front: prepared, signed, and its header found.
constexpr bool prepared_call_carries_that_signature() {
    acs::moment now{.wall = *acs::parse_iso8601(date)};
    if (!acs::hex_decode(nonce, now.random)) return false;
    acs::request_buffer<> memory;
    auto const request =
        acs::prepare(acs::call{"RunInstances", "2014-05-26", query}, {.host = "ecs.cn-shanghai.aliyuncs.com"}, documented, now, memory);
    return request && request->target == "/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai" &&
           acs::find_field(request->fields, "authorization") ==
               "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;"
               "x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";
}
static_assert(prepared_call_carries_that_signature());

// A typed reply, decoded in place.
constexpr bool reply_is_decoded() {
    std::array<char, 96> body{};
    constexpr std::string_view text = R"({"RequestId":"r-1","Success":"true","Data":{"Status":"success","TaskContent":"{\"a\":1}"}})";
    for (std::size_t i = 0; i < text.size(); ++i) body[i] = text[i];
    auto const reply = acs::decode<dataworks::query_di_sync_task_config_process_result>(200, {}, std::span(body).first(text.size()));
    return reply && reply->request_id == "r-1" && reply->success == true && reply->data.task_content == R"({"a":1})" &&
           phase_of(*reply) == dataworks::phase::done;
}
static_assert(reply_is_decoded());

}  // namespace

int main() {}
