// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_DIFFERENTIAL_HASHES_HPP
#define ACS_TESTS_DIFFERENTIAL_HASHES_HPP

namespace acs_differential {

/// Digests of texts of every size up to 4096, and codes by random keys, of both builds of the library and of OpenSSL. Whether all are
/// equal.
bool compare_hashes();

}  // namespace acs_differential

#endif
