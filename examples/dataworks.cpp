// The command for daily use. `dataworks --help` lists what it does.
#include <dataworks.hpp>
#include <acs/curl.hpp>
#include <acs/hosted.hpp>
#include <acs/testing.hpp>

#include <cstdio>
#include <string>
#include <string_view>

#include "command/context.hpp"
#include "command/flags.hpp"
#include "command/job.hpp"
#include "command/report.hpp"

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
