// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The proof of computation in an evidence bundle. Verification modules have no pairings: a verdict
// of the operations on proofs (assay::api_zk, zk.wasm) is asked for and taken over.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/bytes/json.hpp"
#include "core/evidence/proof.hpp"

#include <array>
#include <string>
#include <vector>

namespace assay::api {

/// A key that the policy lets proofs be under.
struct ProofKey {
    Hash32 digest; ///< SHA-256 of its file
    Bytes key;     ///< the file; empty: the bundle brings it
    Bytes srs{};   ///< EZKL: the ceremony of its circuit; empty: the public one
    Hash32 srs_digest{};
};

/// The member `zk` of a policy: {"keys": [{"digest": "0x…", "key"?: base64, "srs"?: base64}]}, at
/// least one, no digest twice.
/// @return POLICY_INVALID, also for a key that has not its digest
[[nodiscard]] Result<std::vector<ProofKey>> read_proof_keys(const bytes::JsonValue& zk) noexcept;

/// What the policy says a proof is under.
struct ProofFiles {
    BytesView key;
    BytesView srs; ///< empty: the public ceremony
    std::array<Hash32, 2> digests;

    /// SHA-256 of the key and, where there is one, of the ceremony's file.
    [[nodiscard]] BytesView pin() const noexcept {
        return {digests.front().data(), sizeof(Hash32) * (srs.empty() ? 1 : 2)};
    }
};

/// Verifies a proof under the files of the policy.
/// @return the verdict's text
using ProofJudge = std::string (*)(const evidence::Proof& proof, const ProofFiles& files) noexcept;

/// What is verified outside of this module.
struct ProofHelp {
    ProofJudge judge = nullptr;
    BytesView verdict{}; ///< where there is no judge: of this proof, by the platform; empty: none
};

/// @return the key that the policy names and whose digest the proof claims; EVIDENCE_UNSUPPORTED
/// when the policy names none at all, ZK_VK_INVALID or EZKL_VK_MISMATCH when it does not name this
/// one or the bundle's file has another digest, EVIDENCE_LINK_MISMATCH when neither policy nor
/// bundle has its file, POLICY_INVALID for the ceremony of a key that has none.
[[nodiscard]] Result<ProofFiles> files_of(const evidence::Proof& proof,
                                          const std::vector<ProofKey>& keys) noexcept;

struct JudgedProof {
    std::string value; ///< JSON: what was proven, and keySha256, the policy's name of the key
    TrustLevel trust;
};

/// @return as files_of(), the codes of the proof's system, and EVIDENCE_UNSUPPORTED without help.
[[nodiscard]] Result<JudgedProof> judge_proof(const evidence::Proof& proof,
                                              const std::vector<ProofKey>& keys,
                                              const ProofHelp& help, CheckList& rows) noexcept;

/// What a platform needs for the verdict: {"system", "proof", "publicSignals", "pin", "key", "srs":
/// hex}, the files as texts.
[[nodiscard]] std::string proof_question(const evidence::Proof& proof,
                                         const ProofFiles& files) noexcept;

} // namespace assay::api
