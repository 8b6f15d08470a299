// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// ECDSA with P-256 and SHA-256 (FIPS 186-5 §6.4): attestation.md §4 and §4.1.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>

namespace assay::signatures {

inline constexpr std::size_t P256_KEY_BYTES = 65;       ///< 04 || x || y
inline constexpr std::size_t P256_SIGNATURE_BYTES = 64; ///< r || s, big-endian

/// @return ok; SIGNATURE_MALFORMED when the key is no uncompressed point on the curve or the
/// signature has another length (in this order); SIGNATURE_INVALID when r or s is zero or >= n, or
/// the equation fails. High s is valid. Not constant-time: all inputs are public.
[[nodiscard]] Result<void> verify_p256(BytesView public_key, BytesView message,
                                       BytesView signature) noexcept;

/// The same for a message whose SHA-256 is known; SIGNATURE_MALFORMED also for a digest of another
/// length than 32 bytes.
[[nodiscard]] Result<void> verify_p256_digest(BytesView public_key, BytesView digest,
                                              BytesView signature) noexcept;

} // namespace assay::signatures
