// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/task.hpp>

#include "support/catch.hpp"

#include <coroutine>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace test_hosted_task {

namespace {

/// Keeps whoever awaits it until `open`.
struct gate {
    std::vector<std::coroutine_handle<>> waiting{};
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> who) { waiting.push_back(who); }
    void await_resume() const noexcept {}
    void open() {
        for (std::coroutine_handle<> const who : std::exchange(waiting, {})) who.resume();
    }
};

acs::task<int> after(gate& g, int value, std::string& log) {
    log += "begun ";
    co_await g;
    log += "gone on ";
    co_return value;
}

acs::task<std::unique_ptr<int>> sum(gate& g, std::string& log) {
    int const a = co_await after(g, 1, log);
    int const b = co_await after(g, 2, log);
    co_return std::make_unique<int>(a + b);
}

acs::task<int> thrower(gate& g) {
    co_await g;
    throw std::runtime_error("of the body");
}

acs::task<std::string> catcher(gate& g) {
    try {
        co_return std::to_string(co_await thrower(g));
    } catch (std::runtime_error const& e) {
        co_return e.what();
    }
}

}  // namespace

TEST_CASE("A task begins when it is started, and one awaits the other", "[hosted]") {
    gate g;
    std::string log;
    int result = 0;
    {
        acs::task<int> const never = after(g, 1, log);
    }
    CHECK(log.empty());
    sum(g, log).start([&](std::unique_ptr<int> made) { result = *made; });
    CHECK(log == "begun ");
    g.open();
    CHECK(log == "begun gone on begun ");
    CHECK(result == 0);
    g.open();
    CHECK(log == "begun gone on begun gone on ");
    CHECK(result == 3);
}

TEST_CASE("A task that is moved is the same task", "[hosted]") {
    gate g;
    std::string log;
    acs::task<int> a = after(g, 1, log), b = after(g, 2, log);
    a = std::move(b);
    acs::task<int> c(std::move(a));
    int result = 0;
    std::move(c).start([&](int made) { result = made; });
    g.open();
    CHECK(result == 2);
}

TEST_CASE("An exception comes out where it is awaited", "[hosted]") {
    gate g;
    std::string said;
    catcher(g).start([&](std::string text) { said = std::move(text); });
    g.open();
    CHECK(said == "of the body");
}

}  // namespace test_hosted_task
