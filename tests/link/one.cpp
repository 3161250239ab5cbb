// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <acs.hpp>
#include <acs/hosted.hpp>
#include <acs/testing.hpp>
#include <dataworks.hpp>

std::string_view host_of_two();

int main() {
    auto const here = dataworks::endpoint("cn-hangzhou");
    return here && here->host == host_of_two() ? 0 : 1;
}
