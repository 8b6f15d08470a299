// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Schnorr signatures over secp256k1 (BIP-340; attestation.md §4).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>

namespace assay::signatures {

inline constexpr std::size_t SCHNORR_KEY_BYTES = 32;       ///< x of the point with even y
inline constexpr std::size_t SCHNORR_SIGNATURE_BYTES = 64; ///< x of R || s, big-endian

/// @param message of any length; BIP-340 hashes it with its tag
/// @return SIGNATURE_MALFORMED when the key is not 32 bytes, not below p or no x-coordinate of a
///   point, or the signature is not 64 bytes (in this order); SIGNATURE_INVALID when r is not below
///   p, s is not below n, or the equation fails.
[[nodiscard]] Result<void> verify_schnorr(BytesView public_key, BytesView message,
                                          BytesView signature) noexcept;

} // namespace assay::signatures
