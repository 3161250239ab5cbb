// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Where calls go, who makes them, and what carries them.
#ifndef EXAMPLES_COMMAND_CONTEXT_HPP
#define EXAMPLES_COMMAND_CONTEXT_HPP

#include <dataworks.hpp>
#include <acs/curl.hpp>
#include <acs/hosted.hpp>
#include <acs/testing.hpp>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flags.hpp"
#include "report.hpp"
#include "witness.hpp"

namespace command {

/// Where calls go, who makes them, and how what comes of it is shown.
struct context {
    acs::endpoint to{};
    acs::credentials who{};
    bool in_memory{};
    bool plain_http{};
    bool dry_run{};
    bool as_json{};
};

inline acs::moment look() {
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
inline std::optional<context> context_of(flags& given, int& code) {
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
    http.serve<dataworks::query_di_sync_task_config_process_result, dataworks::generate_di_sync_task_config_for_creating,
               dataworks::generate_di_sync_task_config_for_updating, dataworks::create_di_sync_task, dataworks::update_di_sync_task>();
    witness seen(http);
    return use(seen);
}

template <class Op>
acs::result<acs::request> prepare_with(Op const& op, context const& c, acs::moment const& now, request_room& room) {
    return acs::prepare(op, c.to, c.who, now, room);
}

}  // namespace command

#endif
