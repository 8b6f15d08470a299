// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The operations of EIP-196 and EIP-197, with their encodings: coordinates most significant byte
/// first, infinity as zeros, imaginary parts before real ones.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/zk/bn254/groups.hpp"

#include <optional>

namespace assay::zk {

/// 128 bytes: two points. Shorter input counts as padded with zeros, longer input is cut.
/// @return the sum; nothing when a coordinate is not below p or a point not on the curve.
[[nodiscard]] std::optional<G1Bytes> ecadd(BytesView input) noexcept;
/// 96 bytes: a point and any number of 256 bits, padded and cut as above.
[[nodiscard]] std::optional<G1Bytes> ecmul(BytesView input) noexcept;
/// Most pairs of one call; beyond it the answer is nothing.
inline constexpr std::size_t MAX_PAIRS = 4096;
/// k pairs of 192 bytes, neither padded nor cut.
/// @return whether the product of the pairings is 1; nothing for another length, for coordinates
/// that are not below p and for points off the curve or outside of G2.
[[nodiscard]] std::optional<bool> ecpairing(BytesView input) noexcept;

} // namespace assay::zk
