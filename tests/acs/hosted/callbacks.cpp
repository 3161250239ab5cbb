// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/callbacks.hpp>
#include <acs/hosted/coroutine.hpp>

#include <acs/exchange/exchange.hpp>
#include <acs/hosted/heap_box.hpp>

#include "support/allocations.hpp"
#include "support/array_operation.hpp"
#include "support/catch.hpp"
#include "support/drivers.hpp"
#include "support/world.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace test_hosted_callbacks {

using acs_tests::canned;
using acs_tests::canned_transport;

// Not of this file alone: coroutines hold them, which g++ warns of.
struct heap_is_empty {};

/// Cancels at a step, and writes down which there were.
struct cancelling : acs::unwatched {
    acs::exchange<acs_tests::list_things, acs::acs3_hmac_sha256>* machine;
    acs::action at;
    std::string steps{};
    cancelling(decltype(machine) m, acs::action a) : machine(m), at(a) {}
    template <class Machine>
    void on_step(Machine const&, acs::step const& s) {
        steps += std::to_string(static_cast<int>(s.what)) + " ";
        if (s.what == at) machine->cancel();
    }
};

/// Has no memory for a refresh at first.
struct throwing : acs::unwatched {
    bool throws = true;
    template <class Machine>
    acs::step refresh(Machine& machine, acs::moment const&) {
        if (std::exchange(throws, false)) throw heap_is_empty();
        return machine.on_no_credentials();
    }
};

namespace {

constexpr acs::endpoint host{.host = "h.example"};
acs::acs3_hmac_sha256 const who(acs::credentials{"id", "secret"});
constexpr acs_tests::list_things list{.name = "n", .size = 1, .content = "c"};
constexpr canned throttled{429, R"({"Code":"Throttling"})", {}, {}, {}};
constexpr canned refused{400, R"({"Code":"InvalidSecurityToken.Expired"})", {}, {}, {}};
constexpr canned good{200, R"({"RequestId":"1"})", {}, {}, {}};

using exchange = acs::exchange<acs_tests::list_things, acs::acs3_hmac_sha256>;
using world_of_callbacks = acs_tests::callback_world<canned_transport>;
using end = std::function<void(acs::step)>;
using driver_of_callbacks = acs::callback_driver<exchange, world_of_callbacks, acs::heap_box, 1, end, acs_tests::step_log>;

struct stage {
    explicit stage(std::span<canned const> answers) : http(answers) {}

    acs::request_buffer<> memory{};
    exchange machine{list, host, who, memory, {.retry = {.deadline_ms = 0}}};
    canned_transport http;
    acs_tests::time_now time{};
    acs_tests::event_loop loop{};
    world_of_callbacks world{&http, &time, &loop};
    std::array<acs::heap_box, 1> boxes{};
    std::string steps{};
    std::optional<acs::step> last{};
    int ends = 0;
    end done = [this](acs::step s) {
        last = s;
        ++ends;
    };
    driver_of_callbacks driver{machine, world, boxes, done, acs_tests::step_log{&steps}};

