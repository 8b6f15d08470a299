// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/bn254/fp12.hpp"

#include <array>

namespace assay::zk {
namespace {

template <std::uint64_t V>
struct Fp6Of {
    Fp2Of<1, V> c0, c1, c2;
};
/// A product of sums: three of them can be added up.
constexpr std::uint64_t PRODUCT = FpLimbs::V_MAX / 3;
using Fp6Product = Fp6Of<PRODUCT>;
using Fp6Sum = Fp6Of<2 * STORED>;

Fp6Sum sum(const Fp6& a, const Fp6& b) noexcept {
    return {combined<1, 1>(a.c0, b.c0), combined<1, 1>(a.c1, b.c1), combined<1, 1>(a.c2, b.c2)};
}

/// Karatsuba: Devegili et al., "Multiplication and squaring on pairing-friendly fields" (ePrint
/// 2006/471), section 4.
template <class A, class B>
[[gnu::noinline]] Fp6Product multiply6(const A& a, const B& b) noexcept {
    const auto v0 = a.c0 * b.c0;
    const auto v1 = a.c1 * b.c1;
    const auto v2 = a.c2 * b.c2;
    Fp6Product out;
    combine<1, 1>(out.c0, v0, times_xi(combined<1, -1, -1>((a.c1 + a.c2) * (b.c1 + b.c2), v1, v2)));
    combine<1, -1, -1, 1>(out.c1, (a.c0 + a.c1) * (b.c0 + b.c1), v0, v1, times_xi(v2));
    combine<1, -1, -1, 1>(out.c2, (a.c0 + a.c2) * (b.c0 + b.c2), v0, v2, v1);
    return out;
}

/// a (b0 + b1 v)
template <class A, class B>
[[gnu::noinline]] Fp6Product multiply6_sparse(const A& a, const B& b0, const Fp2& b1) noexcept {
    const auto v0 = a.c0 * b0;
    const auto v1 = a.c1 * b1;
    Fp6Product out;
    combine<1, 1>(out.c0, v0, times_xi(a.c2 * b1));
    combine<1, -1, -1>(out.c1, (a.c0 + a.c1) * (b0 + b1), v0, v1);
    combine<1, 1>(out.c2, a.c2 * b0, v1);
    return out;
}

/// (c0 + c1 w) with c0 = a + v b, c1 = t - a - b, the end of every product in Fp12; a may be
/// out.c0.
template <class A>
void finish(Fp12& out, const A& a, const Fp6Product& b, const Fp6Product& t) noexcept {
    store<1, -1, -1>(out.c1.c0, t.c0, a.c0, b.c0);
    store<1, -1, -1>(out.c1.c1, t.c1, a.c1, b.c1);
    store<1, -1, -1>(out.c1.c2, t.c2, a.c2, b.c2);
    store<1, 1>(out.c0.c0, a.c0, times_xi(b.c2));
    store<1, 1>(out.c0.c1, a.c1, b.c0);
    store<1, 1>(out.c0.c2, a.c2, b.c1);
}

/// Element @p i of the basis 1, w, w^2, …, w^5.
Fp2& at(Fp12& a, unsigned i) noexcept {
    Fp6& half = i % 2 == 0 ? a.c0 : a.c1;
    return i / 2 == 0 ? half.c0 : i / 2 == 1 ? half.c1 : half.c2;
}

Fp6 invert(const Fp6& a) noexcept {
    // Beuchat et al., "High-speed software implementation of the optimal ate pairing over
    // Barreto-Naehrig curves" (ePrint 2010/354), algorithm 17.
    const Fp2 c0 = shrink(square(a.c0) - times_xi(a.c1 * a.c2));
    const Fp2 c1 = shrink(times_xi(square(a.c2)) - a.c0 * a.c1);
    const Fp2 c2 = shrink(square(a.c1) - a.c0 * a.c2);
    const Fp2 norm = invert(Fp2{shrink(times_xi(a.c2 * c1 + a.c1 * c2) + a.c0 * c0)});
    return {c0 * norm, c1 * norm, c2 * norm};
}

/// Powers of g = (9 + u)^((p - 1) / 6): g^(1 + p) and g^(1 + p + p^2) give the others.
struct FrobeniusConstants {
    std::array<std::array<Fp2, 6>, 3> of;

