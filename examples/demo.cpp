// The main job, shown: what goes out, what is signed, what comes back; then the three steps in a row, by hand
// and as one job.
//
//     demo                       on the gateway in memory
//     demo --loopback GATEWAY    over loopback HTTP with libcurl; GATEWAY is the program, which is started and ended here
#include <dataworks.hpp>
#include <acs/curl.hpp>
#include <acs/testing.hpp>

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

constexpr acs::credentials key{"testid", "testsecret"};
constexpr std::string_view task_param = R"({"sourceType":"mysql","targetType":"hologres"})";

/// A sink that prints, each line indented.
struct indented {
    bool begins = true;
    void write(std::string_view text) noexcept {
        for (char const c : text) {
            if (begins) std::fputs("    ", stdout);
            begins = c == '\n';
            std::fputc(c, stdout);
        }
    }
};

// One call on static memory, so that every part of it can be looked at.
int show_request(acs::endpoint const& to) {
    dataworks::query_di_sync_task_config_process_result const question{
        .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10};
    acs::moment now{.wall = acs::system_clock().wall()};
    if (!acs::system_entropy().fill(now.random)) return 1;
    acs::request_buffer<> memory;
    auto const request = acs::prepare(question, to, key, now, memory);
    if (!request) return acs::print(stderr, request.error()), 1;

    std::puts("The request that goes out (secrets left out):\n");
    std::printf("    %s %.*s HTTP/1.1\n", acs::name(request->verb).data(), static_cast<int>(request->target.size()),
                request->target.data());
    for (acs::field const& f : request->fields)
        std::printf("    %.*s: %.*s\n", static_cast<int>(f.name.size()), f.name.data(),
                    acs::is_secret_name(f.name) ? 3 : static_cast<int>(f.value.size()),
                    acs::is_secret_name(f.name) ? "***" : f.value.data());
    std::printf("    content-length: %zu\n\n", request->body.size());

    std::array<acs::field, 16> room;
    acs::signed_parts const parts = acs::parts_of(*request, room);
    indented out;
    std::puts("The canonical request:\n");
    acs::write_canonical_request(parts, out);
    std::puts("\n\nThe string to sign:\n");
    out = {};
    acs::write_acs3_string_to_sign<acs::sha256>(acs::acs3_hmac_sha256::algorithm, parts, out);
    std::puts("\n");
    return 0;
}

template <class Http>
int show_reply(Http& http, acs::endpoint const& to) {
    acs::client client{http, to, key};
    auto const reply = client.call(dataworks::query_di_sync_task_config_process_result{
        .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10});
    if (!reply) return acs::print(stderr, reply.error(), dataworks::error_codes), 1;
    std::puts("The typed reply:\n");
    std::printf("    request_id         %.*s\n", static_cast<int>(reply->request_id.size()), reply->request_id.data());
    std::printf("    success            %s\n", reply->success.value_or(false) ? "true" : "false");
    std::printf("    data.status        %.*s\n", static_cast<int>(reply->data.status.size()), reply->data.status.data());
    std::printf("    data.task_content  %zu characters:\n\n", reply->data.task_content.size());
    std::fwrite(reply->data.task_content.data(), 1, reply->data.task_content.size(), stdout);
    std::puts("\n");
    return 0;
}

// A real-time task: its configuration is generated, asked for until it is there, and used.
template <class Http>
int three_steps(Http& http, acs::endpoint const& to) {
    acs::client client{http, to, key};
    std::puts("The three steps in a row:\n");
    auto const started = client.call(dataworks::generate_di_sync_task_config_for_creating{
        .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .task_param = task_param, .client_token = "demo-generate"});
    if (!started) return acs::print(stderr, started.error(), dataworks::error_codes), 1;
    if (phase_of(*started) != dataworks::phase::done) return std::puts("no process was started"), 1;
    std::printf("    1. generating: process %lld\n", static_cast<long long>(*started->data.process_id));

    for (int attempt = 1; attempt <= 5; ++attempt) {  // a program would wait in between; the gateway's script is soon through
        auto const asked = client.call(dataworks::query_di_sync_task_config_process_result{
            .project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = started->data.process_id});
        if (!asked) return acs::print(stderr, asked.error(), dataworks::error_codes), 1;
        std::printf("    2. query %d: %.*s\n", attempt, static_cast<int>(asked->data.status.size()), asked->data.status.data());
        if (phase_of(*asked) == dataworks::phase::failed) return 1;
        if (phase_of(*asked) == dataworks::phase::pending) continue;

        auto const created = client.call(dataworks::create_di_sync_task{.project_id = 10000,
                                                                        .task_type = dataworks::task_type::di_realtime,
                                                                        .task_name = "demo",
                                                                        .task_content = asked->data.task_content,
                                                                        .client_token = "demo-create"});
        if (!created) return acs::print(stderr, created.error(), dataworks::error_codes), 1;
        if (!created->data.file_id) return std::puts("no task was created"), 1;
        std::printf("    3. created: file %lld\n\n", static_cast<long long>(*created->data.file_id));
        return 0;
    }
    return std::puts("it never got ready"), 1;
}

// The same as one job: it waits, tries again, and could be stored and resumed. Watch it go.
struct progress_line {
    bool terminal = isatty(STDOUT_FILENO) != 0;

    template <class Job>
    void operator()(Job const& job, acs::step const& s) const {
        static constexpr char const* words[] = {"sending", "waiting", "new credentials", "done", "failed"};
        dataworks::job_progress const p = job.progress();
        std::string_view const phase = name(p.phase);
        std::printf("%s    %-10.*s %-8s calls %u, questions %u, status %.*s%s", terminal ? "\r\x1B[K" : "", static_cast<int>(phase.size()),
                    phase.data(), words[static_cast<int>(s.what)], static_cast<unsigned>(p.calls), static_cast<unsigned>(p.questions),
                    static_cast<int>(p.status.size()), p.status.data(), terminal && !job.is_over() ? "" : "\n");
        std::fflush(stdout);
    }
};

