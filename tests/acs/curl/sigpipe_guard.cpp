// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/curl/sigpipe_guard.hpp>

#include <pthread.h>
#include <signal.h>

#include "support/catch.hpp"

namespace test_curl_sigpipe_guard {

namespace {

sigset_t sigpipe() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

bool is_pending() {
    sigset_t set;
    sigemptyset(&set);
    sigpending(&set);
    return sigismember(&set, SIGPIPE) == 1;
}

bool is_blocked() {
    sigset_t set;
    sigemptyset(&set);
    pthread_sigmask(SIG_BLOCK, nullptr, &set);
    return sigismember(&set, SIGPIPE) == 1;
}

}  // namespace

TEST_CASE("A SIGPIPE under the guard ends nothing, and is gone afterwards", "[curl]") {
    REQUIRE_FALSE(is_blocked());
    {
        acs::sigpipe_guard const guard;
        CHECK(is_blocked());
        pthread_kill(pthread_self(), SIGPIPE);  // would end this program
        CHECK(is_pending());
    }
    CHECK_FALSE(is_pending());
    CHECK_FALSE(is_blocked());
}

TEST_CASE("Guards nest, and one under which nothing happens changes nothing", "[curl]") {
    acs::sigpipe_guard const outer;
    {
        acs::sigpipe_guard const inner;
        pthread_kill(pthread_self(), SIGPIPE);
    }
    CHECK_FALSE(is_pending());
    CHECK(is_blocked());
}

TEST_CASE("A SIGPIPE that somebody else waits for stays", "[curl]") {
    sigset_t const set = sigpipe();
    sigset_t before;
    pthread_sigmask(SIG_BLOCK, &set, &before);
    pthread_kill(pthread_self(), SIGPIPE);
    { acs::sigpipe_guard const guard; }
    CHECK(is_pending());
    int number = 0;
    sigwait(&set, &number);
    CHECK(number == SIGPIPE);
    CHECK(is_blocked());
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace test_curl_sigpipe_guard
