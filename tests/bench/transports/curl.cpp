// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/curl.hpp>

#include <algorithm>
#include <functional>
#include <list>

#include "bench/require.hpp"
#include "bench/transports/contender.hpp"

namespace acs_bench {

namespace {

std::size_t keep(char* data, std::size_t size, std::size_t count, void* text) {
    static_cast<std::string*>(text)->append(data, size * count);
    return size * count;
}

/// An easy handle that is set up once for one request.
class bare_handle {
public:
    explicit bare_handle(signed_request const& r) : handle_(curl_easy_init()) {
        for (acs::field const& f : r.made.fields)
            fields_ = curl_slist_append(fields_, (std::string(f.name) + ": " + std::string(f.value)).c_str());
        for (char const* const off : {"Expect:", "Accept:", "User-Agent:", "Content-Type:"}) fields_ = curl_slist_append(fields_, off);
        curl_easy_setopt(handle_, CURLOPT_URL, ("http://" + r.host + std::string(r.made.target)).c_str());
        curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, fields_);
        curl_easy_setopt(handle_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle_, CURLOPT_PROXY, "");
        curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, 60'000L);
        if (r.made.verb != acs::method::get) {
            require(r.made.verb == acs::method::post && r.made.body.empty(), "another request than this knows");
            curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, "");
        }
        curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &keep);
        curl_easy_setopt(handle_, CURLOPT_WRITEDATA, &body_);
        curl_easy_setopt(handle_, CURLOPT_PRIVATE, this);
    }
    bare_handle(bare_handle const&) = delete;
    bare_handle& operator=(bare_handle const&) = delete;
    ~bare_handle() {
        curl_easy_cleanup(handle_);
        curl_slist_free_all(fields_);
    }

    [[nodiscard]] CURL* get() const noexcept { return handle_; }
    /// Whether there is an answer; it is forgotten then.
    [[nodiscard]] bool take() {
        bool const there = !body_.empty();
        body_.clear();
        return there;
    }

private:
    CURL* handle_;
    curl_slist* fields_{};
    std::string body_{};
};

class bare_blocking final : public contender {
public:
    explicit bare_blocking(std::string const& host) : contender("curl/blocking/bare"), request_(host), handle_(request_) {}
    bool run(std::size_t calls) override {
        for (std::size_t i = 0; i < calls; ++i)
            if (curl_easy_perform(handle_.get()) != CURLE_OK || !handle_.take()) return false;
        return true;
    }

private:
    signed_request request_;
    bare_handle handle_;
};

class our_blocking final : public contender {
public:
    explicit our_blocking(std::string const& host) : contender("curl/blocking/ours"), host_(host) {}
    bool run(std::size_t calls) override {
        for (std::size_t i = 0; i < calls; ++i) {
            auto const reply = client_.call(question);
            if (!reply || reply->data.task_content.empty()) return false;
        }
        return true;
    }

private:
    std::string host_;
    acs::curl http_{{.allow_http = true}};
    acs::client<acs::curl> client_{http_, acs::endpoint{.host = host_, .scheme = acs::scheme::http}, key};
};

class bare_multi final : public contender {
public:
    bare_multi(std::string const& host, std::size_t in_flight)
        : contender("curl/" + std::to_string(in_flight) + "/bare"), request_(host), multi_(curl_multi_init()) {
        for (std::size_t i = 0; i < in_flight; ++i) handles_.emplace_back(request_);
    }
    ~bare_multi() override { curl_multi_cleanup(multi_); }

    bool run(std::size_t calls) override {
        std::size_t started = 0, ended = 0;
        for (bare_handle& h : handles_)
            if (started++ < calls) curl_multi_add_handle(multi_, h.get());
        started = std::min(handles_.size(), calls);
        while (ended < calls) {
            int running = 0, left = 0;
            if (curl_multi_perform(multi_, &running) != CURLM_OK) return false;
            while (CURLMsg const* const said = curl_multi_info_read(multi_, &left)) {
                CURL* const h = said->easy_handle;
                bare_handle* bare = nullptr;
                curl_easy_getinfo(h, CURLINFO_PRIVATE, &bare);
                if (said->data.result != CURLE_OK || !bare->take()) return false;
                curl_multi_remove_handle(multi_, h);
                ++ended;
                if (started < calls) curl_multi_add_handle(multi_, h), ++started;
            }
            if (ended < calls && curl_multi_poll(multi_, nullptr, 0, 1000, nullptr) != CURLM_OK) return false;
        }
        return true;
    }

private:
    signed_request request_;
    CURLM* multi_;
    std::list<bare_handle> handles_{};
};

class our_multi final : public contender {
public:
    our_multi(std::string const& host, std::size_t in_flight)
        : contender("curl/" + std::to_string(in_flight) + "/ours"),
          host_(host),
          in_flight_(in_flight),
          http_({.allow_http = true, .max_connections = in_flight}) {}

    bool run(std::size_t calls) override {
        std::size_t started = 0;
        bool good = true;
        std::function<void()> const start = [&] {
            if (started == calls) return;
            ++started;
            client_.call(question).start([&](auto const& reply) {
                good = good && reply && !reply->data.task_content.empty();
                start();
            });
        };
        for (std::size_t i = 0; i < in_flight_; ++i) start();
        http_.run();
        return good && started == calls;
    }

private:
    std::string host_;
    std::size_t in_flight_;
    acs::curl_multi http_;
    acs::awaiting<acs::curl_multi> world_{http_};
    acs::async_client<acs::awaiting<acs::curl_multi>> client_{world_, acs::endpoint{.host = host_, .scheme = acs::scheme::http}, key};
};

}  // namespace

void add_curl(contenders& all, std::string const& host) {
    all.push_back(std::make_unique<bare_blocking>(host));
    all.push_back(std::make_unique<our_blocking>(host));
    for (std::size_t const in_flight : {1U, 10U, 100U, 1000U}) {
        all.push_back(std::make_unique<bare_multi>(host, in_flight));
        all.push_back(std::make_unique<our_multi>(host, in_flight));
    }
}

}  // namespace acs_bench
