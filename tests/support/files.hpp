// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_SUPPORT_FILES_HPP
#define ACS_TESTS_SUPPORT_FILES_HPP

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace acs_tests {

/// The bytes of a file of the tests, such as `samples/CreateDISyncTask.json`.
inline std::string file_text(std::string const& name) {
    std::ifstream in(std::string(ACS_TESTS_DIR "/") + name, std::ios::binary);
    if (!in) throw std::runtime_error("no file " + name);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace acs_tests

#endif
