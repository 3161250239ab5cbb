// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// Includes another version of the library than the unit that it is linked with.
#include <dataworks.hpp>

#include <type_traits>

static_assert(std::is_same_v<acs::failure, acs::w0_1_0::failure>);

std::string_view host_of_two();

int main() { return dataworks::endpoint("cn-hangzhou")->host == host_of_two() ? 0 : 1; }
