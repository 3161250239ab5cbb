// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The adapters for libcurl, where transports are tried.
#ifndef ACS_TESTS_SUPPORT_CURL_WORLDS_HPP
#define ACS_TESTS_SUPPORT_CURL_WORLDS_HPP

#include <acs/curl.hpp>
#include <acs/testing/conformance/world.hpp>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "support/servers.hpp"

namespace acs_tests {

/// A transport for each way of making calls; each keeps its connections.
template <class Transport>
class curl_transports : public servers {
public:
    [[nodiscard]] static bool can(acs::conformance::feature) { return true; }

protected:
    Transport& transport(acs::conformance::call_how const& how) {
        auto& kept = kept_[{how.allow_http, how.through}];
        if (kept == nullptr) kept = make(how);
        return *kept;
    }
    std::unique_ptr<Transport> make(acs::conformance::call_how const& how) {
        std::string& url = urls_[how.through];
        url = proxy_url(how.through);
        return std::make_unique<Transport>(acs::curl_options{.allow_http = how.allow_http, .ca_file = trusted(), .proxy = url.c_str()});
    }

private:
    std::map<std::pair<bool, proxy>, std::unique_ptr<Transport>> kept_{};
    std::map<proxy, std::string> urls_{};
};

class curl_world : public curl_transports<acs::curl> {
public:
    template <acs::answer_sink Sink>
    acs::conformance::called call(acs::request const& made, Sink& sink, acs::conformance::call_how const& how) {
        if (!how.cancel_when) return acs::conformance::call_blocking(transport(how), made, sink, how);
        // What was stopped stays so, so it is one of its own; another thread stops it.
        std::unique_ptr<acs::curl> const http = make(how);
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
};

class curl_multi_world : public curl_transports<acs::curl_multi> {
public:
    template <acs::answer_sink Sink>
    acs::conformance::called call(acs::request const& made, Sink& sink, acs::conformance::call_how const& how) {
        acs::curl_multi& http = transport(how);
        return acs::conformance::call_back(
            http, [&http] { http.run_once(5); }, made, sink, how);
    }
};

}  // namespace acs_tests

#endif
