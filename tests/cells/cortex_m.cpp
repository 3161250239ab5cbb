// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Bare metal: no operating system, no heap, no C start-up code. Signs what is documented, decodes a documented reply, carries an exchange
// through a refusal, and says PASS and how deep the stack got, to whom the debugger's traps reach (semihosting).
#include <dataworks.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" {
extern std::uint32_t data_begin, data_end, bss_begin, bss_end, stack_bottom, stack_top;
extern std::uint32_t const data_load;
[[noreturn]] void reset();
[[noreturn]] void fault();
}

namespace {

using query = dataworks::query_di_sync_task_config_process_result;

[[gnu::section(".vectors"), gnu::used]] void const* const vectors[16] = {
    &stack_top,
    reinterpret_cast<void const*>(&reset),
    reinterpret_cast<void const*>(&fault),
    reinterpret_cast<void const*>(&fault),
    reinterpret_cast<void const*>(&fault),
};

int semihosting(int operation, void const* argument) {
    register int r0 asm("r0") = operation;
    register void const* r1 asm("r1") = argument;
    asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void say(std::string_view text) {
    for (char const& c : text) semihosting(0x03, &c);  // SYS_WRITEC
}

[[noreturn]] void stop(bool well) {
    // SYS_EXIT: ADP_Stopped_ApplicationExit, or ADP_Stopped_RunTimeErrorUnknown.
    semihosting(0x18, reinterpret_cast<void const*>(well ? 0x20026 : 0x20023));
    for (;;) {}
}

bool expect(std::string_view what, bool good) {
    if (!good) {
        say("FAIL: ");
        say(what);
        say("\n");
    }
    return good;
}

// How deep it gets: what is below here is painted before, and searched for the last change after.
constexpr std::uint32_t paint = 0xC0DE'57AC;

// The states of the key that the parts sign with: whoever finds them can sign.
std::array<std::uint32_t, sizeof(acs::hmac_key<acs::sha256>) / 4> key_states;

bool among_key_states(std::uint32_t a, std::uint32_t b) {
    constexpr std::size_t words = acs::sha256::digest_size / 4;
    for (std::size_t const state : {std::size_t{0}, key_states.size() / 2})
        for (std::size_t i = state; i + 1 < state + words; ++i)
            if (key_states[i] == a && key_states[i + 1] == b) return true;
    return false;
}

[[gnu::noinline]] std::size_t depth_of(bool (*function)(), bool& well) {
    auto* const here = static_cast<std::uint32_t*>(__builtin_frame_address(0));
    std::uint32_t* const top = here - 16;  // of this frame, and what it may push yet
    for (std::uint32_t volatile* at = &stack_bottom; at < top; ++at) *at = paint;
    well = function();
    std::uint32_t volatile* at = &stack_bottom;
    while (at < top && *at == paint) ++at;
    for (std::uint32_t volatile* each = at; each + 1 < top; ++each)
        if (among_key_states(each[0], each[1])) well = expect("the stack holds a part of the key", false);
    return static_cast<std::size_t>(here - at) * sizeof *at;
}

// The file is put in as it is.
asm(".section .rodata.sample\nsample_begin: .incbin \"query-result-success.json\"\nsample_end: .balign 4\n.text\n");
extern "C" char const sample_begin[], sample_end[];
std::string_view sample() { return {sample_begin, static_cast<std::size_t>(sample_end - sample_begin)}; }

constexpr std::string_view nonce = "3156853299f313e23d1673dc12e1703d";
constexpr std::array run_instances{acs::param{"ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"},
                                   acs::param{"RegionId", "cn-shanghai"}};
constexpr std::array describe_regions{acs::param{"Timestamp", "2016-02-23T12:46:24Z"},
                                      acs::param{"Format", "XML"},
                                      acs::param{"AccessKeyId", "testid"},
                                      acs::param{"Action", "DescribeRegions"},
                                      acs::param{"SignatureMethod", "HMAC-SHA1"},
                                      acs::param{"SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf"},
                                      acs::param{"Version", "2014-05-26"},
                                      acs::param{"SignatureVersion", "1.0"}};

constexpr acs::credentials documented{"YourAccessKeyId", "YourAccessKeySecret"};
acs::request_buffer<1024, 12, 8> memory;
std::array<char, 1600> body;

acs::moment now() {
    acs::moment at{.wall = *acs::parse_iso8601("2023-10-26T10:22:32Z")};
    return expect("hex", acs::hex_decode(nonce, at.random).has_value()) ? at : acs::moment{};
}

std::span<char> put(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) body[i] = text[i];
    return std::span(body).first(text.size());
}

/// The documented example of ACS3.
bool signs() {
    auto const made = acs::prepare(acs::call{"RunInstances", "2014-05-26", run_instances}, {.host = "ecs.cn-shanghai.aliyuncs.com"},
                                   documented, now(), memory);
    return expect("signs", made && acs::find_field(made->fields, "authorization") ==
                                       "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
                                       "x-acs-date;x-acs-signature-nonce;x-acs-version,"
                                       "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
}

/// The documented example of RPC 1.0.
bool signs_rpc() {
    std::array<acs::param, describe_regions.size()> sorted = describe_regions;
    acs::sort_params(sorted);
    acs::rpc_hmac_sha1 const signer(acs::credentials{"testid", "testsecret"});
    return expect("signs by RPC", signer.sign("GET", sorted).view() == "OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
}

/// SM3, by its standard.
bool hashes_sm3() {
    std::array<char, 64> text{};
    acs::span_sink out(text);
    acs::hex_encode(acs::hash<acs::sm3>("abc"), out);
    return expect("SM3", out.view() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

/// A documented reply, at each alignment of its memory.
bool decodes() {
    std::string_view const text = sample();
    for (std::size_t at = 0; at < 4; ++at) {
        for (std::size_t i = 0; i < text.size(); ++i) body[at + i] = text[i];
        auto const reply = acs::decode<query>(200, {}, std::span(body).subspan(at, text.size()));
        if (!expect("decodes", reply && reply->success == true && reply->data.status == "success" &&
                                   reply->request_id == "0bc1411515937635973****" && reply->data.task_content.size() == 992 &&
                                   reply->data.task_content.starts_with(R"({"extend":{"mode":"migration_holo")")))
            return false;
    }
    return true;
}

/// An exchange: refused for a while, then answered.
bool carries() {
    acs::acs3_hmac_sha256 const signer(documented);
    acs::exchange call{query{.project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10},
                       acs::endpoint{.host = "dataworks.cn-hangzhou.aliyuncs.com"}, signer, memory};
    acs::step s = call.start(now());
    for (int i = 0; i < 9 && !call.is_over(); ++i) {
        acs::moment at = now();
        at.random[0] = static_cast<std::uint8_t>(i);
        if (s.what == acs::action::wait) {
            at.now = s.until;
            s = call.on_tick(at);
        } else if (i < 4) {
            s = call.on_reply({503, {}, put(R"({"Code":"ServiceUnavailable","RequestId":"r-1","Message":"later"})")}, at);
        } else {
            s = call.on_reply({200, {}, put(sample())}, at);
        }
    }
    return expect("carries an exchange", s.what == acs::action::done && call.reply().data.status == "success");
}

struct part {
    std::string_view name;
    bool (*run)();
};
constexpr part parts[] = {{"sign", signs}, {"sign by RPC", signs_rpc}, {"SM3", hashes_sm3}, {"decode", decodes}, {"exchange", carries}};

int run_all() {
    {
        acs::hmac_key<acs::sha256> const key(documented.access_key_secret);
        __builtin_memcpy(key_states.data(), static_cast<void const*>(&key), sizeof key);
    }
    bool all = true;
    std::size_t worst = 0;
    for (part const& p : parts) {
        bool well = false;
        std::size_t const depth = depth_of(p.run, well);
        worst = depth > worst ? depth : worst;
        all = all && well;
        say(p.name);
        say(": ");
        say(acs::decimal(static_cast<std::int64_t>(depth)).view());
        say(" bytes of stack\n");
    }
    say(all ? "PASS, worst stack " : "FAIL, worst stack ");
    say(acs::decimal(static_cast<std::int64_t>(worst)).view());
    say(" bytes\n");
    stop(all);
}

}  // namespace

void reset() {
    std::uint32_t const* from = &data_load;
    for (std::uint32_t* to = &data_begin; to < &data_end; ++to, ++from) *to = *from;
    for (std::uint32_t* to = &bss_begin; to < &bss_end; ++to) *to = 0;
    run_all();
    for (;;) {}
}

void fault() {
    say("FAIL: a fault\n");
    stop(false);
}
