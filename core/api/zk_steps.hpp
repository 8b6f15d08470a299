// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the operations on proofs share: pins, the systems of snarkjs, the batch forms.
#pragma once

#include "core/api/operations.hpp"
#include "core/api/verdict_json.hpp"
#include "core/base/result.hpp"
#include "core/zk/snarkjs/files.hpp"

#include <span>
#include <string>

namespace assay::api {

/// Names of checks and of the members that they are about.
inline constexpr const char* PIN = "pin";
inline constexpr const char* PROOF = "proof";

/// @param pin SHA-256 of each of @p files, one after the other
/// @return nothing when it fits; else the verdict: POLICY_INVALID for a pin of another length,
/// @p mismatch for another file.
[[nodiscard]] std::string refuse_pin(BytesView pin, std::span<const BytesView> files,
                                     ErrorCode mismatch, CheckList& checks) noexcept;

/// A system of snarkjs.
struct System {
    const char* name;
    zk::ToEquation equation;
};
inline constexpr System GROTH16{"groth16", zk::groth16_equation};
inline constexpr System PLONK{"plonk", zk::plonk_equation};
inline constexpr System FFLONK{"fflonk", zk::fflonk_equation};

/// vk, pin, entropy (32 bytes), then of each proof its public signals and itself in one field: each
/// a u32 little-endian length and as many bytes. {"items": [values]} when all hold, else the index
/// of the first that does not.
[[nodiscard]] std::string groth16_batch(Fields f) noexcept;
[[nodiscard]] std::string plonk_batch(Fields f) noexcept;
[[nodiscard]] std::string fflonk_batch(Fields f) noexcept;
/// descriptor, srs (empty: the public ceremony), pins of both, entropy, proofs. Under a descriptor
/// with several digests each proof is judged by itself, for each may be under another.
[[nodiscard]] std::string ezkl_batch(Fields f) noexcept;

} // namespace assay::api
