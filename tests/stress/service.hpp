// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The testing gateway on loopback, where much goes wrong: refusals, broken and silent connections, answers that are cut or come late.
#ifndef ACS_TESTS_STRESS_SERVICE_HPP
#define ACS_TESTS_STRESS_SERVICE_HPP

#include <acs/hosted/system.hpp>
#include <acs/testing.hpp>
#include <dataworks.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "support/loopback.hpp"

namespace acs_stress {

/// Bytes that a script's answer becomes on the wire.
inline acs_tests::act act_of(acs::testing::http_answer const& answer) {
    using acs::testing::passage;
    std::string fields;
    for (auto const& [name, value] : answer.fields) fields.append(name).append(": ").append(value).append("\r\n");
    bool const silent = answer.how == passage::stall || answer.how == passage::reset;
    acs_tests::act what{silent ? std::string() : acs_tests::http_bytes(answer.status, answer.body, fields)};
    what.drip = answer.how == passage::drip;
    if (answer.how == passage::stall) what.next = acs_tests::act::then::stall;
    if (answer.how == passage::reset) what.next = acs_tests::act::then::reset;
    return what;
}

/// Seeded, so that a run can be had again but for the order in which requests arrive.
class service {
public:
    service(unsigned seed, bool faults) : random_(seed), faults_(faults) {
        gateway_.serve<dataworks::generate_di_sync_task_config_for_creating, dataworks::query_di_sync_task_config_process_result,
                       dataworks::create_di_sync_task>();
        server_.answer_by([this](acs_tests::arrived const& r) { return answer(r); });
    }

    [[nodiscard]] std::string host() const { return server_.host(); }
    [[nodiscard]] int connections() const { return server_.connections(); }
    /// How many requests came.
    [[nodiscard]] std::size_t requests() const {
        std::lock_guard const lock(mutex_);
        return requests_;
    }
    /// How many tasks were created more than once.
    [[nodiscard]] std::size_t created_twice() const {
        std::lock_guard const lock(mutex_);
        return static_cast<std::size_t>(std::count_if(created_.begin(), created_.end(), [](auto const& c) { return c.second > 1; }));
    }
    /// How many tasks were created.
    [[nodiscard]] std::size_t created() const {
        std::lock_guard const lock(mutex_);
        return created_.size();
    }

private:
    acs_tests::act answer(acs_tests::arrived const& r) {
        std::lock_guard const lock(mutex_);
        ++requests_;
        std::vector<acs::field> fields;
        for (auto const& [name, value] : r.fields) fields.push_back({name, value});
        constexpr std::string_view create = "CreateDISyncTask";
        gateway_.answers() = acs::testing::script();
        gateway_.answers().then(scripted(r.value("x-acs-action")));
        std::size_t const before = gateway_.executed(create);
        gateway_.set_time(acs::system_clock().wall());
        acs_tests::act what = act_of(gateway_.handle(r.method, r.target, fields, r.body));
        if (gateway_.executed(create) != before)
            ++created_[std::string(gateway_.record().back().request.param_of("TaskName").value_or("-"))];
        gateway_.forget();
        return what;
    }

    acs::testing::scripted scripted(std::string_view action) {
        namespace t = acs::testing;
        bool const asks = action.starts_with("Query");
        auto const chance = static_cast<unsigned>(random_() % 1000);
        if (!faults_) return t::success();
        if (chance < 15) return t::reset_before();
        if (chance < 30) return t::reset_after();
        if (chance < 35) return t::stall();
        if (chance < 55) return t::throttle(random_() % 20);
        if (chance < 70) return t::error(503, "ServiceUnavailable");
        if (chance < 80) return t::error(500, "InternalError");
        if (chance < 90) return t::html(502);
        if (chance < 95) return t::drip();
        if (chance < 100) return t::odd();
        if (asks && chance < 400) return t::pending();
        return t::success();
    }

    mutable std::mutex mutex_{};
    std::mt19937 random_;
    bool faults_;
    acs::testing::gateway gateway_{};
    std::map<std::string, int> created_{};
    std::size_t requests_{};
    acs_tests::loopback server_{};  // the first to go: it calls in here
};

}  // namespace acs_stress

#endif
