// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/hosted/heap_box.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace test_hosted_heap_box {

namespace {

/// Writes down what it is told.
struct clerk {
    std::string told{};
    std::span<std::byte> arrays{};
    acs::errc cancelled{};
    static inline std::size_t wanted = 0;

    [[nodiscard]] static std::size_t arrays_size(acs::reply const&) noexcept { return wanted; }
    acs::step on_reply(acs::reply const& r, acs::moment const&, std::span<std::byte> given) noexcept {
        told = std::to_string(r.status);
        for (acs::field const& f : r.fields) told.append(" ").append(f.name).append("=").append(f.value);
        told.append(": ").append(r.body.data(), r.body.size());
        arrays = given;
        return {};
    }
    acs::step on_lost(acs::failure const& f, acs::moment const&) noexcept {
        told = acs::name(f.code);
        return {};
    }
    acs::step cancel(acs::errc why) noexcept {
        told = "cancelled";  // short, since the heap may be empty
        cancelled = why;
        return {};
    }
};

std::string delivered(acs::heap_box& box, acs::result<void> const& carried = {}) {
    clerk c;
    deliver(c, box, carried, acs::moment{});
    return c.cancelled == acs::errc::none ? c.told : c.told + " " + std::string(acs::name(c.cancelled));
}

std::array<acs::heap_box, 2> boxes_of_a_program{};  // as anybody would write it

}  // namespace

TEST_CASE("A heap box hands its answer to the machine, with memory for arrays", "[hosted]") {
    acs::heap_box& box = boxes_of_a_program[1];
    for (std::size_t const size : {0U, 1U, 1000U}) {
        box.status(200);
        CHECK(box.field("name", "value"));
        CHECK(box.field("empty", ""));
        CHECK(box.body("bo"));
        CHECK(box.body("dy"));
        clerk::wanted = size;
        clerk c;
        deliver(c, box, {}, acs::moment{});
        CHECK(c.told == "200 name=value empty=: body");
        CHECK(c.arrays.size() == size);
        CHECK(reinterpret_cast<std::uintptr_t>(c.arrays.data()) % alignof(std::max_align_t) == 0);
        for (std::byte& b : c.arrays) b = std::byte{0xFF};
        CHECK(box.answer().fields[0].value == "value");
        CHECK(std::string(box.answer().body.data(), box.answer().body.size()) == "body");
    }
    clerk::wanted = 0;
}

TEST_CASE("A heap box takes one answer after the other, in the same memory", "[hosted]") {
    acs::heap_box box;
    box.status(103);
    CHECK(box.field("link", "x"));
    box.status(500);
    CHECK(box.body(std::string(5000, 'x')));
    CHECK(delivered(box) == "500: " + std::string(5000, 'x'));
    acs_tests::no_allocations none;
    box.status(200);
    bool const good = box.field("a", "b") && box.body("{}");
    none.check();
    CHECK(good);
    CHECK(delivered(box) == "200 a=b: {}");
}

TEST_CASE("The body has a limit, the fields have one, and trailers are left out", "[hosted]") {
    acs::heap_box box(10);
    box.status(200);
    CHECK(box.field("a", std::string(1000, 'x')));
    CHECK(box.body("012345678"));
    CHECK_FALSE(box.body("90"));
    CHECK(box.body("9"));
    CHECK_FALSE(box.body("x"));
    CHECK(box.field("trailer", "x"));
    CHECK(delivered(box) == "200 a=" + std::string(1000, 'x') + ": 0123456789");

    box.status(200);
    std::size_t taken = 0;
    while (box.field("x-1234", std::string(990, 'x'))) ++taken;
    CHECK(taken == 256 * 1024 / (6 + 990 + 2));
}

TEST_CASE("A lost answer is told as what it is, also after the heap had given out once", "[hosted]") {
    acs::heap_box box;
    acs::failure const lost = acs::refuse(acs::errc::connect_failed);
    CHECK(delivered(box, lost) == "connect_failed");
    bool taken = true;
    {
        acs_tests::heap_that_gives_out const heap(0);
        box.status(200);
        taken = box.body(std::string_view("some text of the body"));
    }
    CHECK_FALSE(taken);
    CHECK(delivered(box, acs::refuse(acs::errc::reply_too_large)) == "cancelled out_of_memory");
    // The next call has nothing to do with that.
    CHECK(delivered(box, lost) == "connect_failed");
    {
        acs_tests::heap_that_gives_out const heap(0);
        box.status(200);
        taken = box.field("name", "value");
    }
    CHECK_FALSE(taken);
    box.status(200);
    CHECK(box.body("{}"));
    CHECK(delivered(box, acs::refuse(acs::errc::receive_failed)) == "receive_failed");
    // An answer of which nothing came is not the one before.
    box.status(503);
    CHECK(box.body("first"));
    CHECK(delivered(box) == "503: first");
    CHECK(delivered(box, lost) == "connect_failed");
    CHECK(box.answer().status == 0);
    CHECK(box.answer().body.empty());
}

TEST_CASE("Arrays that no memory could hold are out of memory too, and no less", "[hosted]") {
    for (std::size_t const size : {SIZE_MAX, SIZE_MAX - 15}) {
        acs::heap_box box;
        box.status(200);
        CHECK(box.field("name", "value"));
        CHECK(box.body("{}"));
        clerk::wanted = size;
        CHECK(delivered(box) == "cancelled out_of_memory");
    }
    clerk::wanted = 0;
}

TEST_CASE("No memory for the arrays of an answer is out of memory too", "[hosted]") {
    acs::heap_box box;
    box.status(200);
    CHECK(box.body("{}"));
    clerk::wanted = 1 << 20;
    clerk c;
    {
        acs_tests::heap_that_gives_out const heap(0);
        deliver(c, box, {}, acs::moment{});
    }
    CHECK(c.cancelled == acs::errc::out_of_memory);
    clerk::wanted = 0;
    box.status(200);
    CHECK(box.body("[]"));
    CHECK(delivered(box) == "200: []");
}

TEST_CASE("An answer that was taken out of its box lives on", "[hosted]") {
    acs::answer_receiver::layout held;
    {
        acs::heap_box box;
        box.status(200);
        CHECK(box.field("name", "value"));
        CHECK(box.body("body"));
        CHECK(delivered(box) == "200 name=value: body");
        held = box.take();
        CHECK(box.answer().status == 0);
        box.status(404);
        CHECK(box.body("another body"));
    }
    acs::answer_receiver::layout const moved = std::move(held);
    CHECK(moved.answer.fields[0].name == "name");
    CHECK(std::string(moved.answer.body.data(), moved.answer.body.size()) == "body");
}

}  // namespace test_hosted_heap_box
