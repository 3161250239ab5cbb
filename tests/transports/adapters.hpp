// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#ifndef ACS_TESTS_TRANSPORTS_ADAPTERS_HPP
#define ACS_TESTS_TRANSPORTS_ADAPTERS_HPP

#include "transports/table.hpp"

namespace acs_transports {

void try_curl(table&);
void try_beast(table&);

}  // namespace acs_transports

#endif
