// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/client/transport.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace test_client_transport {

namespace {

// Sinks, each of which lacks one thing.
struct sink {
    void status(std::uint16_t) noexcept;
    bool field(std::string_view, std::string_view) noexcept;
    bool body(std::string_view) noexcept;
};
struct throwing_status : sink {
    void status(std::uint16_t);
};
struct field_says_nothing : sink {
    void field(std::string_view, std::string_view) noexcept;
};
struct field_says_int : sink {
    int field(std::string_view, std::string_view) noexcept;
};
struct throwing_field : sink {
    bool field(std::string_view, std::string_view);
};
struct body_says_nothing : sink {
    void body(std::string_view) noexcept;
};
struct throwing_body : sink {
    bool body(std::string_view);
};
struct no_body {
    void status(std::uint16_t) noexcept;
    bool field(std::string_view, std::string_view) noexcept;
};
static_assert(acs::answer_sink<sink> && acs::answer_sink<acs::answer_archetype>);
static_assert(!acs::answer_sink<throwing_status> && !acs::answer_sink<field_says_nothing> && !acs::answer_sink<field_says_int> &&
              !acs::answer_sink<throwing_field> && !acs::answer_sink<body_says_nothing> && !acs::answer_sink<throwing_body> &&
              !acs::answer_sink<no_body> && !acs::answer_sink<sink const> && !acs::answer_sink<int>);

// Transports: any sink, any request, and a result<void>.
struct carrier {
    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request const&, Sink&);
};
struct says_bool {
    template <acs::answer_sink Sink>
    bool perform(acs::request const&, Sink&);
};
struct changes_requests {
    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request&, Sink&);
};
struct one_sink_only {
    acs::result<void> perform(acs::request const&, sink&);
};
struct moves_sinks {
    template <acs::answer_sink Sink>
    acs::result<void> perform(acs::request const&, Sink);
};
static_assert(acs::transport<carrier> && acs::check_transport<carrier>());
static_assert(!acs::transport<says_bool> && !acs::transport<changes_requests> && !acs::transport<one_sink_only> &&
              !acs::transport<moves_sinks> && !acs::transport<carrier const> && !acs::transport<int>);

// Clocks.
struct wall_only {
    acs::wall_time wall() noexcept;
};
struct tick_only {
    acs::tick now() noexcept;
};
struct ticking : wall_only, tick_only {};
struct throwing_wall : tick_only {
    acs::wall_time wall();
};
struct wall_as_number : tick_only {
    std::int64_t wall() noexcept;
};
struct throwing_now : wall_only {
    acs::tick now();
};
struct waiting : ticking {
    bool wait(acs::tick) noexcept;
};
struct throwing_wait : ticking {
    bool wait(acs::tick);
};
struct silent_wait : ticking {
    void wait(acs::tick) noexcept;
};
struct wait_only {
    bool wait(acs::tick) noexcept;
};
static_assert(acs::clock<ticking> && acs::check_clock<ticking>() && acs::clock<waiting>);
static_assert(!acs::clock<wall_only> && !acs::clock<tick_only> && !acs::clock<throwing_wall> && !acs::clock<wall_as_number> &&
              !acs::clock<throwing_now>);
static_assert(acs::waiting_clock<waiting> && acs::check_waiting_clock<waiting>());
static_assert(!acs::waiting_clock<ticking> && !acs::waiting_clock<throwing_wait> && !acs::waiting_clock<silent_wait> &&
              !acs::waiting_clock<wait_only>);

// Entropy.
struct drawing {
    bool fill(std::span<std::uint8_t>) noexcept;
};
struct throwing_fill {
    bool fill(std::span<std::uint8_t>);
};
struct silent_fill {
    void fill(std::span<std::uint8_t>) noexcept;
};
struct fixed_fill {
    bool fill(std::span<std::uint8_t, 16>) noexcept;
};
static_assert(acs::entropy<drawing> && acs::check_entropy<drawing>());
static_assert(!acs::entropy<throwing_fill> && !acs::entropy<silent_fill> && !acs::entropy<fixed_fill>);

}  // namespace

TEST_CASE("The concepts of the client are checked while this file compiles", "[client]") {
    CHECK(acs::transport<carrier>);
    CHECK(acs::waiting_clock<waiting>);
    CHECK(acs::entropy<drawing>);
}

}  // namespace test_client_transport
