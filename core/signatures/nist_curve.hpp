// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Points of the NIST curves (SP 800-186 §3.2.1) as keys carry them: 04 || x || y, SEC 1 §2.3.3.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstdint>

namespace assay::signatures {

enum class NistCurve : std::uint8_t { p256, p384 };

/// @return whether @p point is the uncompressed form of a point on @p curve: the exact length,
/// prefix 04, both coordinates below the prime, not infinity. A compressed point is refused.
[[nodiscard]] bool is_point_on_curve(NistCurve curve, BytesView point) noexcept;

} // namespace assay::signatures
