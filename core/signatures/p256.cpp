// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/p256.hpp"

#include "core/hash/sha2.hpp"
#include "core/signatures/nist_curve.hpp"

namespace assay::signatures {

Result<void> verify_p256(BytesView public_key, BytesView message, BytesView signature) noexcept {
    return verify_p256_digest(public_key, hash::sha256(message), signature);
}

Result<void> verify_p256_digest(BytesView public_key, BytesView digest,
                                BytesView signature) noexcept {
    return verify_nist_ecdsa(NistCurve::p256, public_key, digest, signature);
}

} // namespace assay::signatures
