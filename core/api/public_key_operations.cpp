// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Signatures of the kinds that certificates and enclaves use. attestation.md §4.
#include "core/api/operations.hpp"
#include "core/api/signature_verdict.hpp"
#include "core/signatures/p384.hpp"
#include "core/signatures/rsa_pss.hpp"

#include <array>

namespace assay::api {
namespace {

/// DER SubjectPublicKeyInfo, message, signature.
std::string rsa_pss(Fields f) noexcept {
    const auto key = signatures::RsaPublicKey::from_spki(f[0]);
    const Result<void> outcome =
        key ? signatures::verify_rsa_pss_sha256(*key, f[1], f[2]) : Result<void>{key.error()};
    return signed_by_text(outcome, f[0]);
}

/// Point 04 || x || y, message, r || s.
std::string p384(Fields f) noexcept {
    return signed_by_text(signatures::verify_p384(f[0], f[1], f[2]), f[0]);
}

constexpr std::array OPERATIONS = {
    Operation{"verify_rsa_pss", 3, rsa_pss},
    Operation{"verify_p384", 3, p384},
};

} // namespace

std::span<const Operation> public_key_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
