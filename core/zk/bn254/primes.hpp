// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The primes of BN254 (alt_bn128; EIP-196), from x = 4965661367192848881:
/// p = 36x^4 + 36x^3 + 24x^2 + 6x + 1, r = 36x^4 + 36x^3 + 18x^2 + 6x + 1
/// (Barreto and Naehrig, "Pairing-friendly elliptic curves of prime order", SAC 2005).
#pragma once

#include "core/math/field.hpp"
#include "core/math/nist_primes.hpp"
#include "core/math/words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace assay::zk {

inline constexpr std::uint64_t BN_X = 4965661367192848881;
using Number = math::Words<4>; ///< a plain number, least significant word first

struct FpPrime {
    static constexpr std::size_t BITS = 254;
    static constexpr Number WORDS = {0x3c208c16d87cfd47, 0x97816a916871ca8d, 0xb85045b68181585d,
                                     0x30644e72e131a029};
    static constexpr std::array<math::PowerOfTwo, 0> TERMS{};
};

struct FrPrime {
    static constexpr std::size_t BITS = 254;
    static constexpr Number WORDS = {0x43e1f593f0000001, 0x2833e84879b97091, 0xb85045b68181585d,
                                     0x30644e72e131a029};
    static constexpr std::array<math::PowerOfTwo, 0> TERMS{};
};

} // namespace assay::zk

namespace assay::math {
// Compiled once, for speed (limbs.cpp), whatever the files are built for that use them.
#if ASSAY_USES_LIMBS_64
extern template struct Field64<zk::FpPrime>;
extern template struct Field64<zk::FrPrime>;
#else
extern template struct LazyLimbs<zk::FpPrime, 29>;
extern template struct LazyLimbs<zk::FrPrime, 29>;
extern template struct Field29<zk::FpPrime>;
extern template struct Field29<zk::FrPrime>;
#endif
} // namespace assay::math

namespace assay::zk {

/// Value bound of elements at rest: |value| <= 8 p (math::Fe).
inline constexpr std::uint64_t STORED = 64;

using FpLimbs = math::Field<FpPrime>;
using FrLimbs = math::Field<FrPrime>;
template <unsigned K, std::uint64_t V>
using FpOf = math::Fe<FpLimbs, K, V>;
using Fp = FpOf<1, STORED>;
using Fr = math::Fe<FrLimbs, 1, STORED>;

[[nodiscard]] inline Fp fp_one() noexcept {
    return FpOf<1, 8>{FpLimbs::ONE};
}
[[nodiscard]] inline Fp fp_from(const Number& below_p) noexcept {
    return math::element<FpLimbs>(below_p);
}

/// 1 / a, and 0 for 0.
[[nodiscard]] Fp invert(const Fp& a) noexcept;

} // namespace assay::zk
