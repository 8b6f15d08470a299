// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The judge of a bundle's proof where the operations on proofs are in the same program.
#pragma once

#include "core/api/evidence_proof.hpp"

#include <string>

namespace assay::api {

/// A ProofJudge (evidence_proof.hpp).
[[nodiscard]] std::string verify_bundled_proof(const evidence::Proof& proof,
                                               const ProofFiles& files) noexcept;

} // namespace assay::api
