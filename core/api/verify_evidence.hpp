// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// One verdict over an evidence bundle (api.md "Evidence bundle"): attestation, receipt,
/// settlement, then what links them. Each part is judged by its own family's rules and gives their
/// codes.
#pragma once

#include "core/api/evidence_policy.hpp"
#include "core/api/verify_api.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <string>

namespace assay::api {

/// Judges many bundles by one policy. Does not change: any number of threads may ask one.
class EvidenceVerifier {
public:
    /// @param options evidence_policy.hpp
    [[nodiscard]] static Result<EvidenceVerifier> create(BytesView options) noexcept;

    /// @param bundle JSON or CBOR
    /// @param platform answers for the P-384 signatures of a Nitro document in it
    /// @param help who verifies a proof of computation in it
    /// @return the verdict's text; beside the codes of the families INPUT_LIMIT,
    /// EVIDENCE_MALFORMED, EVIDENCE_EMPTY, EVIDENCE_UNSUPPORTED, EVIDENCE_LINK_MISMATCH,
    /// TRUST_INSUFFICIENT.
    [[nodiscard]] std::string verify(BytesView bundle, PlatformResults platform = {},
                                     const ProofHelp& help = {}) const noexcept;

    /// For a platform without the operations on proofs: what it has to verify.
    /// @return a verdict's text; the value is proof_question(), or null for a bundle without a
    /// proof
    [[nodiscard]] std::string proof_task(BytesView bundle) const noexcept;

private:
    explicit EvidenceVerifier(EvidenceOptions options) noexcept : options_{std::move(options)} {}

    EvidenceOptions options_;
};

/// The same for one bundle.
/// @param proof the platform's verdict on the bundle's proof; empty: none
[[nodiscard]] std::string verify_evidence(BytesView bundle, BytesView options,
                                          PlatformResults platform, BytesView proof) noexcept;

/// As EvidenceVerifier::proof_task().
[[nodiscard]] std::string evidence_proof_task(BytesView bundle, BytesView options) noexcept;

} // namespace assay::api
