// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
#include <dataworks.hpp>
#include <acs/testing.hpp>
#include <acs/hosted.hpp>
#include <acs.hpp>

std::string_view host_of_two();
std::string_view host_of_two() { return dataworks::endpoint("cn-hangzhou")->host; }
