// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTING_EXECUTIONS_HPP
#define ACS_TESTING_EXECUTIONS_HPP

#include <acs/core/config.hpp>
#include <acs/testing/received.hpp>
#include <acs/testing/replies.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace acs::testing::inline ACS_ABI {

/// What the service carried out, as against what it answered: an operation that comes again with the client token of an earlier one is
/// answered as that one was, and not carried out (protocol 6.2).
class executions {
public:
    /// Whether an operation came before with this token, but with other parameters.
    [[nodiscard]] bool mismatches(std::string_view action, received const& r) const {
        auto const token = r.param_of("ClientToken");
        if (!token || token->empty()) return false;
        auto const found = known_.find(key(action, *token));
        return found != known_.end() && found->second.parameters != fingerprint(r);
    }

    /// The answer of the earlier call with this token, or what `make` returns for a new one, which counts.
    template <class Make>
    [[nodiscard]] http_answer run(std::string_view action, received const& r, Make make) {
        auto const token = r.param_of("ClientToken");
        if (!token || token->empty()) {
            count(action);
            return make();
        }
        auto const [at, is_new] = known_.try_emplace(key(action, *token));
        if (is_new) {
            count(action);
            at->second = {fingerprint(r), make()};
        }
        return at->second.answer;
    }

    /// How often an action was carried out.
    [[nodiscard]] std::size_t of(std::string_view action) const {
        auto const found = counts_.find(action);
        return found != counts_.end() ? found->second : 0;
    }

private:
    struct done {
        std::string parameters{};
        http_answer answer{};
    };

    void count(std::string_view action) {
        auto const found = counts_.find(action);
        if (found != counts_.end())
            ++found->second;
        else
            counts_.emplace(action, 1);
    }

    static std::string key(std::string_view action, std::string_view token) { return std::string(action) + '\n' + std::string(token); }

    /// The operation's own parameters: what a signature method adds is in headers, or is one of the common parameters (protocol 1.1).
    static std::string fingerprint(received const& r) {
        constexpr std::array<std::string_view, 12> common{"AccessKeyId",   "Action",           "BearerToken",     "Format",
                                                          "SecurityToken", "Signature",        "SignatureMethod", "SignatureNonce",
                                                          "SignatureType", "SignatureVersion", "Timestamp",       "Version"};
        bool const acs3 = r.is_acs3();
        std::string text;
        for (param const& p : r.params()) {
            if (!acs3 && std::find(common.begin(), common.end(), p.name) != common.end()) continue;
            text.append(p.name).append("=").append(p.value).append("\n");
        }
        return text;
    }

    std::map<std::string, done, std::less<>> known_{};
    std::map<std::string, std::size_t, std::less<>> counts_{};
};

}  // namespace acs::testing::inline ACS_ABI

#endif
