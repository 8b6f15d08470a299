// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// G1: y^2 = x^3 + 3 over Fp, all of order r. G2: the subgroup of order r of
/// y^2 = x^3 + 3 / (9 + u) over Fp2 (EIP-197).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/zk/bn254/curve.hpp"
#include "core/zk/bn254/primes.hpp"

#include <array>
#include <optional>

namespace assay::zk {

using G1 = AffinePoint<Fp>;
using G1Sum = JacobianPoint<Fp>;
using G2 = AffinePoint<Fp2>;
using G2Sum = JacobianPoint<Fp2>;

/// @return nothing unless both coordinates are below p and on the curve; (0, 0) is not, and never
/// means infinity here.
[[nodiscard]] std::optional<G1> g1_from(const Number& x, const Number& y) noexcept;
using Fp2Number = std::array<Number, 2>; ///< real part first
/// @return nothing unless all coordinates are below p and the point is on the twist. Whether it is
/// of order r, g2_from() (pairing.hpp) says.
[[nodiscard]] std::optional<G2> twist_point_from(const Fp2Number& x, const Fp2Number& y) noexcept;

[[nodiscard]] G1 g1_generator() noexcept; ///< (1, 2)
[[nodiscard]] const G2& g2_generator() noexcept;

[[nodiscard]] const Fp2& twist_b() noexcept; ///< 3 / (9 + u)

/// The twist's image of the p-power map: (conj(x) (9 + u)^((p - 1) / 3), conj(y) (9 + u)^((p - 1) /
/// 2)).
[[nodiscard]] G2 psi(const G2& p) noexcept;

using G1Bytes = std::array<std::uint8_t, 64>;
/// x ‖ y, most significant byte first; infinity as zeros.
[[nodiscard]] G1Bytes to_bytes(const G1& p) noexcept;

} // namespace assay::zk
