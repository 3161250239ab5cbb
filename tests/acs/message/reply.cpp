// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/message/reply.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace test_message_reply {

namespace {

constexpr std::uint32_t wait(std::string_view value) {
    std::array const fields{acs::field{"date", "7"}, acs::field{"X-Acs-Retry-After", value}};
    return acs::retry_after_ms(fields);
}

}  // namespace

TEST_CASE("the wait is a positive number of milliseconds", "[message]") {
    STATIC_REQUIRE(wait("2000") == 2000);
    CHECK(wait("1") == 1);
    CHECK(wait(" 250\t") == 250);
    CHECK(wait("0250") == 250);
    CHECK(wait("000000000000000000000001") == 1);
    CHECK(wait("4294967294") == 4'294'967'294U);
    CHECK(wait("4294967295") == 4'294'967'295U);
}

TEST_CASE("a wait that does not fit is the longest there is", "[message]") {
    for (std::string_view const text : {"4294967296", "4294967300", "42949672950", "42949672960", "9999999999", "18446744073709551616",
                                        "18446744073709551617", "340282366920938463463374607431768211456"})
        CHECK(wait(text) == 4'294'967'295U);
    CHECK(wait(std::string(10'000, '9')) == 4'294'967'295U);
}

TEST_CASE("a wait that makes no sense is none", "[message]") {
    for (std::string_view const text : {"", " ", "0", "00", "-1", "-0", "+1", "1.5", "1,000", "1e3", "0x10", "1 2", "1s", "s1", "2000 ms",
                                        "NaN", "Thu, 26 Oct 2023 10:22:32 GMT", "\xEF\xBC\x91", "99999999999x", "-99999999999999999999"})
        CHECK(wait(text) == 0);
    CHECK(wait({"1\0", 2}) == 0);
    CHECK(acs::retry_after_ms({}) == 0);
}

TEST_CASE("retry-after of HTTP, which is in seconds or a date, is another header", "[message]") {
    constexpr std::array fields{acs::field{"retry-after", "120"}, acs::field{"x-acs-retry-after-ms", "1"}};
    CHECK(acs::retry_after_ms(fields) == 0);
}

}  // namespace test_message_reply
