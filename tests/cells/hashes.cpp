// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT
// The three hashes by their standards, for machines without OpenSSL, beside which the suite tests them.
#include <acs/crypto/sha1.hpp>
#include <acs/crypto/sha256.hpp>
#include <acs/crypto/sm3.hpp>

#include <cstdio>

#include "conformance/hasher.hpp"

int main() {
    conformance::report out(stdout);
    conformance::check_hasher<acs::sha1>(conformance::sha1, out);
    conformance::check_hasher<acs::sha256>(conformance::sha256, out);
    conformance::check_hasher<acs::sm3>(conformance::sm3, out);
    return out.close() ? 0 : 1;
}
