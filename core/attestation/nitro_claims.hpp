// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a Nitro document says, copied out of it.
#pragma once

#include "core/attestation/nitro_chain.hpp"
#include "core/attestation/nitro_document.hpp"
#include "core/base/bytes_view.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace assay::attestation {

using Pcr = std::array<std::uint8_t, PCR_BYTES>;
using PcrList = std::array<std::optional<Pcr>, PCR_COUNT>;

/// The two hashes in the user data of an OpenGradient enclave (attestation.md §1.8).
struct OgBinding {
    Hash32 tls_certificate; ///< SHA-256 of the whole TLS certificate, DER
    Hash32 signing_key;     ///< SHA-256 of the signing key's SubjectPublicKeyInfo, DER
};

/// @return the binding in @p user_data: 68 bytes, both multihash prefixes, neither hash all zero
/// (as it is until the application has registered its key); else nothing.
[[nodiscard]] std::optional<OgBinding> parse_og_binding(BytesView user_data) noexcept;

struct NitroClaims {
    std::string module_id;
    std::uint64_t timestamp_ms; ///< since 1970
    PcrList pcrs;               ///< by index
    Bytes public_key;           ///< empty when absent
    Bytes user_data;            ///< empty when absent
    Bytes nonce;                ///< empty when absent
    /// keccak256(PCR0 || PCR1 || PCR2); nothing unless all three are there.
    std::optional<Hash32> pcr_hash;
    /// One of PCR0, PCR1, PCR2 is all zero: the enclave runs with a debug console, and its
    /// measurements say nothing (attestation.md §1.7 step 2).
    bool debug;
    std::size_t certificates;      ///< in the chain, the leaf included
    ValidityWindow chain_validity; ///< of all certificates together
    ValidityWindow leaf_validity;
    std::optional<OgBinding> og; ///< when user_data has that layout
};

/// Copies the fields and derives the rest. Says nothing about whether they are true.
[[nodiscard]] NitroClaims make_claims(const NitroFields& fields, const NitroChain& chain) noexcept;

} // namespace assay::attestation
