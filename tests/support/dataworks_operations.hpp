// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// What the tests of the five operations have in common.
#ifndef ACS_TESTS_SUPPORT_DATAWORKS_OPERATIONS_HPP
#define ACS_TESTS_SUPPORT_DATAWORKS_OPERATIONS_HPP

#include <acs/operation/decode.hpp>
#include <acs/operation/prepare.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/signing.hpp"
#include "support/string_sink.hpp"

namespace acs_tests {

inline constexpr acs::credentials test_key{"testid", "testsecret"};
inline constexpr acs::endpoint test_host{.host = "dataworks.cn-shanghai.aliyuncs.com"};

/// Target and form body as they go out.
struct outgoing {
    std::string target, body;
    bool operator==(outgoing const&) const = default;
};

template <class Op>
outgoing prepared(Op const& op, acs::prepare_options const& options = {}) {
    acs::request_buffer<4096> memory;
    auto const made = acs::prepare(op, test_host, test_key, vector_moment, memory, options);
    REQUIRE(made);
    CHECK(made->verb == acs::method::post);
    CHECK(acs::find_field(made->fields, "x-acs-action") == Op::head.action);
    CHECK(acs::find_field(made->fields, "x-acs-version") == "2020-05-18");
    return {std::string(made->target), written([&](auto& out) { made->body.write_to(out); })};
}

/// The parameters that local validation finds at fault: `Name missing, Name range, `.
template <class Op>
std::string faults(Op const& op) {
    acs::request_buffer<> memory;
    auto const made = acs::prepare(op, test_host, test_key, vector_moment, memory);
    std::string list;
    if (made) return list;
    CHECK(made.error().code == acs::errc::invalid_parameters);
    acs::for_each_fault(made.error(), [&](acs::parameter_row const& row, bool missing) {
        list.append(row.name()).append(missing ? " missing, " : " range, ");
    });
    return list;
}

/// A documented sample decodes; cut off anywhere it is refused, and stays as it is.
template <class Op, class Check>
void check_sample(std::string const& file, Check check) {
    std::string const text = file_text("samples/" + file);
    for (std::size_t size = 0; size < text.size(); ++size) {
        std::vector<char> body(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
        std::vector<char> const copy = body;
        auto const reply = acs::decode<Op>(200, {}, body);
        if (reply) {  // only white space was cut off
            REQUIRE(text.find_first_not_of(" \r\n", size) == std::string::npos);
            continue;
        }
        REQUIRE(body == copy);
        CHECK(acs::name(reply.error().code) == (size == 0 ? "empty_reply" : "truncated_json"));
        CHECK(reply.error().origin == acs::origin::service);
        CHECK(reply.error().offset == size);
        CHECK(reply.error().body.size() == size);
    }
    std::string body = text;
    auto const reply = acs::decode<Op>(200, {}, body);
    REQUIRE(reply);
    CHECK(reply->success == true);
    CHECK(reply->request_id == "0bc1411515937635973****");
    CHECK(reply->request_id.data() > body.data());
    CHECK(reply->request_id.data() < body.data() + body.size());
    check(*reply);
}

}  // namespace acs_tests

#endif
