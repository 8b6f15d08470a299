// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The verification of an EZKL proof: transcript, identity, SHPLONK, pairing (ezkl.md §5–§8).
#pragma once

#include "core/base/result.hpp"
#include "core/zk/equation.hpp"
#include "core/zk/ezkl/circuit.hpp"
#include "core/zk/ezkl/proof.hpp"
#include "core/zk/ezkl/srs.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace assay::zk::ezkl {

/// Checks @p proof against @p circuit under its digests.
/// @return the index of the digest under which the proof holds; EZKL_INSTANCE_COUNT,
/// ZK_POINT_INVALID, ZK_SCALAR_OUT_OF_RANGE, ZK_TRAILING_BYTES, EZKL_PROOF_INVALID
[[nodiscard]] Result<std::size_t> verify(const Circuit& circuit, const Proof& proof,
                                         const Srs& srs) noexcept;

/// All but the last step, under the circuit's first digest: what must hold of @p srs's points.
/// Errors as for verify().
[[nodiscard]] Result<Equation> equation_of(const Circuit& circuit, const Proof& proof,
                                           const Srs& srs) noexcept;

/// EZKL_INSTANCE_COUNT (§8), by the settings' expectation.
[[nodiscard]] Result<void> check_instance_count(const Proof& proof, std::uint64_t expected,
                                                std::uint64_t usable_rows) noexcept;

/// Key, settings and SRS as they were read.
struct ReadKey {
    std::vector<Circuit> circuits;
    Srs srs;
};
using KnownKey = std::shared_ptr<const ReadKey>;

struct Verified {
    Proof proof;
    KnownKey key; ///< the circuit and the digest under which the proof held are the first

    [[nodiscard]] const Circuit& circuit() const noexcept { return key->circuits.front(); }
    [[nodiscard]] const Fr& digest() const noexcept { return circuit().digests.front(); }
};
/// Under the first of the key's circuits and digests that the proof holds under. Errors of the
/// first circuit, as above.
[[nodiscard]] Result<Verified> verify(KnownKey key, Proof proof) noexcept;

/// Several constraint systems can fit one key, and then the proof's maker chooses which of them
/// holds. Only who vouches for the proof may have them all tried.
enum class SourceBuild : bool { refused, tried };

/// Key, settings and SRS at face value. Order of the checks: ezkl.md §11.
/// @param source what becomes of settings whose version does not say which release wrote them
/// (EZKL_VERSION_UNSUPPORTED)
/// @param known what was read of the same key, settings and SRS before; null: nothing
[[nodiscard]] Result<Verified> verify_files(BytesView key, std::string_view settings,
                                            std::string_view proof, BytesView srs,
                                            SourceBuild source, KnownKey known = nullptr) noexcept;

} // namespace assay::zk::ezkl
