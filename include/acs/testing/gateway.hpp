// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_GATEWAY_HPP
#define ACS_TESTING_GATEWAY_HPP

#include <acs/core/config.hpp>
#include <acs/core/result.hpp>
#include <acs/core/text.hpp>
#include <acs/core/time.hpp>
#include <acs/message/body.hpp>
#include <acs/message/field.hpp>
#include <acs/message/method.hpp>
#include <acs/message/request.hpp>
#include <acs/json/writer.hpp>
#include <acs/operation/parameter.hpp>
#include <acs/operation/shape.hpp>
#include <acs/operation/table.hpp>
#include <acs/client/check_request.hpp>
#include <acs/client/transport.hpp>
#include <acs/testing/access_keys.hpp>
#include <acs/testing/executions.hpp>
#include <acs/testing/received.hpp>
#include <acs/testing/replies.hpp>
#include <acs/testing/script.hpp>
#include <acs/testing/verify.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acs::testing::inline ACS_ABI {

/// One request that the gateway saw, and what became of it.
struct seen {
    received request{};     ///< as it came, taken apart
    std::string action{};   ///< what it asked for
    std::string verdict{};  ///< `accepted`, or the code of the refusal
};

/// The service, held in memory: a transport that opens no port and never sleeps. It verifies signature (ACS3, RPC 1.0, ROA 1.0), date,
/// nonce, and of the operations it serves the required parameters and their bounds; it refuses in the service's words, answers from a
/// script, and keeps a record.
///
///     acs::testing::gateway gateway{{"testid", "testsecret"}};
///     gateway.serve<dataworks::query_di_sync_task_config_process_result>();
///     gateway.answers().then(acs::testing::pending()).then(acs::testing::success());
///     acs::client client{gateway, dataworks::endpoint("cn-hangzhou"), acs::credentials{"testid", "testsecret"}};
///
/// Its clock is the caller's: `set_time`, by which its answers are dated, or the date of each request if it was never set.
class gateway {
public:
    explicit gateway(access_key key = {"testid", "testsecret"}) { know(std::move(key)); }

    /// Accepts a further access key; session credentials may expire, by the gateway's clock. A key of the same id is replaced.
    gateway& know(access_key key, std::optional<wall_time> expires = {}) {
        keys_.know(std::move(key), expires);
        return *this;
    }

    /// Knows an operation: its name, its required parameters and their bounds.
    template <operation... Ops>
    gateway& serve() {
        (actions_.insert_or_assign(std::string(Ops::head.action), known{Ops::head.version, table<Ops>::parameters}), ...);
        return *this;
    }

    /// What it answers from now on.
    [[nodiscard]] script& answers() noexcept { return script_; }

    /// What time it is for the service.
    void set_time(wall_time now) noexcept { now_ = now; }

    /// Every request so far.
    [[nodiscard]] std::vector<seen> const& record() const noexcept { return record_; }

    /// How often an action was carried out, which a request that is refused, or comes again with its client token, is not.
    [[nodiscard]] std::size_t executed(std::string_view action) const { return executions_.of(action); }

    /// Forgets the record, for a gateway that runs for long; nonces and client tokens stay known.
    void forget() noexcept { record_.clear(); }

    /// Answers one request, given as a server receives it. `target` and `fields` as sent, the body whole.
    [[nodiscard]] http_answer handle(std::string_view method, std::string_view target, std::span<field const> fields,
                                     std::string_view body) {
        auto r = receive(method, target, fields, body);
        seen entry{};
        std::optional<refusal> refused;
        if (r) {
            entry.request = std::move(*r);
            refused = check(entry.request, entry.action);
        } else {
            refused = refusal{400, "InvalidParameter", "The request is not well-formed."};
        }
        entry.verdict = refused ? refused->code : "accepted";
        ++count_;
        http_answer answer = refused ? error_answer(*refused, entry.request.field_of("host"), count_) : carry_out(entry);
        if (now_ && writable(*now_)) {
            string_sink date(answer.fields.emplace_back("date", std::string()).second);
            write_http_date(*now_, date);
        }
        record_.push_back(std::move(entry));
        return answer;
    }

    /// The transport: the same, for a request of ours. Refuses what every transport has to refuse, but for plain http.
    template <answer_sink Sink>
    result<void> perform(request const& made, Sink& sink) {
        if (auto ok = check_request(made, true); !ok) return ok;
        std::string body;
        string_sink out(body);
        made.body.write_to(out);
        http_answer const answer = handle(name(made.verb), made.target, made.fields, body);
        failure f{};
        f.origin = origin::transport;
        if (answer.how == passage::stall || answer.how == passage::reset) {
            f.code = answer.how == passage::stall ? errc::timed_out : errc::receive_failed;
            f.delivery = delivery::unknown;
            return f;
        }
        sink.status(answer.status);
        bool taken = true;
        for (auto const& [name, value] : answer.fields) taken = taken && sink.field(std::string_view(name), std::string_view(value));
        std::size_t const piece = answer.how == passage::drip ? 1 : answer.body.size();
        for (std::string_view left = answer.body; taken && !left.empty(); left = skip(left, piece)) taken = sink.body(first(left, piece));
        if (taken) return {};
        f.code = errc::reply_too_large;
        f.delivery = delivery::answered;
        f.status = answer.status;
        return f;
    }

private:
    struct known {
        std::string_view version{};
        std::span<parameter_row const> parameters{};
    };