template <class Http>
int one_job(Http& http, acs::endpoint const& to) {
    acs::acs3_hmac_sha256 const signer{key};
    acs::request_buffer<> memory;
    std::array<std::uint32_t, 100> log{};
    acs::call_budget budget{{.per_second = 5, .per_day = 100}, log};
    dataworks::job job{dataworks::new_sync_task{.project_id = 10000, .task_name = "demo job", .source_and_target = task_param},
                       to,
                       signer,
                       memory,
                       {.budget = &budget},
                       {.first_wait_ms = 200, .deadline_ms = 30'000}};
    std::printf("The same as one job, of at most %llu calls:\n\n",
                static_cast<unsigned long long>(job.most_calls(acs::system_clock().now())));
    acs::blocking driver{http};
    driver.run(job, progress_line{});
    if (job.due().what == acs::action::failed) return acs::print(stderr, job.error(), dataworks::error_codes), 1;
    std::printf("\n    created: file %lld\n\n", static_cast<long long>(job.reply().data.file_id.value_or(0)));
    return 0;
}

constexpr std::string_view script =
    "QueryDISyncTaskConfigProcessResult: success\n"
    "QueryDISyncTaskConfigProcessResult: pending\n"
    "QueryDISyncTaskConfigProcessResult: pending\n"
    "QueryDISyncTaskConfigProcessResult: success\n"
    "QueryDISyncTaskConfigProcessResult: pending\n"
    "QueryDISyncTaskConfigProcessResult: throttle 300\n"
    "QueryDISyncTaskConfigProcessResult: success\n";

int in_memory() {
    std::puts("== On the gateway in memory ==\n");
    acs::testing::gateway gateway;
    gateway.serve<dataworks::query_di_sync_task_config_process_result, dataworks::generate_di_sync_task_config_for_creating,
                  dataworks::create_di_sync_task>();
    if (acs::testing::script::parse(script, {}, gateway.answers())) return 1;
    auto const to = dataworks::endpoint("cn-hangzhou");
    if (show_request(*to) != 0 || show_reply(gateway, *to) != 0 || three_steps(gateway, *to) != 0 || one_job(gateway, *to) != 0) return 1;
    for (auto const& entry : gateway.record()) std::printf("    the gateway saw %s: %s\n", entry.action.c_str(), entry.verdict.c_str());
    std::puts("");
    return 0;
}

/// The gateway program, started, and ended with this object.
class gateway_process {
public:
    explicit gateway_process(char const* program, std::string const& script_file) {
        int ends[2];
        if (pipe(ends) != 0) return;
        pid_ = fork();
        if (pid_ == 0) {
            dup2(ends[1], STDOUT_FILENO);
            close(ends[0]);
            close(ends[1]);
            execl(program, program, "--script", script_file.c_str(), static_cast<char*>(nullptr));
            _exit(127);
        }
        close(ends[1]);
        output_ = fdopen(ends[0], "r");
        std::array<char, 256> line{};
        constexpr std::string_view label = "listening on ";
        if (output_ != nullptr && std::fgets(line.data(), static_cast<int>(line.size()), output_) != nullptr &&
            std::string_view(line.data()).substr(0, label.size()) == label) {
            host_ = line.data() + label.size();
            host_.resize(host_.find_last_not_of('\n') + 1);
        }
    }
    gateway_process(gateway_process const&) = delete;
    gateway_process& operator=(gateway_process const&) = delete;
    ~gateway_process() {
        if (pid_ > 0) {
            kill(pid_, SIGTERM);
            waitpid(pid_, nullptr, 0);
        }
        if (output_ != nullptr) std::fclose(output_);
    }

    [[nodiscard]] std::string const& host() const { return host_; }

    /// Prints the lines that it wrote, one for each request.
    void show_record(int requests) const {
        std::array<char, 256> line{};
        for (int i = 0; i < requests && std::fgets(line.data(), static_cast<int>(line.size()), output_) != nullptr; ++i)
            std::printf("    the gateway saw %s", line.data());
        std::puts("");
    }

private:
    pid_t pid_{-1};
    std::FILE* output_{};
    std::string host_{};
};

int over_loopback(char const* program) {
    std::puts("== Over loopback HTTP, with libcurl ==\n");
    std::string script_file = "/tmp/acs-demo-XXXXXX";
    int const file = mkstemp(script_file.data());
    if (file < 0 || write(file, script.data(), script.size()) != static_cast<ssize_t>(script.size())) return 1;
    close(file);
    gateway_process const gateway(program, script_file);
    unlink(script_file.c_str());
    if (gateway.host().empty()) return std::fprintf(stderr, "%s did not start\n", program), 1;
    std::printf("    %s listens on %s\n\n", program, gateway.host().c_str());

    acs::curl http{{.allow_http = true, .connect_timeout_ms = 5'000, .timeout_ms = 10'000}};
    acs::endpoint const to{.host = gateway.host(), .scheme = acs::scheme::http};
    if (show_reply(http, to) != 0 || three_steps(http, to) != 0 || one_job(http, to) != 0) return 1;
    gateway.show_record(11);
    return 0;
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc == 1) return in_memory();
    if (argc == 3 && std::strcmp(argv[1], "--loopback") == 0) return over_loopback(argv[2]);
    std::fputs("usage: demo [--loopback GATEWAY]\n", stderr);
    return 2;
}
