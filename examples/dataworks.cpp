// The command for daily use. `dataworks --help` lists what it does.
#include <dataworks.hpp>
#include <acs/curl.hpp>
#include <acs/hosted.hpp>
#include <acs/testing.hpp>

#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/flags.hpp"
#include "command/report.hpp"
#include "command/witness.hpp"

namespace {

using namespace command;
using query_operation = dataworks::query_di_sync_task_config_process_result;

int help() {
    std::puts(
        "dataworks: synchronization tasks of DataWorks Data Integration\n"
        "\n"
        "  dataworks query    how far a generating process is, and what it generated\n"
        "  dataworks create   a new task: its configuration is generated, waited for, and used; batch tasks are created at once\n"
        "  dataworks update   a change of a task, in the same way\n"
        "  dataworks explain  what an error of the service means, and what to do: explain FILE [--status N]\n"
        "  dataworks sign     what the signature of a call covers: sign query|create|update|generate ...\n"
        "\n"
        "Flags are the wire names in kebab case; @FILE in place of a value is what the file holds.\n");
    std::printf("  query %s\n", flags_of<query_operation>().c_str());
    std::printf("  create%s\n", flags_of<dataworks::create_di_sync_task>().c_str());
    std::printf("  update%s [--task-id ...]\n", flags_of<dataworks::update_di_sync_task>().c_str());
    std::puts(
        "\n"
        "For real-time tasks, which are the default, --task-content is generated and can't be given; --task-param is that of\n"
        "GenerateDISyncTaskConfigFor..., and --create-task-param or --update-task-param that of the last call.\n"
        "\n"
        "  --region R              cn-hangzhou unless ALIBABA_CLOUD_REGION_ID says otherwise; --vpc for the host inside the VPC\n"
        "  --endpoint HOST         a host of your own choice\n"
        "  --gateway memory        a service held in memory, for trying things out; or HOST:PORT of build/gateway\n"
        "  --dry-run               show what would be sent, and send nothing\n"
        "  --json                  one line of JSON on standard output\n"
        "  --deadline SECONDS      of create and update, 1800 unless given\n"
        "  --calls-per-day N       never make more calls than that, nor more than 5 a second\n"
        "  --checkpoint FILE       keep there what it takes to go on after an interruption\n"
        "  --resume @FILE          go on from there, with the same flags\n"
        "\n"
        "Credentials come from ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and ALIBABA_CLOUD_SECURITY_TOKEN.\n"
        "\n"
        "Exit codes: 0 done, 1 the service could not do it, 2 usage, 3 credentials, 4 the request is wrong, 5 throttled, 6 no way to\n"
        "the service, 7 the service failed, 8 it may have run: look before you repeat it, 130 interrupted.");
    return ok;
}

volatile std::sig_atomic_t interrupts = 0;

void on_interrupt(int) {
    interrupts = 1;
    std::signal(SIGINT, SIG_DFL);  // the second one ends the program at once
}

struct interrupt_stop {
    [[nodiscard]] bool stop_requested() const noexcept { return interrupts != 0; }
};

/// Where calls go, who makes them, and how what comes of it is shown.
struct context {
    acs::endpoint to{};
    acs::credentials who{};
    bool in_memory{};
    bool plain_http{};
    bool dry_run{};
    bool as_json{};
};

acs::moment look() {
    acs::moment now{.wall = acs::system_clock().wall(), .now = acs::system_clock().now()};
    if (!acs::system_entropy().fill(now.random)) std::abort();
    return now;
}

/// Memory for one request, as large as texts of that size may need.
class request_room {
public:
    explicit request_room(std::size_t texts) : text_(4096 + 3 * texts) {}
    operator acs::request_memory() { return {fields_, params_, text_}; }

private:
    std::array<acs::field, 32> fields_{};
    std::array<acs::param, 64> params_{};
    std::vector<char> text_;
};

/// Either a context, or the exit code of a failure that was shown.
std::optional<context> context_of(flags& given, int& code) {
    context c;
    c.dry_run = given.has("dry-run");
    c.as_json = given.has("json");
    std::string_view const gateway = given.text("gateway");
    c.in_memory = gateway == "memory";
    c.plain_http = !gateway.empty() && !c.in_memory;
    char const* const region_variable = std::getenv("ALIBABA_CLOUD_REGION_ID");
    std::string_view region = given.text("region");
    if (region.empty()) region = region_variable != nullptr && *region_variable != '\0' ? region_variable : "cn-hangzhou";
    auto const network = given.has("vpc") ? dataworks::network::vpc : dataworks::network::internet;
    if (c.plain_http) {
        c.to = {.host = gateway, .scheme = acs::scheme::http};
    } else if (given.has("endpoint")) {
        c.to = {.host = given.text("endpoint")};
    } else if (auto const to = dataworks::endpoint(region, network); to) {
        c.to = *to;
    } else {
        code = show(to.error(), c.as_json);
        return {};
    }
    if (auto const who = acs::credentials_from_environment(); who) {
        c.who = *who;
    } else if (!gateway.empty() || c.dry_run) {
        c.who = {"testid", "testsecret"};
    } else {
        code = show(who.error(), c.as_json);
        return {};
    }
    return c;
}

/// Calls `use(transport)` with what carries the calls, and remembers the last of them.
template <class Use>
int with_transport(context const& c, Use use) {
    if (!c.in_memory) {
        acs::curl http{{.allow_http = c.plain_http}};
        witness seen(http);
        return use(seen);
    }
    acs::testing::gateway http{{std::string(c.who.access_key_id), std::string(c.who.access_key_secret), std::string(c.who.security_token)}};
    http.serve<query_operation, dataworks::generate_di_sync_task_config_for_creating, dataworks::generate_di_sync_task_config_for_updating,
               dataworks::create_di_sync_task, dataworks::update_di_sync_task>();
    witness seen(http);
    return use(seen);
}

template <class Op>
acs::result<acs::request> prepare_with(Op const& op, context const& c, acs::moment const& now, request_room& room) {
    return acs::prepare(op, c.to, c.who, now, room);
}

int query(flags& given) {
    int code = 0;
    auto const c = context_of(given, code);
    auto const op = operation_of<query_operation>(given);
    given.refuse_unused();
    if (!c) return code;
    if (c->dry_run) {
        request_room room(0);
        auto const made = prepare_with(op, *c, look(), room);
        if (!made) return show(made.error(), c->as_json);
        c->as_json ? show_as_json(*made) : show(*made);
        return ok;
    }
    return with_transport(*c, [&](auto& http) -> int {
        acs::client client{http, c->to, c->who};
        auto const reply = client.call(op);
        if (!reply) return show(reply.error(), c->as_json, http.explain(reply.error(), c->who.access_key_secret));
        show<query_operation>(*reply, c->as_json);
        return phase_of(*reply) == dataworks::phase::failed ? process : ok;
    });
}

/// Tells people where a job is: on a terminal in one line.
struct progress_line {
    bool quiet{};
    bool terminal = isatty(STDERR_FILENO) != 0;

