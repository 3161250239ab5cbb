// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// libcurl without memory, at each place where it asks for some.
#include <acs/curl.hpp>

#include <curl/curl.h>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>

#include "archetypes/transport.hpp"
#include "support/listener.hpp"
#include "support/loopback.hpp"
#include "support/plain_request.hpp"

namespace test_curl_memory {

using acs_tests::loopback;
using acs_tests::plain_request;
using acs_tests::sink_archetype;

namespace {

/// What libcurl gets from the heap, for this thread: so many pieces, then none; or but for one.
struct heap {
    static constexpr long without_end = -1;
    long left = without_end;
    bool only_one = false;

    bool gives() {
        if (left == without_end) return true;
        if (left > 0) return --left, true;
        if (only_one) left = without_end;
        return false;
    }
};
thread_local heap of_libcurl;

void* get(std::size_t size) { return of_libcurl.gives() ? std::malloc(size) : nullptr; }
void* grow(void* old, std::size_t size) { return of_libcurl.gives() ? std::realloc(old, size) : nullptr; }
void* get_zeros(std::size_t count, std::size_t size) { return of_libcurl.gives() ? std::calloc(count, size) : nullptr; }
char* copy(char const* text) { return of_libcurl.gives() ? ::strdup(text) : nullptr; }

/// Before libcurl is used at all: it takes these once.
CURLcode const taken = curl_global_init_mem(CURL_GLOBAL_ALL, get, std::free, grow, copy, get_zeros);

/// A call after one whose connection is no good any more: once for each place at which it may run out of memory. `call` returns how often
/// it ended, and whether well.
template <class Http, class Call>
void run_out_everywhere(Call call) {
    REQUIRE(taken == CURLE_OK);
    for (bool const only_one : {true, false}) {
        bool enough = false;
        for (long pieces = 0; !enough; ++pieces) {
            INFO("after " << pieces << " pieces, " << only_one);
            REQUIRE(pieces < 2'000);
            loopback server;
            Http http({.allow_http = true});
            plain_request const asked(server.host(), "/", "body");
            REQUIRE(call(http, asked));
            server.meanwhile({"nobody asked"});
            of_libcurl = {pieces, only_one};
            bool const well = call(http, asked);
            enough = of_libcurl.left > 0;
            REQUIRE((!enough || pieces > 20));  // else libcurl asks somebody else
            of_libcurl = {};
            CHECK((well || !enough));
            CHECK(call(http, asked));
            CHECK(server.requests().size() <= 3);
        }
    }
}

}  // namespace

TEST_CASE("A blocking call without memory fails, and the next one works", "[curl]") {
    run_out_everywhere<acs::curl>([](acs::curl& http, plain_request const& asked) {
        sink_archetype sink;
        return http.perform(asked.view(), sink).has_value();
    });
}

TEST_CASE("A call in flight without memory ends once, and the next one works", "[curl]") {
    run_out_everywhere<acs::curl_multi>([](acs::curl_multi& http, plain_request const& asked) {
        sink_archetype sink;
        int ended = 0;
        bool well = false;
        http.carry(asked.view(), sink, 5'000, [&](acs::result<void> const& how) {
            ++ended;
            well = how.has_value();
        });
        http.run();
        CHECK(ended == 1);
        return well;
    });
}

TEST_CASE("A request that there is no memory for is not sent as another one", "[curl]") {
    bool enough = false;
    for (long pieces = 0; !enough; ++pieces) {
        REQUIRE(pieces < 2'000);
        loopback server;
        acs::curl http({.allow_http = true});
        plain_request const asked(server.host(), "/", "body");
        sink_archetype sink;
        of_libcurl = {pieces, true};
        bool const well = http.perform(asked.view(acs::method::put), sink).has_value();
        enough = of_libcurl.left > 0;
        of_libcurl = {};
        CHECK((well || !enough));
        for (acs_tests::arrived const& r : server.requests()) CHECK(r.method + " " + r.body == "PUT body");
    }
}

TEST_CASE("A proxy that there is no memory for is not passed by", "[curl]") {
    loopback server;
    std::string const nobody = "http://" + acs_tests::listener().host();  // that nobody listens at any more
    plain_request const asked(server.host());
    bool enough = false;
    for (long pieces = 0; !enough; ++pieces) {
        REQUIRE(pieces < 2'000);
        acs::curl http({.allow_http = true, .proxy = nobody.c_str()});
        for (int i = 0; i < 2; ++i) {
            sink_archetype sink;
            of_libcurl = {pieces, true};
            CHECK_FALSE(http.perform(asked.view(), sink));
            enough = of_libcurl.left > 0;
            of_libcurl = {};
        }
    }
    CHECK(server.connections() == 0);
}

}  // namespace test_curl_memory
