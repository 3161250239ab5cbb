// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/operation/member.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace test_operation_member {

using acs::errc;
using acs::json_kind;

namespace {

/// What storing a token does to a member that holds nothing yet.
template <class T>
struct stored {
    errc code{};
    T value{};
};

template <class T>
constexpr stored<T> store(json_kind kind, std::string_view text) {
    stored<T> s{};
    acs::json_token const token{kind, false, text, 0};
    s.code = acs::store_any(acs::member_of<T>::what, acs::member_of<T>::target(s.value), token);
    return s;
}

using integer = std::optional<std::int64_t>;
using number = std::optional<double>;
using boolean = std::optional<bool>;

}  // namespace

TEST_CASE("texts are stored raw; numbers and booleans as they are written", "[operation]") {
    static_assert(store<std::string_view>(json_kind::string, "a\\n").value == "a\\n");
    static_assert(store<std::string_view>(json_kind::number, "1e3").value == "1e3");
    static_assert(store<std::string_view>(json_kind::boolean, "true").value == "true");
    CHECK(store<std::string_view>(json_kind::string, std::string_view("x").substr(1)).value.data() != nullptr);
}

TEST_CASE("integers may be quoted, and are exact over all of their range", "[operation]") {
    for (json_kind const kind : {json_kind::number, json_kind::string}) {
        CHECK(store<integer>(kind, "9223372036854775807").value == std::numeric_limits<std::int64_t>::max());
        CHECK(store<integer>(kind, "-9223372036854775808").value == std::numeric_limits<std::int64_t>::min());
        CHECK(store<integer>(kind, "9007199254740993").value == 9007199254740993);
        CHECK(store<integer>(kind, "0").value == 0);
        CHECK(store<integer>(kind, "9223372036854775808").code == errc::number_out_of_range);
        CHECK(store<integer>(kind, "-9223372036854775809").code == errc::number_out_of_range);
        CHECK(store<integer>(kind, "1.0").code == errc::wrong_type);
        CHECK(store<integer>(kind, "1e2").code == errc::wrong_type);
        CHECK_FALSE(store<integer>(kind, "1.0").value);
    }
    for (std::string_view const text : {"", "x", "1 ", " 1", "+1", "0x1", "--1", "1a", "true", "01"})
        CHECK(store<integer>(json_kind::string, text).code == errc::wrong_type);
    CHECK(store<integer>(json_kind::boolean, "true").code == errc::wrong_type);
}

TEST_CASE("numbers may be quoted", "[operation]") {
    for (json_kind const kind : {json_kind::number, json_kind::string}) {
        CHECK(store<number>(kind, "0.5").value == 0.5);
        CHECK(store<number>(kind, "-1e3").value == -1000.0);
        CHECK(store<number>(kind, "1e400").code == errc::number_out_of_range);
    }
    for (std::string_view const text : {"", "x", "NaN", "Infinity", "1.", ".5", "true"})
        CHECK(store<number>(json_kind::string, text).code == errc::wrong_type);
    CHECK(store<number>(json_kind::boolean, "true").code == errc::wrong_type);
}

TEST_CASE("booleans may be quoted, in any case", "[operation]") {
    CHECK(store<boolean>(json_kind::boolean, "true").value == true);
    CHECK(store<boolean>(json_kind::boolean, "false").value == false);
    CHECK(store<boolean>(json_kind::string, "True").value == true);
    CHECK(store<boolean>(json_kind::string, "FALSE").value == false);
    for (std::string_view const text : {"", "yes", "1", "tru", "true "}) {
        CHECK(store<boolean>(json_kind::string, text).code == errc::wrong_type);
        CHECK_FALSE(store<boolean>(json_kind::string, text).value);
    }
    CHECK(store<boolean>(json_kind::number, "1").code == errc::wrong_type);
}

}  // namespace test_operation_member
