// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Any call, signed by every method and verified by the gateway: what is signed holds, and not once anything of it is changed. Measuring
// equals writing, and memory that is too small by one is refused. The first line of bytes chooses; lines of credentials, host and path,
// of parameters and of headers follow, and the body.
#include <acs/operation/prepare.hpp>
#include <acs/signing/repeat.hpp>
#include <acs/signing/roa.hpp>
#include <acs/signing/rpc.hpp>
#include <acs/testing/gateway.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "fuzz/input.hpp"

namespace fuzz_sign_verify {

namespace {

using fuzz::require;

constexpr std::size_t most_params = 24, most_fields = 24, most_text = 16384;

/// What is signed.
struct case_of {
    acs::call any{};
    acs::endpoint to{};
    acs::credentials who{};
    acs::moment now{};
    std::vector<acs::param> params{};
    std::vector<acs::field> fields{};
};

/// Memory of exactly these sizes, in which the sanitizer sees whoever writes beside it.
class exact_memory {
public:
    exact_memory(std::size_t fields, std::size_t params, std::size_t text)
        : fields_(new acs::field[fields]),
          params_(new acs::param[params]),
          text_(new char[text]),
          all_{{fields_.get(), fields}, {params_.get(), params}, {text_.get(), text}} {}
    [[nodiscard]] acs::request_memory const& all() const { return all_; }

private:
    std::unique_ptr<acs::field[]> fields_;
    std::unique_ptr<acs::param[]> params_;
    std::unique_ptr<char[]> text_;
    acs::request_memory all_;
};

std::string wire_of(acs::request const& r) {
    std::string text(r.target);
    for (acs::field const& f : r.fields) text.append("\n").append(f.name).append(": ").append(f.value);
    text += "\n\n";
    return text + fuzz::written([&](auto& out) { r.body.write_to(out); });
}

/// Too small by one in any way is refused with what it takes, and so is what takes no memory at all.
template <class Signer>
void check_sizes(case_of const& c, Signer const& signer, acs::prepare_options const& options, acs::request const& made) {
    std::string const wire = wire_of(made);
    std::size_t const fields = made.fields.size(), params = made.params.size();
    acs::request_buffer<0, most_fields, most_params> lists;
    auto const measured = acs::measure(c.any, c.to, signer, lists, options);
    require(measured.has_value());
    std::size_t const text = *measured;
    exact_memory const exact(fields, params, text);
    auto const again = acs::prepare(c.any, c.to, signer, c.now, exact.all(), options);
    require(again && wire_of(*again) == wire);
    for (unsigned which = 0; which < 3; ++which) {
        std::array<std::size_t, 3> sizes{fields, params, text};
        std::size_t const needed = sizes[which];
        if (needed == 0) continue;
        --sizes[which];
        exact_memory const small(sizes[0], sizes[1], sizes[2]);
        auto const refused = acs::prepare(c.any, c.to, signer, c.now, small.all(), options);
        require(!refused && refused.error().code == acs::errc::no_space && refused.error().needed == needed);
        require(refused.error().where == std::array<std::string_view, 3>{"fields", "params", "text"}[which]);
    }
}

/// What the gateway finds, of a request that is given as it goes over the wire.
std::string verdict_of(case_of const& c, acs::request const& made, std::string_view target, std::string_view secret) {
    acs::testing::gateway gateway;
    // Tokens travel in headers, of which white space around is none; by RPC in a parameter, as they are.
    bool const rpc = acs::find_field(made.fields, "authorization").data() == nullptr;
    gateway.know(
        {std::string(c.who.access_key_id), std::string(secret), std::string(rpc ? c.who.security_token : acs::trim(c.who.security_token))});
    std::string const body = fuzz::written([&](auto& out) { made.body.write_to(out); });
    auto const answer = gateway.handle(acs::name(made.verb), target, made.fields, body);
    require(answer.status >= 200 && answer.status < 600);
    return gateway.record().back().verdict;
}

/// Whether a signature was verified, and what follows it was looked at.
bool holds(std::string_view verdict) {
    return verdict == "accepted" || verdict == "InvalidAction.NotFound" || verdict == "InvalidApi.NotFound" || verdict == "InvalidVersion";
}

template <class Signer>
void check_repeat(case_of const&, Signer const&, acs::prepare_options const&) {}
template <acs::mac M>
void check_repeat(case_of const& c, acs::acs3<M> const& signer, acs::prepare_options const& options) {
    acs::request_buffer<most_text, most_fields, most_params> memory, other;
    auto const made = acs::prepare(c.any, c.to, signer, c.now, memory, options);
    acs::acs3_repeat again(signer, *made, memory.text);
    if (!again) return;
    acs::moment later = c.now;
    later.wall.seconds = (c.now.wall.seconds + 86'399) % 253'402'300'799;
    later.random[3] = static_cast<std::uint8_t>(later.random[3] + 1);
    auto const repeated = again.next(later);
    auto const anew = acs::prepare(c.any, c.to, signer, later, other, options);
    require(repeated && anew && wire_of(*repeated) == wire_of(*anew));
}

/// `proves`: whether the gateway verifies that method; `covers`: whether the target is signed.
template <class Signer>
void check(case_of const& c, Signer const& signer, bool proves) {
    auto const ample = std::make_unique<acs::request_buffer<most_text, most_fields, most_params>>();
    acs::prepare_options const options{.fields = c.fields};
    auto const made = acs::prepare(c.any, c.to, signer, c.now, *ample, options);
    if (!made) {
        acs::failure const& f = made.error();
        require(f.origin == acs::origin::caller && f.delivery == acs::delivery::not_sent && f.code != acs::errc::none);
        acs::request_buffer<1, most_fields, most_params> lists;
        auto const measured = acs::measure(c.any, c.to, signer, lists, options);
        require(measured ? f.code == acs::errc::no_space && f.needed == *measured : measured.error().code == f.code);
        return;
    }
    for (acs::field const& f : made->fields) require(acs::is_token(f.name) && acs::find_forbidden(f.value) == f.value.size());
    require(acs::find_forbidden(made->target) == made->target.size() && made->target.find(' ') == std::string_view::npos);
    check_sizes(c, signer, options, *made);
    check_repeat(c, signer, options);
    bool const has_verb = made->verb == acs::method::get || made->verb == acs::method::post || c.any.style == acs::api_style::roa;
    bool const named = !c.any.action.empty() || std::is_same_v<Signer, acs::roa_hmac_sha1>;
    bool const separate = c.who.access_key_id.find_first_of(",") == std::string_view::npos;  // parts the header of ACS3
    // A token among the parameters is none of the key's, and the gateway says so.
    bool const own_token =
        std::any_of(c.any.params.begin(), c.any.params.end(), [](acs::param const& p) { return p.name == "SecurityToken"; });
    if (!proves || !has_verb || !named || !separate || own_token) return;
    std::string const verdict = verdict_of(c, *made, made->target, c.who.access_key_secret);
    if (verdict == "UnsupportedHTTPMethod" || verdict == "MissingAction" || verdict == "InvalidParameter") return;
    require(holds(verdict));
    require(!holds(verdict_of(c, *made, made->target, std::string(c.who.access_key_secret) + "x")));
    std::string changed(made->target);
    changed += changed.find('?') == std::string::npos ? "?Zzz=1" : "&Zzz=1";
    require(!holds(verdict_of(c, *made, changed, c.who.access_key_secret)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input in(data, size);
    constexpr std::array verbs{acs::method::get, acs::method::post, acs::method::put, acs::method::delete_, acs::method::head};
    constexpr std::array<std::string_view, 4> types{"", "application/json", "text/plain; charset=utf-8", "application/octet-stream"};
    unsigned const method = in.below(8), layout = in.byte();
    case_of c;
    c.any.verb = verbs[in.below(verbs.size())];
    c.any.style = (layout & 1U) != 0 ? acs::api_style::roa : acs::api_style::rpc;
    c.any.content_type = types[in.below(types.size())];
    c.now.wall.seconds = static_cast<std::int64_t>(in.number(5) % 253'402'300'800);
    for (std::uint8_t& byte : c.now.random) byte = static_cast<std::uint8_t>(layout + (&byte - c.now.random.data()));
    static_cast<void>(in.line());
    c.who = {in.line(), in.line(), in.line()};
    c.any.action = in.line();
    c.any.version = in.line();
    c.to.host = in.line();
    c.any.path = in.line();
    for (std::string_view line = in.line(); !line.empty() && c.params.size() < 12; line = in.line()) {
        std::size_t const equals = std::min(line.find('='), line.size());
        bool const form = line.front() == '+';
        c.params.push_back({line.substr(form ? 1 : 0, equals - (form ? std::min<std::size_t>(1, equals) : 0)),
                            line.substr(std::min(equals + 1, line.size())), form ? acs::place::form : acs::place::query});
    }
    for (std::string_view line = in.line(); !line.empty() && c.fields.size() < 6; line = in.line()) {
        std::size_t const colon = std::min(line.find(':'), line.size());
        c.fields.push_back({line.substr(0, colon), line.substr(std::min(colon + 1, line.size()))});
    }
    if ((layout & 2U) != 0) c.any.body = in.rest();
    c.any.params = c.params;
    if (c.any.style == acs::api_style::rpc) c.any.path = "/";
    switch (method) {
        case 0: return check(c, acs::acs3_hmac_sha256(c.who), true), 0;
        case 1: return check(c, acs::acs3_hmac_sm3(c.who), true), 0;
        case 2: return check(c, acs::rpc_hmac_sha1(c.who), true), 0;
        case 3: return check(c, acs::roa_hmac_sha1(c.who), true), 0;
        case 4: return check(c, acs::bearer{{c.who.security_token}}, false), 0;
        case 5: return check(c, acs::nobody{}, false), 0;
        case 6: return check(c, acs::rpc_bearer{{c.who.security_token}}, false), 0;
        default: return check(c, acs::rpc_nobody{}, false), 0;
    }
}

}  // namespace fuzz_sign_verify
