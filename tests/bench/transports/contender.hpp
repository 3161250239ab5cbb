// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_BENCH_TRANSPORTS_CONTENDER_HPP
#define ACS_TESTS_BENCH_TRANSPORTS_CONTENDER_HPP

#include <dataworks.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace acs_bench {

using query = dataworks::query_di_sync_task_config_process_result;
inline constexpr query question{.project_id = 10000, .task_type = dataworks::task_type::di_realtime, .async_process_id = 10};
inline constexpr acs::credentials key{"testid", "testsecret"};

/// A way to make calls: the bare library, which sends one signed request again and again and keeps the answer's bytes; or ours over it,
/// which signs each and decodes what comes.
class contender {
public:
    explicit contender(std::string name) : name_(std::move(name)) {}
    contender(contender const&) = delete;
    contender& operator=(contender const&) = delete;
    virtual ~contender() = default;

    [[nodiscard]] std::string const& name() const noexcept { return name_; }
    /// Makes so many calls; false if one failed.
    [[nodiscard]] virtual bool run(std::size_t calls) = 0;

private:
    std::string name_;
};

using contenders = std::vector<std::unique_ptr<contender>>;

/// The signed request, which outlives what sends it.
struct signed_request {
    explicit signed_request(std::string const& where);

    std::string host;
    acs::request_buffer<4096> memory{};
    acs::request made{};
};

void add_curl(contenders& all, std::string const& host);
void add_beast(contenders& all, std::string const& host);

}  // namespace acs_bench

#endif
