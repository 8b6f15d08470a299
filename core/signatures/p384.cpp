// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/p384.hpp"

#include "core/hash/sha2.hpp"
#include "core/signatures/nist_curve.hpp"

namespace assay::signatures {

Result<void> verify_p384(BytesView public_key, BytesView message, BytesView signature) noexcept {
    return verify_p384_digest(public_key, hash::sha384(message), signature);
}

Result<void> verify_p384_digest(BytesView public_key, BytesView digest,
                                BytesView signature) noexcept {
    return verify_nist_ecdsa(NistCurve::p384, public_key, digest, signature);
}

bool has_p384_scalars(BytesView signature) noexcept {
    return has_nist_scalars(NistCurve::p384, signature);
}

bool CoreP384Verifier::verify(const P384Task& task) noexcept {
    return verify_p384(task.public_key, task.message, task.signature).has_value();
}

bool RecordingP384Verifier::verify(const P384Task& task) noexcept {
    const auto copy = [](BytesView view) { return Bytes(view.begin(), view.end()); };
    records_.push_back({copy(task.public_key), copy(task.message), copy(task.signature)});
    return true;
}

bool ReplayP384Verifier::verify(const P384Task&) noexcept {
    if (next_ == results_.size()) {
        exhausted_ = true;
        return false;
    }
    return results_[next_++] == 1;
}

} // namespace assay::signatures
