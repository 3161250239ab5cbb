// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The adapters for Boost.Beast, where transports are tried.
#ifndef ACS_TESTS_SUPPORT_BEAST_WORLDS_HPP
#define ACS_TESTS_SUPPORT_BEAST_WORLDS_HPP

#include <acs/beast.hpp>
#include <acs/testing/conformance/world.hpp>

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "support/servers.hpp"

namespace acs_tests {

/// What each way of making calls is told.
class beast_servers : public servers {
public:
    [[nodiscard]] static bool can(acs::conformance::feature) { return true; }

protected:
    using key = std::pair<bool, proxy>;
    static key key_of(acs::conformance::call_how const& how) { return {how.allow_http, how.through}; }

    template <class Make>
    auto make(acs::conformance::call_how const& how, Make made) const {
        std::string const url = proxy_url(how.through);
        return made(acs::beast_options{.allow_http = how.allow_http, .ca_file = trusted(), .proxy = url});
    }
};

class beast_world : public beast_servers {
public:
    template <acs::answer_sink Sink>
    acs::conformance::called call(acs::request const& made, Sink& sink, acs::conformance::call_how const& how) {
        auto const blocking = [](acs::beast_options const& options) { return std::make_unique<acs::beast>(options); };
        if (!how.cancel_when) {
            auto& kept = kept_[key_of(how)];
            if (kept == nullptr) kept = make(how, blocking);
            return acs::conformance::call_blocking(*kept, made, sink, how);
        }
        // What was stopped stays so, so it is one of its own; another thread stops it.
        std::unique_ptr<acs::beast> const http = make(how, blocking);
        std::atomic<bool> over = false;
        std::thread stopper([&] {
            while (!over && !how.cancel_when()) std::this_thread::yield();
            http->stop();
        });
        auto const carried = acs::conformance::call_blocking(*http, made, sink, how);
        over = true;
        stopper.join();
        return carried;
    }

private:
    std::map<key, std::unique_ptr<acs::beast>> kept_{};
};

class beast_client_world : public beast_servers {
public:
    template <acs::answer_sink Sink>
    acs::conformance::called call(acs::request const& made, Sink& sink, acs::conformance::call_how const& how) {
        auto& kept = kept_[key_of(how)];
        auto const client = [this](acs::beast_options const& options) { return std::make_unique<acs::beast_client>(loop_, options); };
        if (kept == nullptr) kept = make(how, client);
        auto const turn = [this] {
            loop_.restart();
            loop_.run_one_for(std::chrono::milliseconds(5));
        };
        return acs::conformance::call_back(*kept, turn, made, sink, how);
    }

private:
    boost::asio::io_context loop_{};
    std::map<key, std::unique_ptr<acs::beast_client>> kept_{};
};

}  // namespace acs_tests

#endif
