// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/explain/compare.hpp>

#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace test_explain_compare {

using acs::text_part;

namespace {

/// Ours is `GET;name=value;end`, in parts.
acs::text_difference compare(std::string_view theirs) {
    acs::echo_text const echo(theirs);
    acs::compare_sink out(echo);
    out.begin_part(text_part::method, {}, {});
    out.write("GET");
    out.end_part();
    out.write(";");
    out.begin_part(text_part::parameter, "name", "value");
    out.write("name=");
    out.begin_value();
    out.write("va");
    out.write("lue");
    out.end_part();
    out.write(";");
    out.begin_part(text_part::body_hash, {}, "end");
    out.write("end");
    out.end_part();
    return out.finish();
}

}  // namespace

TEST_CASE("Texts that are the same have no difference", "[explain]") { CHECK_FALSE(compare("GET;name=value;end").found); }

TEST_CASE("Each byte that is changed is found, in its part", "[explain]") {
    std::string const ours = "GET;name=value;end";
    for (std::size_t at = 0; at < ours.size(); ++at) {
        std::string theirs = ours;
        theirs[at] = '!';
        acs::text_difference const d = compare(theirs);
        INFO(theirs);
        CHECK(d.found);
        CHECK(d.offset == at);
        CHECK(d.their_offset == at);
        CHECK(d.ours == ours[at]);
        CHECK(d.theirs == '!');
        CHECK_FALSE(d.ours_end);
        CHECK_FALSE(d.theirs_end);
        CHECK(d.at.part == (at < 4 ? text_part::method : at < 15 ? text_part::parameter : text_part::body_hash));
        CHECK(d.inside == (at != 3 && at != 14));
        CHECK(d.at.in_value == (at >= 9 && at < 15));
        CHECK(d.next.part == (at < 4 ? text_part::parameter : at < 15 ? text_part::body_hash : text_part::none));
    }
}

TEST_CASE("Each place where theirs ends is found", "[explain]") {
    std::string const ours = "GET;name=value;end";
    for (std::size_t size = 0; size < ours.size(); ++size) {
        acs::text_difference const d = compare(std::string_view(ours).substr(0, size));
        CHECK(d.found);
        CHECK(d.offset == size);
        CHECK(d.theirs_end);
        CHECK_FALSE(d.ours_end);
        CHECK(d.theirs == '\0');
    }
    acs::text_difference const longer = compare(ours + "x");
    CHECK(longer.found);
    CHECK(longer.ours_end);
    CHECK_FALSE(longer.theirs_end);
    CHECK(longer.offset == ours.size());
    CHECK(longer.theirs == 'x');
}

TEST_CASE("A part knows where it stands in both texts", "[explain]") {
    acs::text_difference const d = compare("GET;name=valxe;end");
    CHECK(d.at.name == "name");
    CHECK(d.at.value == "value");
    CHECK(d.at.begin == 4);
    CHECK(d.at.theirs == 4);
    CHECK(d.at.value_begin == 9);
    CHECK(d.at.their_value == 9);
    CHECK(compare("GET;name=value.").at.end == 14);
}

}  // namespace test_explain_compare
