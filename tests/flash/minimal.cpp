// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The least that signs a request and decodes its reply, by the headers that it takes: how long that compiles is measured.
#include <acs/operation/decode.hpp>
#include <acs/operation/prepare.hpp>
#include <dataworks/sync_task_config.hpp>

using query = dataworks::query_di_sync_task_config_process_result;

acs::result<acs::request> sign(query const& op, acs::endpoint const& to, acs::acs3_hmac_sha256 const& key, acs::moment const& now,
                               acs::request_memory const& memory) {
    return acs::prepare(op, to, key, now, memory);
}

acs::result<query::reply> read(acs::reply const& answer) { return acs::decode<query>(answer); }
