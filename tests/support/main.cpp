// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The main program of the suite: Catch2's, which also writes how many test cases passed and failed to the file that ACS_TEST_TALLY
// names, for the closing line of tests/run.
#define CATCH_CONFIG_RUNNER
#include "support/catch.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

struct tally : Catch::
#if __has_include(<catch2/catch_all.hpp>)
                   EventListenerBase {
    using EventListenerBase::EventListenerBase;
#else
                   TestEventListenerBase {
    using TestEventListenerBase::TestEventListenerBase;
#endif

    void testRunEnded(Catch::TestRunStats const& run) override {
        char const* const path = std::getenv("ACS_TEST_TALLY");
        std::FILE* const file = path != nullptr ? std::fopen(path, "w") : nullptr;
        if (file == nullptr) return;
        auto const& cases = run.totals.testCases;
        std::fprintf(file, "%llu %llu\n", static_cast<unsigned long long>(cases.passed), static_cast<unsigned long long>(cases.failed));
        std::fclose(file);
    }
};

CATCH_REGISTER_LISTENER(tally)

}  // namespace

int main(int argc, char* argv[]) { return Catch::Session().run(argc, argv); }
