// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The bundle's proof of computation, taken apart. It is verified in a module of its own.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/evidence/bundle_value.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::evidence {

/// A proof (snark.md, ezkl.md), and the key that it claims to be under.
struct Proof {
    enum class System : std::uint8_t { groth16, plonk, fflonk, ezkl } system;
    std::string proof;          ///< the prover's file, JSON text
    std::string public_signals; ///< of snarkjs's systems, JSON text
    Hash32 key_digest{};        ///< SHA-256 of the key; a claim
    Bytes
        key{}; ///< verification key or, for EZKL, the compiled descriptor; empty: not in the bundle
};

/// @return "groth16", "plonk", "fflonk", "ezkl".
[[nodiscard]] std::string_view name(Proof::System system) noexcept;

/// Largest proof, list of public signals and key, bytes → INPUT_LIMIT. Those of the specifications.
inline constexpr std::size_t PROOF_FILE_BYTES = std::size_t{4} << 20;

/// @return EVIDENCE_MALFORMED for anything that is not of the documented form; INPUT_LIMIT for a
/// file above PROOF_FILE_BYTES.
[[nodiscard]] Result<Proof> read_proof(const BundleValue& part) noexcept;

} // namespace assay::evidence
