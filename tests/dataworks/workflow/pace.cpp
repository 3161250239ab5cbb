// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks/workflow/pace.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace test_dataworks_workflow_pace {

using dataworks::job_pace;

namespace {

/// The first waits of a job.
std::vector<std::uint32_t> waits(job_pace const& pace, std::size_t count) {
    std::vector<std::uint32_t> list{pace.first()};
    while (list.size() < count) list.push_back(pace.after(list.back()));
    return list;
}

/// How many questions go in less than `ms`, counted one by one: the first at once, each next one after the next wait.
std::uint64_t counted(job_pace const& pace, std::uint64_t ms, std::uint32_t wait) {
    std::uint64_t asked = 0;
    for (std::uint64_t at = 0; at < ms; at += wait, wait = pace.after(wait)) ++asked;
    return asked;
}

constexpr std::int64_t epoch = 1'700'000'000;

}  // namespace

static_assert(job_pace{}.first() == 3'000 && job_pace{}.after(3'000) == 4'500);

/// Growth by division of 64 bits, which the library does without.
constexpr bool grows_exactly(std::uint32_t wait_ms, std::uint32_t percent) {
    std::uint64_t const grown = std::uint64_t{wait_ms} * percent / 100;
    job_pace const pace{.first_wait_ms = 100, .growth_percent = percent, .max_wait_ms = UINT32_MAX};
    return pace.after(wait_ms) == (grown < UINT32_MAX ? grown : UINT32_MAX);
}
static_assert(grows_exactly(100, 199) && grows_exactly(199, 101) && grows_exactly(4'294'967'295, 100) && grows_exactly(4'294'967'295, 199));
static_assert(grows_exactly(42'949'672, 9'999) && grows_exactly(4'294'967'199, 4'294'967'295) && grows_exactly(101, 4'294'967'295));