    FrobeniusConstants() noexcept {
        Number exponent = FpPrime::WORDS; // (p - 1) / 6, by long division; p is odd
        std::uint64_t rest = 0;
        for (std::size_t bit = 256; bit-- > 0;) {
            const std::size_t word = bit / 64;
            rest = 2 * rest + (exponent[word] >> bit % 64 & 1);
            exponent[word] &= ~(std::uint64_t{1} << bit % 64);
            if (rest >= 6) {
                rest -= 6;
                exponent[word] |= std::uint64_t{1} << bit % 64;
            }
        }
        const Fp2 xi = times_xi(shrink(fp2_one()));
        Fp2 g = fp2_one();
        for (std::size_t bit = 256; bit-- > 0;) {
            g = square(g);
            if ((exponent[bit / 64] >> bit % 64 & 1) != 0)
                g = g * xi;
        }
        Fp2 power = fp2_one();
        for (std::size_t j = 0; j < 6; ++j) {
            of[0][j] = power;
            of[1][j] = power * conjugate(power);
            of[2][j] = of[1][j] * power;
            power = power * g;
        }
    }
};

} // namespace

const Fp2& frobenius_constant(unsigned power, unsigned j) noexcept {
    static const FrobeniusConstants constants;
    return constants.of[power - 1][j];
}

Fp12 fp12_one() noexcept {
    return {{fp2_one(), fp2_zero(), fp2_zero()}, {fp2_zero(), fp2_zero(), fp2_zero()}};
}

bool is_one(const Fp12& a) noexcept {
    return (a.c0.c0 - fp2_one()).is_zero() && a.c0.c1.is_zero() && a.c0.c2.is_zero() &&
           a.c1.c0.is_zero() && a.c1.c1.is_zero() && a.c1.c2.is_zero();
}

void multiply(Fp12& out, const Fp12& a, const Fp12& b) noexcept {
    const auto v0 = multiply6(a.c0, b.c0);
    const auto v1 = multiply6(a.c1, b.c1);
    finish(out, v0, v1, multiply6(sum(a.c0, a.c1), sum(b.c0, b.c1)));
}

void square(Fp12& a) noexcept {
    // (a0 + a1 w)^2 = (a0 + a1)(a0 + v a1) - m - v m + 2 m w with m = a0 a1 (ePrint 2006/471,
    // section 3, complex squaring).
    const auto m = multiply6(a.c0, a.c1);
    Fp6Sum v_sum;
    combine<1, 1>(v_sum.c0, a.c0.c0, times_xi(a.c1.c2));
    combine<1, 1>(v_sum.c1, a.c0.c1, a.c1.c0);
    combine<1, 1>(v_sum.c2, a.c0.c2, a.c1.c1);
    const auto t = multiply6(sum(a.c0, a.c1), v_sum);
    store<1, -1, -1>(a.c0.c0, t.c0, m.c0, times_xi(m.c2));
    store<1, -1, -1>(a.c0.c1, t.c1, m.c1, m.c0);
    store<1, -1, -1>(a.c0.c2, t.c2, m.c2, m.c1);
    store<1, 1>(a.c1.c0, m.c0, m.c0);
    store<1, 1>(a.c1.c1, m.c1, m.c1);
    store<1, 1>(a.c1.c2, m.c2, m.c2);
}

void multiply_line(Fp12& a, const UnitLine& line) noexcept {
    const auto v1 = multiply6_sparse(a.c1, line.c3, line.c4);
    const auto b0 = combined<1, 1>(line.c3, fp2_one());
    finish(a, a.c0, v1, multiply6_sparse(sum(a.c0, a.c1), b0, line.c4));
}

void multiply_line(Fp12& a, const Fp2& c0, const Fp2& c3, const Fp2& c4) noexcept {
    const auto v1 = multiply6_sparse(a.c1, c3, c4);
    const auto t = multiply6_sparse(sum(a.c0, a.c1), combined<1, 1>(c0, c3), c4);
    multiply(a.c0.c0, a.c0.c0, c0);
    multiply(a.c0.c1, a.c0.c1, c0);
    multiply(a.c0.c2, a.c0.c2, c0);
    finish(a, a.c0, v1, t);
}

Fp12 conjugate(const Fp12& a) noexcept {
    return {a.c0, {-a.c1.c0, -a.c1.c1, -a.c1.c2}};
}

Fp12 invert(const Fp12& a) noexcept {
    // 1 / (a0 + a1 w) = (a0 - a1 w) / (a0^2 - v a1^2)
    const auto s0 = multiply6(a.c0, a.c0);
    const auto s1 = multiply6(a.c1, a.c1);
    const Fp6 inverse =
        invert(Fp6{shrink(s0.c0 - times_xi(s1.c2)), shrink(s0.c1 - s1.c0), shrink(s0.c2 - s1.c1)});
    const auto c0 = multiply6(a.c0, inverse);
    const auto c1 = multiply6(a.c1, inverse);
    return {{shrink(c0.c0), shrink(c0.c1), shrink(c0.c2)},
            {-shrink(c1.c0), -shrink(c1.c1), -shrink(c1.c2)}};
}

Fp12 frobenius(const Fp12& a, unsigned power) noexcept {
    Fp12 out = a;
    for (unsigned i = 0; i < 6; ++i) {
        Fp2& c = at(out, i);
        multiply(c, power % 2 == 0 ? c : conjugate(c), frobenius_constant(power, i));
    }
    return out;
}

void cyclotomic_square(Fp12& a) noexcept {
    // Granger and Scott, "Faster squaring in the cyclotomic subgroup of sixth degree extensions"
    // (ePrint 2009/565), section 3.2: three squares in Fp4, each by two products.
    struct Fp4 {
        Fp2 c0, c1;
    };
    const auto square4 = [](const Fp2& x, const Fp2& y) noexcept -> Fp4 {
        const auto m = x * y;
        Fp4 out;
        combine<1, -1, -1>(out.c0, (x + y) * (x + times_xi(y)), m, times_xi(m));
        combine<1, 1>(out.c1, m, m);
        return out;
    };
    const auto minus = [](Fp2& z, const auto& t) noexcept { store<3, -2>(z, t, z); };
    const auto plus = [](Fp2& z, const auto& t) noexcept { store<3, 2>(z, t, z); };
    const Fp4 first = square4(a.c0.c0, a.c1.c1);
    const Fp4 second = square4(a.c1.c0, a.c0.c2);
    const Fp4 third = square4(a.c0.c1, a.c1.c2);
    minus(a.c0.c0, first.c0);
    plus(a.c1.c1, first.c1);
    plus(a.c1.c0, times_xi(third.c1));
    minus(a.c0.c2, third.c0);
    minus(a.c0.c1, second.c0);
    plus(a.c1.c2, second.c1);
}

} // namespace assay::zk
