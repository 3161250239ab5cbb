// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Runs a job: progress for people, checkpoints in a file, Ctrl-C.
#ifndef EXAMPLES_COMMAND_JOB_HPP
#define EXAMPLES_COMMAND_JOB_HPP

#include <dataworks.hpp>
#include <acs/hosted.hpp>
#include <acs/testing.hpp>

#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "context.hpp"
#include "flags.hpp"
#include "report.hpp"

namespace command {

inline volatile std::sig_atomic_t interrupts = 0;

inline void on_interrupt(int) {
    interrupts = 1;
    std::signal(SIGINT, SIG_DFL);  // the second one ends the program at once
}

struct interrupt_stop {
    [[nodiscard]] bool stop_requested() const noexcept { return interrupts != 0; }
};

/// Tells people where a job is: on a terminal in one line.
struct progress_line {
    bool quiet{};
    bool terminal = isatty(STDERR_FILENO) != 0;

    template <class Job>
    void show(Job const& job, acs::step const& s, acs::tick now) const {
        if (quiet) return;
        dataworks::job_progress const p = job.progress();
        std::string_view const phase = name(p.phase);
        std::fprintf(stderr, "%s%.*s: calls %u, questions %u, status ", terminal ? "\r\x1B[K" : "", static_cast<int>(phase.size()),
                     phase.data(), static_cast<unsigned>(p.calls), static_cast<unsigned>(p.questions));
        acs::file_sink(stderr).write(p.status);  // the service's own text, which may hold anything
        if (s.what == acs::action::wait) std::fprintf(stderr, ", next look in %.1f s", static_cast<double>(s.wait_ms(now)) / 1000);
        if (!terminal || job.is_over()) std::fputc('\n', stderr);
    }
};

inline std::string text_of(dataworks::checkpoint const& at) {
    std::string text;
    acs::testing::string_sink out(text);
    dataworks::write_checkpoint(at, out);
    return text;
}

/// What a person wants to know when a job ended early.
template <class Job>
void show_leftover(Job const& job, std::string_view verb) {
    dataworks::leftover const left = job.left_running();
    if (left.process_id) std::fprintf(stderr, "  process %lld goes on at the service\n", static_cast<long long>(*left.process_id));
    if (left.generation) std::fputs("  a process may have been started at the service\n", stderr);
    if (left.task) std::fputs("  the task may have been created or changed: look before you repeat it\n", stderr);
    std::fprintf(stderr, "  to go on: dataworks %.*s, the same flags, and --resume '%s'\n", static_cast<int>(verb.size()), verb.data(),
                 text_of(job.save(look())).c_str());
}

inline void store(std::string const& path, std::string const& text) {
    std::string const fresh = path + ".new";  // never half a checkpoint
    std::FILE* const file = std::fopen(fresh.c_str(), "wb");
    bool const written = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
    if ((file != nullptr && std::fclose(file) != 0) || !written || std::rename(fresh.c_str(), path.c_str()) != 0)
        throw usage_error{"cannot write " + path};
}

template <class Plan>
int run_job(flags& given, std::string_view verb, Plan const& plan) {
    int code = 0;
    auto const c = context_of(given, code);
    auto const deadline = given.integer("deadline").value_or(1800);
    auto const calls = given.integer("calls-per-day");
    auto const per_day = calls.value_or(0);
    std::string const checkpoint_file(given.text("checkpoint"));
    std::string_view const resume = given.text("resume");
    given.refuse_unused();
    if (!c) return code;
    if (deadline < 1 || deadline > 4'000'000) throw usage_error{"--deadline takes 1 to 4000000 seconds"};
    if (calls && (per_day < 1 || per_day > 1'000'000)) throw usage_error{"--calls-per-day takes 1 to 1000000"};

    std::vector<std::uint32_t> log(static_cast<std::size_t>(per_day) + 5);
    acs::call_budget budget{{.per_second = 5, .per_day = static_cast<std::uint32_t>(per_day)}, log};
    // What is generated for a change travels in the target, of which libcurl carries 8 MB.
    bool const generated_target = Plan::kind == dataworks::job_kind::updating && !is_batch(plan);
    request_room room(plan.source_and_target.size() + plan.task_param.size() + plan.task_content.size() +
                      (generated_target ? 3'000'000U : 0U));
    acs::acs3_hmac_sha256 const signer{c->who};
    dataworks::job_pace const pace{.first_wait_ms = c->in_memory ? 100U : 3'000U,
                                   .deadline_ms = static_cast<std::uint32_t>(deadline) * 1000};
    dataworks::job job{plan, c->to, signer, room, {.budget = &budget}, pace};

    if (!resume.empty()) {
        auto const from = dataworks::read_checkpoint(resume);
        if (!from) return show(from.error(), c->as_json);
        acs::moment const now = look();
        dataworks::restore(budget, *from, now);
        job.resume(*from, now);
    } else if (c->dry_run) {
        job.start(look());
    }
    if (c->dry_run && !job.is_over()) {
        c->as_json ? show_as_json(job.request()) : show(job.request());
        std::fprintf(stderr, "and at most %llu calls in all\n", static_cast<unsigned long long>(job.most_calls(look().now)));
        return ok;
    }
    std::signal(SIGINT, on_interrupt);
    return with_transport(*c, [&](auto& http) -> int {
        acs::blocking driver{http, interrupt_stop{}};
        progress_line const line{.quiet = c->as_json};
        driver.run(job, [&](auto const& at, acs::step const& s) {
            if (!checkpoint_file.empty() && !at.is_over()) store(checkpoint_file, text_of(at.save(look())));
            line.show(at, s, acs::system_clock().now());
        });
        if (job.due().what == acs::action::done) {
            show<typename Plan::operation>(job.reply(), c->as_json);
            return ok;
        }
        code = show(job.error(), c->as_json, http.explain(job.error(), c->who.access_key_secret));
        bool const began = job.progress().calls != 0 || job.error().code == acs::errc::cancelled;
        if (began || job.error().origin != acs::origin::caller) show_leftover(job, verb);
        return code;
    });
}

}  // namespace command

#endif
