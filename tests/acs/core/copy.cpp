// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/copy.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace test_core_copy {

namespace {

constexpr bool copies_in_constants() {
    std::array<char, 5> to{};
    acs::copy_text("acs", to.data() + 1);
    return std::string_view(to.data(), to.size()) == std::string_view("\0acs\0", 5);
}
static_assert(copies_in_constants());

}  // namespace

TEST_CASE("every size is copied, nothing before or behind it is touched", "[core]") {
    for (std::size_t size = 0; size <= 300; ++size) {
        std::string text(size, '\0');
        for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 + size);
        // Of exactly its size, so that the sanitizer sees a byte more that is read or written.
        std::unique_ptr<char[]> const from(new char[size]);
        std::unique_ptr<char[]> const to(new char[size]);
        std::memset(to.get(), '#', size);
        if (size != 0) std::memcpy(from.get(), text.data(), size);
        acs::copy_text({from.get(), size}, to.get());
        INFO("size " << size);
        REQUIRE(std::string_view(to.get(), size) == text);
        std::string inside(size + 2, '#');
        acs::copy_text(text, inside.data() + 1);
        REQUIRE(inside == "#" + text + "#");
    }
}

TEST_CASE("no text may come from nowhere", "[core]") {
    char byte = '#';
    acs::copy_text({}, &byte);
    CHECK(byte == '#');
}

}  // namespace test_core_copy
