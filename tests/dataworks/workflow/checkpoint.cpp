// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks/workflow/checkpoint.hpp>

#include "support/catch.hpp"
#include "support/job_driver.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace test_dataworks_workflow_checkpoint {

using acs_tests::stored;

namespace {

constexpr std::string_view generation_digits = "00112233445566778899aabbccddeeff";
constexpr std::string_view finish_digits = "ffeeddccbbaa99887766554433221100";

dataworks::checkpoint sample() {
    return {.kind = dataworks::job_kind::updating,
            .phase = dataworks::job_phase::asking,
            .may_have_run = true,
            .process_id = 1234,
            .generation_token = acs::client_token::parse(generation_digits),
            .finish_token = acs::client_token::parse(finish_digits),
            .started = {1'700'000'000},
            .saved = {1'700'000'100},
            .spent = 17};
}

constexpr std::string_view sample_text =
    R"({"job":"updating","phase":"asking","may_have_run":true,"process_id":1234,)"
    R"("generation_token":"00112233445566778899aabbccddeeff","finish_token":"ffeeddccbbaa99887766554433221100",)"
    R"("started":1700000000,"saved":1700000100,"spent":17})";

/// What reading says is wrong; `-` if nothing is.
std::string fault_of(std::string_view text) {
    auto const read = dataworks::read_checkpoint(text);
    return read ? "-" : std::string(read.error().where);
}

/// The sample with a member's value replaced.
std::string with(std::string const& name, std::string const& value) {
    std::string text(sample_text);
    std::size_t const at = text.find("\"" + name + "\":") + name.size() + 3;
    return text.replace(at, text.find_first_of(",}", at) - at, value);
}

constexpr std::array<char const*, 9> members{"job",          "phase",   "may_have_run", "process_id", "generation_token",
                                             "finish_token", "started", "saved",        "spent"};

void check_same(dataworks::checkpoint const& a, dataworks::checkpoint const& b) {
    CHECK(a.kind == b.kind);
    CHECK(a.phase == b.phase);
    CHECK(a.may_have_run == b.may_have_run);
    CHECK(a.process_id == b.process_id);
    CHECK(a.generation_token.view() == b.generation_token.view());
    CHECK(a.finish_token.view() == b.finish_token.view());
    CHECK(a.started == b.started);
    CHECK(a.saved == b.saved);
    CHECK(a.spent == b.spent);
}

}  // namespace

TEST_CASE("A checkpoint is one JSON object of plain members", "[workflow]") { CHECK(stored(sample()) == sample_text); }

TEST_CASE("What is written is read again", "[workflow]") {
    using dataworks::job_kind;
    using dataworks::job_phase;
    for (job_kind const kind : {job_kind::creating, job_kind::updating})
        for (job_phase const phase : {job_phase::generating, job_phase::asking, job_phase::finishing})
            for (bool const ran : {false, true})
                for (std::int64_t const id : {std::int64_t{0}, std::int64_t{1}, std::int64_t{9'999'999'999'999'999}})
                    for (std::uint32_t const spent : {0U, 1U, UINT32_MAX}) {
                        if (phase == job_phase::asking && id == 0) continue;
                        dataworks::checkpoint c = sample();
                        c.kind = kind;
                        c.phase = phase;
                        c.may_have_run = ran;
                        c.process_id = id;
                        c.spent = spent;
                        std::string const text = stored(c);
                        INFO(text);
                        auto const read = dataworks::read_checkpoint(text);
                        REQUIRE(read);
                        check_same(*read, c);
                    }
    for (char const* const around : {"\n", " \r\n\t"}) CHECK(fault_of(around + std::string(sample_text) + around) == "-");
}

TEST_CASE("A checkpoint takes less than 400 bytes, however large its numbers are", "[workflow]") {
    dataworks::checkpoint c = sample();
    c.phase = dataworks::job_phase::generating;
    c.may_have_run = false;
    c.process_id = 9'999'999'999'999'999;
    c.started = c.saved = {253'402'300'799};
    c.spent = UINT32_MAX;
    CHECK(stored(c).size() < 400);
}

TEST_CASE("A checkpoint that was cut off is refused, wherever it was cut", "[workflow]") {
    for (std::size_t size = 0; size < sample_text.size(); ++size) {
        INFO(size);
        CHECK(fault_of(sample_text.substr(0, size)) != "-");
        CHECK_FALSE(fault_of(sample_text.substr(0, size)).empty());
    }
}

TEST_CASE("A checkpoint with something behind it is refused", "[workflow]") {
    for (char const* const more : {"}", ",", "x", "{}", "0"}) CHECK(fault_of(std::string(sample_text) + more) == "json");
}

TEST_CASE("Text that is no object is refused", "[workflow]") {
    for (char const* const text : {"", " ", "null", "[]", "7", "\"job\"", "{", "garbage", "[{\"job\":\"creating\"}]"}) {
        INFO(text);
        CHECK_FALSE(fault_of(text).empty());
        CHECK(fault_of(text) != "-");
    }
}

TEST_CASE("A member that is missing, misspelt or of another kind is named", "[workflow]") {
    for (std::string const name : members) {
        INFO(name);
        std::string misspelt(sample_text);
        misspelt.replace(misspelt.find("\"" + name + "\":") + 1, 1, "_");
        CHECK(fault_of(misspelt) == name);

        std::string missing(sample_text);
        std::size_t const at = missing.find("\"" + name + "\":");
        missing.erase(at, missing.find_first_of(",}", at) - at);
        if (std::size_t const commas = missing.find(",,"); commas != std::string::npos) missing.erase(commas, 1);
        if (missing[1] == ',') missing.erase(1, 1);
        if (missing[missing.size() - 2] == ',') missing.erase(missing.size() - 2, 1);
        CHECK(fault_of(missing) == name);

        for (char const* const value : {"null", "{}", "[]", "[1]", "{\"a\":1}", "-1", "1.5", "1e400", "\"\"", "\"x\"", "\"asking \""})
            CHECK(fault_of(with(name, value)) == name);
        bool const number = name == "process_id" || name == "started" || name == "saved" || name == "spent";
        if (!number) CHECK(fault_of(with(name, "7")) == name);
        if (number) CHECK(fault_of(with(name, "\"7\"")) == name);
        if (name != "may_have_run") CHECK(fault_of(with(name, "true")) == name);
    }
}

TEST_CASE("A number that makes no sense is named", "[workflow]") {
    for (char const* const value : {"253402300800", "9223372036854775807", "9223372036854775808", "-9223372036854775808"}) {
        CHECK(fault_of(with("started", value)) == "started");
        CHECK(fault_of(with("saved", value)) == "saved");
    }
    CHECK(fault_of(with("spent", "4294967296")) == "spent");
    CHECK(fault_of(with("process_id", "10000000000000000")) == "process_id");
    CHECK(fault_of(with("process_id", "0")) == "process_id");
}

TEST_CASE("Every digit of a token counts", "[workflow]") {
    for (std::string const name : {"generation_token", "finish_token"}) {
        std::string const good(generation_digits);
        CHECK(fault_of(with(name, "\"" + good + "\"")) == "-");
        CHECK(fault_of(with(name, "\"" + good + "0\"")) == name);
        CHECK(fault_of(with(name, "\"" + good.substr(1) + "\"")) == name);
        for (std::size_t i = 0; i < good.size(); ++i)
            for (char const* const wrong : {"g", "A", " ", "\\u0030"}) {
                std::string text = good;
                text.replace(i, 1, wrong);
                CHECK(fault_of(with(name, "\"" + text + "\"")) == name);
            }
    }
}

TEST_CASE("A budget takes over the calls of the process before", "[workflow]") {
    std::array<std::uint32_t, 100> log{};
    auto const left = [&](std::uint32_t spent, std::int64_t age, std::uint64_t at) {
        acs::call_budget budget{{.per_second = 5, .per_day = 100}, log};
        dataworks::checkpoint c = sample();
        c.spent = spent;
        dataworks::restore(budget, c, {.wall = {c.saved.seconds + age}, .now = {at}});
        std::uint32_t calls = 0;
        for (acs::tick now{at}; calls < 200; ++calls) {
            now.ms += 1000;
            if (budget.next(now) != now) break;
            budget.take(now);
        }
        return calls;
    };
    for (std::uint64_t const at : {std::uint64_t{0}, std::uint64_t{5000}, std::uint64_t{0xFFFF'FFFF}, std::uint64_t{1} << 40}) {
        INFO(at);
        CHECK(left(0, 10, at) == 100);
        CHECK(left(60, 10, at) == 40);
        CHECK(left(100, 10, at) == 0);
        CHECK(left(1000, 10, at) == 0);
        CHECK(left(60, -10, at) == 40);  // the clock was set back
        CHECK(left(60, 0, at) == 40);
        CHECK(left(60, 86'400 + 2, at) == 100);  // more than a day ago
        CHECK(left(60, 5'000'000'000, at) == 100);
    }
}

TEST_CASE("Calls of the process before count until a day after it was stopped, and not a moment less", "[workflow]") {
    std::array<std::uint32_t, 10> log{};
    acs::call_budget budget{{.per_second = 0, .per_day = 10}, log};
    dataworks::checkpoint c = sample();
    c.spent = 10;
    // Stored at the end of its second, taken up at the beginning of another: 60 s by the calendar are 59 s and a little.
    dataworks::restore(budget, c, {.wall = {c.saved.seconds + 60}, .now = {1'000'000}});
    CHECK(budget.next({1'000'000}) == acs::tick{1'000'000 - 59'000 + 86'400'000});
}

TEST_CASE("Times that make no sense do no harm", "[workflow]") {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
    std::array<std::uint32_t, 10> log{};
    for (std::int64_t const saved : {least, std::int64_t{0}, most})
        for (std::int64_t const wall : {least, std::int64_t{0}, most}) {
            acs::call_budget budget{{.per_second = 0, .per_day = 10}, log};
            dataworks::checkpoint c = sample();
            c.spent = 10;
            c.saved = {saved};
            dataworks::restore(budget, c, {.wall = {wall}, .now = {7}});
            CHECK((budget.next({7}) == acs::tick{7}) == (wall > saved));
        }
}

}  // namespace test_dataworks_workflow_checkpoint
