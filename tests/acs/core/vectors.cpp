// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/core/vectors.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

#include "support/catch.hpp"

namespace test_core_vectors {

#if ACS_CPU_VECTORS

TEST_CASE("Vectors pass over text that passes, and not over a byte that does not", "[core]") {
    auto const is_a = [](acs::text_vector v) { return static_cast<acs::text_vector>(v == 'a'); };
    for (std::size_t size = 0; size <= 70; ++size) {
        // Of exactly that size, so that a sanitizer sees what is read beyond.
        std::unique_ptr<char[]> const text(new char[size]);
        for (std::size_t i = 0; i < size; ++i) text[i] = 'a';
        std::string_view const view(text.get(), size);
        REQUIRE(acs::skip_vectors(view, is_a) == size);
        for (std::size_t at = 0; at < size; ++at) {
            text[at] = 'b';
            REQUIRE(acs::skip_vectors(view, is_a) <= at);
            text[at] = 'a';
        }
    }
}

TEST_CASE("Letters and digits of ASCII are told from all other bytes", "[core]") {
    for (unsigned byte = 0; byte < 256; ++byte) {
        acs::text_vector const v = acs::text_vector{} + static_cast<unsigned char>(byte);
        bool const expected = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        CHECK(acs::vectors::all(acs::vectors::alphanumeric(v)) == expected);
    }
}

#endif

}  // namespace test_core_vectors
