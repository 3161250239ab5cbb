// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The state machines against answers that are there already: no transport, no clock, no entropy. A step is one input and what follows.
#ifndef ACS_TESTS_BENCH_FLOW_CASES_HPP
#define ACS_TESTS_BENCH_FLOW_CASES_HPP

#include <acs/exchange/exchange.hpp>
#include <dataworks/workflow/job.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <string_view>

#include "bench/require.hpp"
#include "bench/sign_cases.hpp"

namespace acs_bench {

using flow_signer = acs::acs3_hmac_sha256;
using flow_exchange = acs::exchange<dataworks::query_di_sync_task_config_process_result, flow_signer>;
using flow_job = dataworks::job<dataworks::new_sync_task, flow_signer>;

// The answers have no escapes: reading them does not change them.
inline constexpr std::string_view pending_answer = R"({"Success":true,"RequestId":"0bc1411515937635973","Data":{"Status":"process"}})";
inline constexpr std::string_view started_answer =
    R"({"Success":true,"RequestId":"0bc1411515937635973","Data":{"Status":"success","ProcessId":10}})";
inline constexpr std::string_view ready_answer =
    R"({"Success":true,"RequestId":"0bc1411515937635973","Data":{"Status":"success","TaskContent":"{}"}})";
inline constexpr std::string_view created_answer =
    R"({"Success":true,"RequestId":"0bc1411515937635973","Data":{"Status":"success","FileId":1000001}})";

/// One call in flight: the machine, what its request is made in, and what its answer is received in. As large as this call needs.
struct flight {
    static constexpr int steps = 2;

    acs::request_buffer<448, 10, 4> memory{};
    std::array<char, 128> answer{};
    alignas(flow_exchange) std::array<std::byte, sizeof(flow_exchange)> machine{};

    /// A call from its beginning to where its request is on its way.
    void start(flow_signer const& signer, acs::moment const& now) {
        auto* const call = new (machine.data()) flow_exchange(query_case::operation, to_host, signer, memory);
        require(call->start(now).what == acs::action::send, "the exchange does not send");
    }
    /// Its answer arrives.
    void finish(acs::moment const& now) {
        std::memcpy(answer.data(), pending_answer.data(), pending_answer.size());
        auto const step = exchange().on_reply({200, {}, std::span(answer).first(pending_answer.size())}, now);
        require(step.what == acs::action::done && exchange().reply().data.status == "process", "the exchange is not done");
    }
    [[nodiscard]] flow_exchange& exchange() { return *std::launder(reinterpret_cast<flow_exchange*>(machine.data())); }
};

/// A whole job: started, asked for twice, and created. Returns how many inputs that took.
class job_run {
public:
    static constexpr int steps = 7;

    int run(std::uint64_t n) {
        static constexpr std::array<std::string_view, 4> answers{started_answer, pending_answer, ready_answer, created_answer};
        dataworks::new_sync_task const plan{.project_id = 10000, .task_name = "orders", .source_and_target = "{}", .task_param = "{}"};
        acs::moment now = moment_at(n);
        flow_job job(plan, to_host, signer_, memory_, {}, {.first_wait_ms = 1000});
        acs::step step = job.start(now);
        int inputs = 1;
        for (std::size_t next = 0; !job.is_over(); ++inputs) {
            if (step.what == acs::action::wait) {
                now.now = step.until;
                step = job.on_tick(now);
            } else {
                require(step.what == acs::action::send && next < answers.size(), "the job takes another way");
                std::span<char> const body = std::span(answers_[next]).first(answers[next].size());
                std::memcpy(body.data(), answers[next].data(), body.size());
                ++next;
                step = job.on_reply({200, {}, body}, now);
            }
            ++now.random[15];
        }
        require(job.due().what == acs::action::done && job.reply().data.file_id == 1000001, "the job is not done");
        return inputs;
    }

    /// Bytes of a job in flight: the machine, its requests' memory, and the two answers that it looks at.
    static constexpr std::size_t bytes() { return sizeof(flow_job) + sizeof(acs::request_buffer<>) + 2 * 128; }

private:
    flow_signer signer_{key};
    acs::request_buffer<> memory_{};
    std::array<std::array<char, 128>, 4> answers_{};
};

}  // namespace acs_bench

#endif
