// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Whether a text is JSON, for all texts of up to three bytes.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "differential/json.hpp"
#include "differential/library.hpp"
#include "differential/peers.hpp"

namespace acs_differential {

bool compare_small_json() {
    library const accelerated = ours(), portable = ours_portable();
    std::size_t texts = 0, accepted = 0, nuls = 0, failures = 0;
    std::array<char, 3> bytes{};
    for (std::size_t size = 0; size <= bytes.size(); ++size)
        for (std::uint32_t all = 0; all < std::uint32_t{1} << 8 * size; ++all) {
            for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(all >> 8 * i & 255);
            std::string_view const text(bytes.data(), size);
            bool const is = accelerated.accepts(text), peer = nlohmann::json::accept(text.begin(), text.end());
            // To nlohmann-json a NUL ends a text.
            bool const cut = peer && !is && accelerated.accepts(text.substr(0, text.find('\0')));
            nuls += cut ? 1U : 0U;
            failures += (peer != is && !cut) || portable.accepts(text) != is ? 1U : 0U;
            accepted += is ? 1U : 0U;
            ++texts;
        }
    std::printf("%zu texts of up to three bytes, %zu accepted, %zu that end at a NUL to nlohmann-json, %zu unexplained differences\n",
                texts, accepted, nuls, failures);
    return failures == 0 && accepted != 0 && nuls != 0;
}

}  // namespace acs_differential
