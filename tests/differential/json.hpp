// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_DIFFERENTIAL_JSON_HPP
#define ACS_TESTS_DIFFERENTIAL_JSON_HPP

#include <cstddef>
#include <string>

namespace acs_differential {

/// The texts in a folder, and as many rounds of made and damaged ones. Whether every difference is explained.
bool compare_json(std::string const& folder, std::size_t rounds);

/// All texts of up to three bytes.
bool compare_small_json();

}  // namespace acs_differential

#endif
