// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs/json/scan.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace test_json_scan {

namespace {

std::size_t constexpr plain_size(std::string_view text) {
    char const* const end = text.data() + text.size();
    return static_cast<std::size_t>(acs::json_scan::skip_plain(text.data(), end) - text.data());
}

std::size_t constexpr backslash_at(std::string_view text) {
    char const* const end = text.data() + text.size();
    return static_cast<std::size_t>(acs::json_scan::find_backslash(text.data(), end) - text.data());
}

static_assert(plain_size("") == 0 && plain_size("0123456789abcdef") == 16 && plain_size("0123456789\"") == 10);
static_assert(plain_size(" !#[]~\x7F") == 7 && plain_size("\x1F") == 0 && plain_size("\x80") == 0 && plain_size("\xFF") == 0);
static_assert(backslash_at("0123456789") == 10 && backslash_at("\"\x80\\") == 2);

}  // namespace

TEST_CASE("words and bytes find the same place, for every byte at every place", "[json]") {
    for (std::size_t size = 1; size <= 3 * sizeof(acs::json_scan::word) + 1; ++size) {
        // Exactly as large as the text: a read behind its end is seen by the sanitizer.
        std::unique_ptr<char[]> const memory(new char[size]);
        for (std::size_t at = 0; at < size; ++at)
            for (int byte = 0; byte < 256; ++byte) {
                // What stands behind must not be mistaken for it.
                for (std::size_t i = 0; i < size; ++i) memory[i] = i < at ? (i % 2 != 0 ? '!' : ']') : i % 2 != 0 ? '"' : '\\';
                memory[at] = static_cast<char>(byte);
                bool const plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
                std::string_view const text(memory.get(), size);
                bool const right = plain_size(text) == (plain ? (at + 1 < size ? at + 1 : size) : at);
                std::size_t backslash = at;
                while (backslash < size && text[backslash] != '\\') ++backslash;
                if (!right || backslash_at(text) != backslash) {
                    CAPTURE(size, at, byte);
                    FAIL();
                }
            }
    }
}

}  // namespace test_json_scan