    std::string said() const {
        return !last ? "none" : last->what == acs::action::done ? "done" : std::string(acs::name(machine.error().code));
    }
};

constexpr std::array<canned, 2> then_good{throttled, good};

/// A world whose heap gives nothing at first.
struct failing_world {
    int failures = 2;
    std::function<void()> later{};
    static bool look(acs::moment& now) noexcept {
        now = {.wall = {1'700'000'000}};
        return true;
    }
    void carry(acs::request const&, auto& box, std::uint32_t, auto done) {
        if (failures-- > 0) throw heap_is_empty();
        later = [&box, done] {
            box.status(200);
            done(acs::result<void>());
        };
    }
    void wait(acs::tick, auto done) {
        later = [done] { done(true); };
    }
};

}  // namespace

TEST_CASE("Nothing happens but what the loop does", "[hosted]") {
    stage s(then_good);
    s.driver.start();
    CHECK(s.http.count == 0);
    CHECK(s.loop.size() == 1);
    CHECK(s.loop.turn());
    CHECK(s.http.count == 1);
    CHECK(s.time.waited == 0);
    CHECK(s.loop.turn());
    CHECK(s.time.waited > 0);
    CHECK(s.http.count == 1);
    CHECK(s.ends == 0);
    CHECK(s.loop.turn());
    CHECK(s.ends == 1);
    CHECK(s.said() == "done");
    CHECK_FALSE(s.loop.turn());
    CHECK(s.machine.reply().request_id == "1");
}

TEST_CASE("A driver that is cancelled ends with the call back that is under way, and does nothing more", "[hosted]") {
    for (int const turns : {0, 1}) {  // while it sends, while it waits
        stage s(then_good);
        s.driver.start();
        for (int i = 0; i < turns; ++i) REQUIRE(s.loop.turn());
        s.driver.cancel();
        CHECK(s.ends == 0);
        CHECK(s.loop.turn());
        CHECK(s.ends == 1);
        CHECK(s.said() == "cancelled");
        CHECK(s.machine.history().may_have_run == (turns == 0));
        CHECK_FALSE(s.loop.turn());
        CHECK(s.http.count == 1);
        CHECK_FALSE(s.http.sent[0].authorization.empty());  // what is carried stays what it was
    }
    stage s(then_good);
    s.driver.cancel();  // before it began: it ends at once
    s.driver.start();
    CHECK(s.ends == 1);
    CHECK(s.said() == "cancelled");
    CHECK(s.http.count == 0);
}

TEST_CASE("A step at which the watch cancels is not carried out, under any driver", "[hosted]") {
    for (acs::action const at : {acs::action::send, acs::action::wait})
        for (int const how : {0, 1, 2}) {
            stage s(then_good);
            cancelling watch{&s.machine, at};
            if (how == 0) {
                acs_tests::test_clock clock{&s.time};
                acs_tests::test_entropy entropy;
                CHECK(acs::run(s.machine, s.http, clock, entropy, s.boxes, watch).what == acs::action::failed);
            } else if (how == 1) {
                acs::callback_driver driver{s.machine, s.world, s.boxes, s.done, acs::watch_ref{watch}};
                driver.start();
                while (s.loop.turn()) {
                }
                CHECK(s.ends == 1);
            } else {
                acs_tests::coroutine_world<canned_transport> world{&s.http, &s.time, nullptr};
                auto const running = acs::drive<acs_tests::task<acs::step>>(s.machine, world, s.boxes, acs::watch_ref{watch});
                CHECK(running.value().what == acs::action::failed);
            }
            INFO(how);
            CHECK(s.machine.error().code == acs::errc::cancelled);
            CHECK(s.http.count == (at == acs::action::send ? 0 : 1));
            CHECK(s.time.waited == 0);
            CHECK(watch.steps == (at == acs::action::send ? "0 4 " : "0 1 4 "));
        }
}

TEST_CASE("An exception of the watch leaves a driver, which goes on then", "[hosted]") {
    canned_transport http(std::span<canned const>(&refused, 1));
    acs_tests::time_now time;
    world_of_callbacks world{&http, &time, nullptr};
    acs::request_buffer<> memory;
    exchange machine{list, host, who, memory};
    std::array<acs::heap_box, 1> boxes{};
    int ends = 0;
    throwing watch;
    acs::callback_driver driver{machine, world, boxes, [&](acs::step) { ++ends; }, acs::watch_ref{watch}};
    CHECK_THROWS_AS(driver.start(), heap_is_empty);
    CHECK(ends == 0);
    driver.start();
    CHECK(ends == 1);
    CHECK(machine.history().why == acs::end_reason::no_credentials);
}

TEST_CASE("A wait that is called off, and entropy that is not there", "[hosted]") {
    stage s(then_good);
    s.world.may_wait = false;
    s.driver.start();
    while (s.loop.turn()) {
    }
    CHECK(s.said() == "cancelled");
    CHECK(s.http.count == 1);
    for (int const draws : {0, 1, 2, 3}) {
        stage dry(then_good);
        dry.world.entropy.left = draws;
        dry.driver.start();
        while (dry.loop.turn()) {
        }
        CHECK(dry.ends == 1);
        CHECK(dry.said() == "no_entropy");
        CHECK(dry.http.count == std::array<std::size_t, 4>{0, 1, 1, 2}[static_cast<std::size_t>(draws)]);
    }
}

TEST_CASE("The end may destroy the driver, its machine and its boxes, at once or later", "[hosted]") {
    for (bool const at_once : {true, false}) {
        canned_transport http(then_good);
        acs_tests::time_now time;
        acs_tests::event_loop loop;
        struct owned {
            acs::request_buffer<> memory{};
            exchange machine{list, host, who, memory};
            world_of_callbacks world;
            std::array<acs::heap_box, 1> boxes{};
            std::string steps{};
            std::optional<driver_of_callbacks> driver{};
            explicit owned(world_of_callbacks w) : world(w) {}
        };
        auto all = std::make_unique<owned>(world_of_callbacks{&http, &time, at_once ? nullptr : &loop});
        int ends = 0;
        std::string padding(100, 'x');  // the end's own state is on the heap
        all->driver.emplace(all->machine, all->world, all->boxes, end([&all, &ends, padding](acs::step s) {
                                CHECK(s.what == acs::action::done);
                                all.reset();
                                CHECK(padding == std::string(100, 'x'));
                                ++ends;
                            }),
                            acs_tests::step_log{&all->steps});
        all->driver->start();
        while (loop.turn()) {
        }
        CHECK(ends == 1);
        CHECK(all == nullptr);
    }
}

TEST_CASE("After an exception of the world a driver goes on where it was", "[hosted]") {
    failing_world out;
    acs::request_buffer<> memory;
    exchange machine{list, host, who, memory};
    std::array<acs::heap_box, 1> boxes{};
    int ends = 0;
    acs::callback_driver driver{machine, out, boxes, [&](acs::step) { ++ends; }};
    CHECK_THROWS_AS(driver.start(), heap_is_empty);
    CHECK_THROWS_AS(driver.start(), heap_is_empty);
    driver.start();
    REQUIRE(out.later);
    for (int i = 0; i < 20 && ends == 0; ++i) std::exchange(out.later, {})();
    CHECK(ends == 1);
}

TEST_CASE("A world that calls back at once does not pile calls up, however many steps there are", "[hosted]") {
    struct depth {
        world_of_callbacks* under;
        std::uintptr_t lowest = UINTPTR_MAX, highest = 0;
        void here() {
            // Not the address of a local: ASan may keep those elsewhere.
            auto const at = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
            lowest = std::min(lowest, at);
            highest = std::max(highest, at);
        }
        bool look(acs::moment& now) { return under->look(now); }
        void carry(acs::request const& made, acs::heap_box& box, std::uint32_t ms, std::function<void(acs::result<void> const&)> done) {
            here();
            under->carry(made, box, ms, done);
        }
        void wait(acs::tick until, std::function<void(bool)> done) {
            here();
            under->wait(until, done);
        }
    };
    constexpr std::array<canned, 1> always{throttled};
    canned_transport http(always);
    acs_tests::time_now time;
    world_of_callbacks under{&http, &time, nullptr, {1, 1'000'000}};
    depth world{&under};
    acs::request_buffer<> memory;
    exchange machine(list, host, who, memory, {.retry = {.max_attempts = 2000, .max_wait_ms = 1000, .deadline_ms = 0}});
    std::array<acs::heap_box, 1> boxes{};
    int ends = 0;
    acs::callback_driver driver(machine, world, boxes, [&](acs::step) { ++ends; });
    driver.start();
    CHECK(ends == 1);
    CHECK(http.count == 2000);
    CHECK(world.highest - world.lowest < 4096);
}

}  // namespace test_hosted_callbacks
