// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Fp6 = Fp2[v] / (v^3 - (9 + u)) and Fp12 = Fp6[w] / (w^2 - v): where pairings take their values.
#pragma once

#include "core/zk/bn254/fp2.hpp"

namespace assay::zk {

struct Fp6 {
    Fp2 c0, c1, c2;
};

/// At rest, as everything that the functions below take and give.
struct Fp12 {
    Fp6 c0, c1;
};

/// 1 + c3 w + c4 w^3: the value of a line, scaled so that its first coefficient is 1.
struct UnitLine {
    Fp2 c3, c4;
};

[[nodiscard]] Fp12 fp12_one() noexcept;
[[nodiscard]] bool is_one(const Fp12& a) noexcept;

void multiply(Fp12& out, const Fp12& a, const Fp12& b) noexcept;
void square(Fp12& a) noexcept;
/// a *= 1 + c3 w + c4 w^3
void multiply_line(Fp12& a, const UnitLine& line) noexcept;
/// a *= c0 + c3 w + c4 w^3
void multiply_line(Fp12& a, const Fp2& c0, const Fp2& c3, const Fp2& c4) noexcept;
[[nodiscard]] Fp12 conjugate(const Fp12& a) noexcept; ///< a^(p^6)
[[nodiscard]] Fp12 invert(const Fp12& a) noexcept;    ///< precondition: not 0
/// a^(p^POWER) for POWER 1, 2 or 3.
[[nodiscard]] Fp12 frobenius(const Fp12& a, unsigned power) noexcept;
/// a^2 for an a with a^(p^4 - p^2 + 1) = 1, as after the easy part of the final exponentiation.
void cyclotomic_square(Fp12& a) noexcept;

/// (9 + u)^(j (p^power - 1) / 6), j below 6.
[[nodiscard]] const Fp2& frobenius_constant(unsigned power, unsigned j) noexcept;

} // namespace assay::zk
