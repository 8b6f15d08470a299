// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// ECDSA over secp256k1: verification and recovery of the signing address (attestation.md §4, §4.1;
/// SEC 1 §4.1.4, §4.1.6; the EVM's ecrecover). Integers are 32 bytes, big-endian. All values are
/// public; nothing here is constant-time.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <array>

namespace assay::signatures {

/// Last 20 bytes of keccak256 of the public key's coordinates.
using Address = std::array<std::uint8_t, 20>;

/// Whether s above n / 2 is refused. `malleable` is what ecrecover does: anyone can turn such a
/// signature into a second valid one.
enum class LowS : bool { malleable, strict };

/// ecrecover. @p v is a 32-byte word equal to 27 or 28.
/// @return SIGNATURE_MALFORMED when the digest, r, s or v is not 32 bytes or v is no 27 or 28;
///   SIGNATURE_INVALID when r or s is 0 or ≥ n, s is high under strict, r is no x-coordinate of a
///   curve point or the result is infinity. What the caller must still check: that the address is
///   the one that he expects.
[[nodiscard]] Result<Address> recover_address(BytesView digest, BytesView r, BytesView s,
                                              BytesView v, LowS mode = LowS::strict) noexcept;

/// The wallet form r ‖ s ‖ v of 65 bytes, v 27 or 28; errors as above.
[[nodiscard]] Result<Address> recover_address(BytesView digest, BytesView signature,
                                              LowS mode = LowS::strict) noexcept;

/// @param public_key 33 bytes 02|03 ‖ x or 65 bytes 04 ‖ x ‖ y (hybrid 06|07 keys are refused)
/// @param signature 64 bytes r ‖ s
/// @return SIGNATURE_MALFORMED when the key is not of that form or not on the curve, or the digest
///   or the signature has another length; SIGNATURE_INVALID when r or s is 0 or ≥ n, s is high
///   under strict, or the equation fails.
[[nodiscard]] Result<void> verify_ecdsa(BytesView public_key, BytesView digest, BytesView signature,
                                        LowS mode = LowS::strict) noexcept;

} // namespace assay::signatures