TEST_CASE("Waits grow as they are told to", "[workflow]") {
    using list = std::vector<std::uint32_t>;
    CHECK(waits({}, 10) == list{3'000, 4'500, 6'750, 10'125, 15'187, 22'780, 34'170, 51'255, 60'000, 60'000});
    CHECK(waits({.first_wait_ms = 1'000, .growth_percent = 100}, 4) == list{1'000, 1'000, 1'000, 1'000});
    CHECK(waits({.first_wait_ms = 1'000, .growth_percent = 0}, 3) == list{1'000, 1'000, 1'000});  // never shorter
    CHECK(waits({.first_wait_ms = 90'000}, 3) == list{60'000, 60'000, 60'000});
    CHECK(waits({.first_wait_ms = 0, .growth_percent = 300}, 4) == list{100, 300, 900, 2'700});  // a tenth of a second at least
    CHECK(waits({.first_wait_ms = 0, .max_wait_ms = 0}, 3) == list{100, 100, 100});
    CHECK(waits({.first_wait_ms = UINT32_MAX, .growth_percent = UINT32_MAX, .max_wait_ms = UINT32_MAX}, 2) == list{UINT32_MAX, UINT32_MAX});
}

TEST_CASE("Questions until a deadline are as many as can be counted", "[workflow]") {
    for (std::uint32_t const first : {0U, 1U, 100U, 999U, 3'000U})
        for (std::uint32_t const growth : {0U, 100U, 101U, 150U, 1'000U})
            for (std::uint32_t const most : {0U, 150U, 2'000U, 60'000U}) {
                job_pace const pace{.first_wait_ms = first, .growth_percent = growth, .max_wait_ms = most};
                for (std::uint64_t ms = 0; ms < 12'000; ms += 37)
                    if (pace.most_questions(ms, pace.first()) != counted(pace, ms, pace.first())) {
                        INFO(first << " " << growth << " " << most << " " << ms);
                        CHECK(pace.most_questions(ms, pace.first()) == counted(pace, ms, pace.first()));
                    }
            }
    // The defaults make about 40 calls in half an hour, generating and creating included.
    CHECK(job_pace{}.most_questions(1'800'000, 3'000) == counted({}, 1'800'000, 3'000));
    CHECK(counted({}, 1'800'000, 3'000) == 36);
    // Without end, and in no time.
    CHECK(job_pace{.growth_percent = 100}.most_questions(UINT64_MAX, 3'000) == (UINT64_MAX - 1) / 3'000 + 1);
    CHECK(job_pace{.first_wait_ms = 0, .growth_percent = 101, .max_wait_ms = UINT32_MAX}.most_questions(UINT64_MAX, 100) > 4'000'000'000);
}

TEST_CASE("A deadline counts from the first start, by the later of two wall clocks", "[workflow]") {
    job_pace const pace{.deadline_ms = 600'000};
    auto const in = [&](std::int64_t started, std::int64_t seen, std::int64_t now) {
        return pace.deadline({.wall = {epoch + now}, .now = {5'000}}, {epoch + started}, {epoch + seen}).ms - 5'000;
    };
    CHECK(in(0, 0, 0) == 600'000);
    CHECK(in(0, 0, 1) == 599'000);
    CHECK(in(0, 7, 1) == 593'000);
    CHECK(in(0, 7, -1'000) == 593'000);
    CHECK(in(0, 0, 600) == 0);
    CHECK(in(0, 601, 0) == 0);
    CHECK(in(100, 0, 0) == 600'000);  // it is to start yet
    CHECK(job_pace{.deadline_ms = 0}.deadline({.wall = {9}, .now = {7}}, {}, {}) == acs::tick{UINT64_MAX});
    CHECK(pace.deadline({.now = {UINT64_MAX - 1}}, {}, {}) == acs::tick{UINT64_MAX});
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
    CHECK(pace.deadline({.wall = {most}, .now = {7}}, {least}, {least}) == acs::tick{7});
    CHECK(pace.deadline({.wall = {least}, .now = {7}}, {most}, {most}) == acs::tick{600'007});
}

TEST_CASE("The first start moves along with a wall clock that is set", "[workflow]") {
    job_pace const pace{.deadline_ms = 600'000};
    auto const start = [&](std::uint64_t passed_ms, std::int64_t wall) {
        return pace.start({.wall = {wall}, .now = {5'000 + passed_ms}}, {605'000}, {epoch}).seconds - epoch;
    };
    CHECK(start(0, epoch) == 0);
    CHECK(start(100'000, epoch + 100) == 0);
    CHECK(start(100'999, epoch + 101) == 0);  // whole seconds of two clocks
    CHECK(start(100'000, epoch + 99) == 0);
    CHECK(start(100'000, epoch + 103) == 3);
    CHECK(start(100'000, epoch + 97) == -3);
    CHECK(start(100'000, epoch - 3'500) == -3'600);
    CHECK(start(900'000, epoch + 600) == 0);
    CHECK(start(100'000, 30) == -epoch);  // before the calendar begins
    CHECK(job_pace{.deadline_ms = 0}.start({.wall = {9}}, {UINT64_MAX}, {7}) == acs::wall_time{7});
}

TEST_CASE("A deadline that is over stays over for the next process, whole seconds or not", "[workflow]") {
    for (std::uint32_t const deadline_ms : {1U, 999U, 1'000U, 1'500U, 600'001U, UINT32_MAX})
        for (std::uint64_t const since : {0U, 1U, 3'600U}) {
            job_pace const pace{.deadline_ms = deadline_ms};
            acs::moment const now{.wall = {epoch + deadline_ms / 1'000 + static_cast<std::int64_t>(since) + 1},
                                  .now = {deadline_ms + since * 1'000 + 1'000}};
            acs::wall_time const started = pace.start(now, {deadline_ms}, {epoch});
            INFO(deadline_ms << " " << since);
            CHECK(pace.deadline(now, started, now.wall) == now.now);
        }
}

}  // namespace test_dataworks_workflow_pace