    template <class Job>
    void show(Job const& job, acs::step const& s, acs::tick now) const {
        if (quiet) return;
        dataworks::job_progress const p = job.progress();
        std::string_view const phase = name(p.phase);
        std::fprintf(stderr, "%s%.*s: calls %u, questions %u, status %.*s", terminal ? "\r\x1B[K" : "", static_cast<int>(phase.size()),
                     phase.data(), static_cast<unsigned>(p.calls), static_cast<unsigned>(p.questions), static_cast<int>(p.status.size()),
                     p.status.data());
        if (s.what == acs::action::wait) std::fprintf(stderr, ", next look in %.1f s", static_cast<double>(s.wait_ms(now)) / 1000);
        if (!terminal || job.is_over()) std::fputc('\n', stderr);
    }
};

std::string text_of(dataworks::checkpoint const& at) {
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

void store(std::string const& path, std::string const& text) {
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

int create(flags& given) {
    auto const op = operation_of<dataworks::create_di_sync_task>(given);
    dataworks::new_sync_task plan{.project_id = op.project_id, .task_name = op.task_name, .client_token = op.client_token};
    if (!op.task_type.empty()) plan.task_type = op.task_type;
    bool const batch = is_batch(plan);
    (batch ? plan.task_param : plan.source_and_target) = op.task_param;
    if (batch)
        plan.task_content = op.task_content;
    else
        plan.task_param = given.text("create-task-param");
    if (!batch && !op.task_content.empty()) throw usage_error{"--task-content is generated for real-time tasks; leave it out"};
    return run_job(given, "create", plan);
}

int update(flags& given) {
    auto const op = operation_of<dataworks::update_di_sync_task>(given);
    dataworks::changed_sync_task plan{.project_id = op.project_id, .task_id = given.integer("task-id"), .file_id = op.file_id};
    if (!op.task_type.empty()) plan.task_type = op.task_type;
    bool const batch = is_batch(plan);
    (batch ? plan.task_param : plan.source_and_target) = op.task_param;
    if (batch)
        plan.task_content = op.task_content;
    else
        plan.task_param = given.text("update-task-param");
    if (!batch && !op.task_content.empty()) throw usage_error{"--task-content is generated for real-time tasks; leave it out"};
    if (!batch && !plan.task_id) plan.task_id = plan.file_id;
    return run_job(given, "update", plan);
}

template <class Op>
int sign_operation(flags& given) {
    int code = 0;
    auto const c = context_of(given, code);
    auto const op = operation_of<Op>(given);
    std::string_view const date = given.text("date");
    given.refuse_unused();
    if (!c) return code;
    acs::moment now = look();
    if (!date.empty()) {
        auto const wall = acs::parse_iso8601(date);
        if (!wall) throw usage_error{"--date takes a date such as 2023-10-26T10:22:32Z"};
        now.wall = *wall;
    }
    request_room room(1 << 20);
    auto const made = prepare_with(op, *c, now, room);
    if (!made) return show(made.error(), c->as_json);
    if (c->as_json) {
        show_as_json(*made);
        return ok;
    }
    std::puts("The request (secrets left out):\n");
    show(*made);
    std::puts("\nThe canonical request:\n");
    acs::file_sink out(stdout, true);
    out.write(canonical_of(*made));
    std::fputc('\n', stdout);
    return ok;
}

int sign(flags& given) {
    std::string const what = given.words().size() > 1 ? given.words()[1] : "";
    if (what == "query") return sign_operation<query_operation>(given);
    if (what == "create") return sign_operation<dataworks::create_di_sync_task>(given);
    if (what == "update") return sign_operation<dataworks::update_di_sync_task>(given);
    if (what == "generate")
        return given.has("task-id") ? sign_operation<dataworks::generate_di_sync_task_config_for_updating>(given)
                                    : sign_operation<dataworks::generate_di_sync_task_config_for_creating>(given);
    throw usage_error{"sign takes query, create, update or generate"};
}

int explain(flags& given) {
    bool const as_json = given.has("json");
    auto const status = given.integer("status").value_or(400);
    given.refuse_unused();
    if (given.words().size() != 2) throw usage_error{"explain takes a file that holds the answer of the service"};
    if (status < 100 || status > 599) throw usage_error{"--status takes 100 to 599"};
    std::string body = read_file(given.words()[1]);
    acs::failure const f = acs::answer_failure({static_cast<std::uint16_t>(status), {}, body});
    acs::request const unknown{.host = f.service.host_id};  // what was sent is not known here, so the code alone has to do
    show(f, as_json, acs::explain(unknown, f));
    return ok;
}

int run(int argc, char const* const* argv) {
    flags given(argc, argv, {"help", "json", "dry-run", "vpc"});
    if (given.has("help") || given.words().empty()) {
        help();
        return given.has("help") ? ok : usage;
    }
    std::string const& what = given.words().front();
    if (what != "sign" && what != "explain" && given.words().size() > 1) throw usage_error{given.words()[1] + " is no flag; see --help"};
    if (what == "query") return query(given);
    if (what == "create") return create(given);
    if (what == "update") return update(given);
    if (what == "sign") return sign(given);
    if (what == "explain") return explain(given);
    throw usage_error{"there is no " + what + "; see --help"};
}

}  // namespace

int main(int argc, char* argv[]) {
    try {
        return run(argc, argv);
    } catch (usage_error const& wrong) {
        std::fprintf(stderr, "dataworks: %s\n", wrong.text.c_str());
        return usage;
    }
}
