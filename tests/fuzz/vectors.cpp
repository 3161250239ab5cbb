// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Any text as a file of vectors for `conformance`: a verdict for every case, and none for a file without cases.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "conformance/vectors.hpp"
#include "fuzz/input.hpp"

namespace fuzz_vectors {

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using fuzz::require;
    fuzz::owned_text const text({reinterpret_cast<char const*>(data), size});
    acs::conformance::report out(nullptr);
    conformance::run_vectors("file", text.view(), out);
    require(out.passed() + out.failed() == out.outcomes().size());
    for (acs::conformance::outcome const& one : out.outcomes()) require(one.why.empty() == (one.what == acs::conformance::verdict::passed));

    // The verdict is of the text alone.
    acs::conformance::report again(nullptr);
    conformance::run_vectors("file", text.view(), again);
    require(again.passed() == out.passed() && again.failed() == out.failed() && out.close() == (out.passed() != 0 && out.failed() == 0));
    return 0;
}

}  // namespace fuzz_vectors