    /// What the script says, for a request that was accepted.
    [[nodiscard]] http_answer carry_out(seen& entry) {
        std::string_view const host = entry.request.field_of("host");
        scripted const line = script_.next(entry.action);
        if (refuses(line)) return scripted_answer(line, entry.action, host, count_);
        if (executions_.mismatches(entry.action, entry.request)) {
            entry.verdict = "IdempotentParameterMismatch";
            return error_answer({400, entry.verdict, "The request uses the same client token as a previous, but non-identical request."},
                                host, count_);
        }
        http_answer said = scripted_answer(line, entry.action, host, count_);
        bool const spoilt = said.how != passage::whole || line.what == scripted::kind::cut || line.what == scripted::kind::garbage;
        http_answer made =
            executions_.run(entry.action, entry.request, [&] { return spoilt ? documented_answer(entry.action, count_) : said; });
        return spoilt ? said : made;
    }

    /// All that the service checks, in its order. Empty: accepted.
    [[nodiscard]] std::optional<refusal> check(received const& r, std::string& action) {
        auto const said = parse_authorization(r.field_of("authorization"));
        if (auto const roa = parse_roa_authorization(r.field_of("authorization"))) return check_roa(r, *roa, action);
        bool const acs3 = r.is_acs3();
        auto const param = [&](std::string_view name) { return r.param_of(name).value_or(std::string_view()); };
        action = acs3 ? r.field_of("x-acs-action") : param("Action");
        if (action.empty()) return refusal{400, "MissingAction", "Action is mandatory for this action."};
        if (r.method != "GET" && r.method != "POST") return refusal{400, "UnsupportedHTTPMethod", "This HTTP method is not supported."};
        if (acs3 && !said) return incomplete("The authorization header is missing or not well-formed.");

        claims const who = acs3 ? claims{said->access_key_id,
                                         r.field_of("x-acs-security-token"),
                                         r.field_of("x-acs-date"),
                                         r.field_of("x-acs-signature-nonce"),
                                         action,
                                         r.field_of("x-acs-version")}
                                : claims{param("AccessKeyId"), param("SecurityToken"), param("Timestamp"), param("SignatureNonce"), action,
                                         param("Version")};
        if (who.access_key_id.empty()) return refusal{400, "MissingAccessKeyId", "AccessKeyId is mandatory for this action."};
        if (who.date.empty())
            return acs3 ? incomplete("A header that has to be signed is missing.")
                        : refusal{400, "IllegalTimestamp",
                                  "The input parameter \"Timestamp\" that is mandatory for processing this request is not supplied."};
        wall_time const now = now_ ? *now_ : parse_iso8601(who.date).value_or(wall_time{});
        if (auto wrong = verify_date(who.date, now)) return wrong;
        std::string_view secret;
        if (auto wrong = keys_.check(who.access_key_id, who.security_token, now, secret)) return wrong;
        if (auto wrong = acs3 ? verify_acs3(r, *said, secret) : verify_rpc(r, secret)) return wrong;
        if (who.nonce.empty()) return refusal{400, "MissingSignatureNonce", "SignatureNonce is mandatory for this action."};
        if (!nonces_.emplace(who.nonce).second) return refusal{400, "SignatureNonceUsed", "Specified signature nonce was used already."};

        auto const found = actions_.find(action);
        if (found == actions_.end() || r.path != "/")
            return refusal{404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method."};
        if (who.version != found->second.version) return refusal{400, "InvalidVersion", "Specified parameter Version is not valid."};
        return check_parameters(r, found->second.parameters);
    }

    /// The same for ROA 1.0, as far as its signature; no operation is known by its path.
    [[nodiscard]] std::optional<refusal> check_roa(received const& r, roa_authorization const& said, std::string& action) {
        action = r.field_of("x-acs-action");
        auto const date = parse_http_date(r.field_of("date"));
        wall_time const now = now_ ? *now_ : date.value_or(wall_time{});
        if (auto wrong = verify_time(date, now)) return wrong;
        std::string_view secret;
        if (auto wrong = keys_.check(said.access_key_id, r.field_of("x-acs-security-token"), now, secret)) return wrong;
        if (auto wrong = verify_roa(r, said, secret)) return wrong;
        if (!nonces_.emplace(r.field_of("x-acs-signature-nonce")).second)
            return refusal{400, "SignatureNonceUsed", "Specified signature nonce was used already."};
        return refusal{404, "InvalidApi.NotFound", "Specified api is not found, please check your url and method."};
    }

    [[nodiscard]] static std::optional<refusal> check_parameters(received const& r, std::span<parameter_row const> rows) {
        for (parameter_row const& row : rows) {
            std::string const name(row.name());
            auto const value = r.param_of(name);
            if (!value || value->empty()) {
                if (row.required) return refusal{400, "Missing" + name, name + " is mandatory for this action."};
                continue;
            }
            auto const number = parse_integer(*value);
            bool const good = row.what == shape::integer   ? number && *number >= row.bounds->min && *number <= row.bounds->max
                              : row.what == shape::boolean ? *value == "true" || *value == "false"
                                                                 : true;
            if (!good) return refusal{400, "Invalid" + name, "The specified parameter " + name + " is not valid."};
        }
        return {};
    }

    access_keys keys_{};
    script script_{};
    executions executions_{};
    std::map<std::string, known, std::less<>> actions_{};
    std::set<std::string, std::less<>> nonces_{};
    std::optional<wall_time> now_{};
    std::vector<seen> record_{};
    std::uint64_t count_{};
};

static_assert(transport<gateway>);

}  // namespace acs::testing::inline ACS_ABI

#endif
