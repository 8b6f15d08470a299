// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Points of the NIST curves (SP 800-186 §3.2.1) as keys carry them (04 || x || y, SEC 1 §2.3.3) and
// ECDSA over them. Not constant-time: all inputs are public.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstdint>

namespace assay::signatures {

enum class NistCurve : std::uint8_t { p256, p384 };

/// @return whether @p point is the uncompressed form of a point on @p curve: the exact length,
/// prefix 04, both coordinates below the prime, not infinity. A compressed point is refused.
[[nodiscard]] bool is_point_on_curve(NistCurve curve, BytesView point) noexcept;

/// @return whether r and s of r || s, as long as two scalars of @p curve, lie in [1, n-1].
[[nodiscard]] bool has_nist_scalars(NistCurve curve, BytesView signature) noexcept;

/// ECDSA verification (FIPS 186-5 §6.4.2) of r || s for a digest as long as the order: SHA-256 with
/// P-256, SHA-384 with P-384.
/// @return SIGNATURE_MALFORMED when the key is no uncompressed point on the curve, the digest or
/// the signature has another length; SIGNATURE_INVALID when r or s is zero or >= n, or the equation
/// fails.
[[nodiscard]] Result<void> verify_nist_ecdsa(NistCurve curve, BytesView public_key,
                                             BytesView digest, BytesView signature) noexcept;

} // namespace assay::signatures
