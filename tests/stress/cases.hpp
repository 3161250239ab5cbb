// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What every adapter has to stand, over whatever carries its calls.
#ifndef ACS_TESTS_STRESS_CASES_HPP
#define ACS_TESTS_STRESS_CASES_HPP

#include <acs/hosted.hpp>
#include <dataworks.hpp>

#include <malloc.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "stress/service.hpp"

namespace acs_stress {

inline constexpr acs::credentials key{"testid", "testsecret"};
using query = dataworks::query_di_sync_task_config_process_result;
inline constexpr query question{.project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10};

/// Counts what passed and failed, and says it.
class tally {
public:
    explicit tally(char const* adapter) : adapter_(adapter) {}

    void check(bool good, std::string const& what) {
        std::printf("%-7s %-6s %s\n", good ? "ok" : "FAILED", adapter_, what.c_str());
        std::fflush(stdout);
        ++(good ? passed : failed);
    }

    int passed{};
    int failed{};

private:
    char const* adapter_;
};

/// Calls one after the other.
template <class Http>
void blocking_calls(Http& http, std::string const& host, std::size_t calls, tally& out) {
    acs::client client(http, acs::endpoint{.host = host, .scheme = acs::scheme::http}, key);
    std::size_t good = 0;
    for (std::size_t i = 0; i < calls; ++i) {
        auto const reply = client.call(question);
        good += reply && !reply->data.task_content.empty();
    }
    out.check(good == calls, std::to_string(good) + " of " + std::to_string(calls) + " calls in a row");
}

/// A world that calls back, and its loop: `run` goes on until nothing is under way.
template <class World, class Run>
void concurrent_calls(World& world, Run run, std::string const& host, std::size_t calls, std::size_t at_once, tally& out) {
    acs::awaiting<World> awaited(world);
    acs::async_client client{awaited, acs::endpoint{.host = host, .scheme = acs::scheme::http}, key};
    std::size_t started = 0, ended = 0, good = 0;
    std::function<void()> const start = [&] {
        if (started == calls) return;
        ++started;
        client.call(question).start([&](auto const& reply) {
            ++ended;
            good += reply && !reply->data.task_content.empty();
            start();
        });
    };
    for (std::size_t i = 0; i < at_once; ++i) start();
    run();
    out.check(good == calls && ended == calls,
              std::to_string(good) + " of " + std::to_string(calls) + " calls, " + std::to_string(at_once) + " at once");
}

/// A job of three steps, on its own.
template <class World>
class flight {
public:
    flight(std::size_t number, acs::endpoint const& to, acs::acs3_hmac_sha256 const& who, World& world, std::function<void(flight&)> over)
        : name_("task-" + std::to_string(number)),
          job_({.project_id = 10000,
                .task_name = name_,
                .source_and_target = R"({"reader":"m"})",
                .task_param = R"({"FileFolderPath":"x"})"},
               to, who, memory_, {.retry = hasty}, {.first_wait_ms = 100, .max_wait_ms = 400}),
          driver_(job_, world, boxes_, end{this}),
          over_(std::move(over)) {
        driver_.start();
    }

    [[nodiscard]] acs::failure const* failure() const noexcept { return failed_ ? &job_.error() : nullptr; }
    int times = 0;

private:
    static constexpr acs::retry_policy hasty{.max_attempts = 8, .first_wait_ms = 20, .max_wait_ms = 500, .attempt_timeout_ms = 2000};
    using job = dataworks::job<dataworks::new_sync_task, acs::acs3_hmac_sha256>;
    struct end {
        flight* self;
        void operator()(acs::step last) const {
            ++self->times;
            self->failed_ = last.what != acs::action::done;
            self->over_(*self);
        }
    };

    std::string name_;
    acs::request_buffer<8192> memory_{};
    std::array<acs::heap_box, 2> boxes_{};
    job job_;
    acs::callback_driver<job, World, acs::heap_box, 2, end> driver_;
    std::function<void(flight&)> over_;
    bool failed_{};
};

/// Jobs by the thousand on one thread, where much goes wrong: all end once, nothing is created twice, and a second batch takes no more
/// memory than the first left behind.
template <class World, class Run>
void concurrent_jobs(World& world, Run run, std::size_t jobs, unsigned seed, tally& out) {
    acs::acs3_hmac_sha256 const who(key);
    std::array<std::size_t, 3> memory{};
    for (std::size_t& in_use : memory) {
        service faulty(seed++, true);
        std::string const host = faulty.host();
        acs::endpoint const to{.host = host, .scheme = acs::scheme::http};
        std::size_t ended = 0, failed = 0;
        std::map<std::string, int> why;
        {
            std::vector<std::unique_ptr<flight<World>>> flights;
            auto const over = [&](flight<World>& f) {
                ++ended;
                if (f.failure() == nullptr) return;
                ++failed;
                ++why[std::string(acs::name(f.failure()->code)) + " " + std::string(f.failure()->service.code)];
            };
            for (std::size_t i = 0; i < jobs; ++i) flights.push_back(std::make_unique<flight<World>>(i, to, who, world, over));
            run();
            bool once = ended == jobs;
            for (auto const& f : flights) once = once && f->times == 1;
            out.check(once, std::to_string(jobs) + " jobs at once, " + std::to_string(ended) + " ended, each once; " +
                                std::to_string(faulty.requests()) + " requests over " + std::to_string(faulty.connections()) +
                                " connections");
        }
        for (auto const& [what, count] : why) std::printf("        %d failed: %s\n", count, what.c_str());
        out.check(faulty.created_twice() == 0 && faulty.created() >= jobs - failed && failed * 50 <= jobs,
                  std::to_string(jobs - failed) + " done, " + std::to_string(failed) + " failed, " + std::to_string(faulty.created()) +
                      " tasks created, none twice");
        in_use = ::mallinfo2().uordblks;
    }
    // The first batch leaves connections and lanes behind that are used again.
    bool const flat = memory[2] <= memory[1] + 64 * 1024;
    out.check(flat, "memory in use after each batch: " + std::to_string(memory[0] / 1024) + ", " + std::to_string(memory[1] / 1024) + ", " +
                        std::to_string(memory[2] / 1024) + " KiB");
}

}  // namespace acs_stress

#endif
