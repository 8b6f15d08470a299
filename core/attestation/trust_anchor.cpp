// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/trust_anchor.hpp"

#include "core/hash/sha2.hpp"

#include <algorithm>

namespace assay::attestation {
namespace {

/// SHA-256 of the DER, published in the AWS Nitro Enclaves User Guide, "Verifying the root of
/// trust" (P-384, valid 2019-10-28 to 2049-10-28).
constexpr Hash32 AWS_NITRO_ROOT_G1 = {
    0x64, 0x1a, 0x03, 0x21, 0xa3, 0xe2, 0x44, 0xef, 0xe4, 0x56, 0x46, 0x31, 0x95, 0xd6, 0x06, 0x31,
    0x7e, 0xd7, 0xcd, 0xcc, 0x3c, 0x17, 0x56, 0xe0, 0x98, 0x93, 0xf3, 0xc6, 0x8f, 0x79, 0xbb, 0x5b};

/// SHA-256 of the DER (P-256, valid 2018-05-21 to 2049-12-31).
constexpr Hash32 INTEL_SGX_ROOT_CA = {
    0x44, 0xa0, 0x19, 0x6b, 0x2b, 0x99, 0xf8, 0x89, 0xb8, 0xe1, 0x49, 0xe9, 0x5b, 0x80, 0x7a, 0x35,
    0x0e, 0x74, 0x24, 0x96, 0x43, 0x99, 0xe8, 0x85, 0xa7, 0xcb, 0xb8, 0xcc, 0xfa, 0xb6, 0x74, 0xd3};

} // namespace

TrustAnchor TrustAnchor::aws_nitro() noexcept {
    return {AWS_NITRO_ROOT_G1, "AWS Nitro Enclaves Root G1"};
}

TrustAnchor TrustAnchor::intel_sgx() noexcept {
    return {INTEL_SGX_ROOT_CA, "Intel SGX Root CA"};
}

TrustAnchor TrustAnchor::certificate(BytesView der, std::string_view name) noexcept {
    return {der, name};
}

bool TrustAnchor::matches(BytesView der) const noexcept {
    if (const auto* fingerprint = std::get_if<Hash32>(&pin_)) {
        return hash::sha256(der) == *fingerprint;
    }
    const BytesView pinned = *std::get_if<BytesView>(&pin_);
    return std::equal(pinned.begin(), pinned.end(), der.begin(), der.end());
}

} // namespace assay::attestation
