// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/curl.hpp>

#include "stress/adapters.hpp"

namespace acs_stress {

void stress_curl(amounts const& n, tally& out) {
    {
        service calm(n.seed, false);
        acs::curl http({.allow_http = true});
        blocking_calls(http, calm.host(), n.calls, out);
        acs::curl_multi multi({.allow_http = true});
        auto const run = [&] { multi.run(); };
        concurrent_calls(multi, run, calm.host(), n.calls, 1, out);
        concurrent_calls(multi, run, calm.host(), n.calls, 50, out);
    }
    acs::curl_multi multi({.allow_http = true});
    concurrent_jobs(
        multi, [&] { multi.run(); }, n.jobs, n.seed, out);
}

}  // namespace acs_stress
