// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Fp2 = Fp[u] / (u^2 + 1) with the bounds of math::Fe in the type.
#pragma once

#include "core/zk/bn254/primes.hpp"

namespace assay::zk {

template <unsigned K, std::uint64_t V>
struct Fp2Of {
    FpOf<K, V> c0, c1;

    Fp2Of() = default;
    Fp2Of(const FpOf<K, V>& real, const FpOf<K, V>& imaginary) noexcept : c0{real}, c1{imaginary} {}
    /// From tighter bounds.
    template <unsigned K2, std::uint64_t V2>
    requires(K2 <= K && V2 <= V) Fp2Of(const Fp2Of<K2, V2>& other)
    noexcept : c0{other.c0}, c1{other.c1} {}
    template <unsigned K2, std::uint64_t V2>
    requires(K2 <= K && V2 <= V) Fp2Of& operator=(const Fp2Of<K2, V2>& other) noexcept {
        c0 = other.c0;
        c1 = other.c1;
        return *this;
    }

    [[nodiscard]] bool is_zero() const noexcept { return c0.is_zero() && c1.is_zero(); }
};
using Fp2 = Fp2Of<1, STORED>;

// Results are written where they stay: an element is not copied for nothing. That is why return
// types are spelled out: clang copies what a function of deduced type returns.

template <unsigned K1, std::uint64_t V1, unsigned K2, std::uint64_t V2>
[[nodiscard]] Fp2Of<K1 + K2, V1 + V2> operator+(const Fp2Of<K1, V1>& a,
                                                const Fp2Of<K2, V2>& b) noexcept {
    Fp2Of<K1 + K2, V1 + V2> out;
    FpLimbs::add(out.c0.limbs, a.c0.limbs, b.c0.limbs);
    FpLimbs::add(out.c1.limbs, a.c1.limbs, b.c1.limbs);
    return out;
}
template <unsigned K1, std::uint64_t V1, unsigned K2, std::uint64_t V2>
[[nodiscard]] Fp2Of<K1 + K2, V1 + V2> operator-(const Fp2Of<K1, V1>& a,
                                                const Fp2Of<K2, V2>& b) noexcept {
    Fp2Of<K1 + K2, V1 + V2> out;
    FpLimbs::subtract(out.c0.limbs, a.c0.limbs, b.c0.limbs);
    FpLimbs::subtract(out.c1.limbs, a.c1.limbs, b.c1.limbs);
    return out;
}
template <unsigned K, std::uint64_t V>
[[nodiscard]] Fp2Of<K, V> operator-(const Fp2Of<K, V>& a) noexcept {
    return {-a.c0, -a.c1};
}
template <unsigned S, unsigned K, std::uint64_t V>
[[nodiscard]] Fp2Of<S * K, S * V> times(const Fp2Of<K, V>& a) noexcept {
    Fp2Of<S * K, S * V> out;
    FpLimbs::scale<S>(out.c0.limbs, a.c0.limbs);
    FpLimbs::scale<S>(out.c1.limbs, a.c1.limbs);
    return out;
}
/// out = combined<S...>(terms), in place.
template <int... S, std::uint64_t OUT, unsigned... K, std::uint64_t... V>
void combine(Fp2Of<1, OUT>& out, const Fp2Of<K, V>&... terms) noexcept {
    static_assert(((S == 1 || S == -1) && ...) && sizeof...(S) == sizeof...(K));
    static_assert((K + ...) <= FpLimbs::K_STORED, "a limb of the sum may overflow");
    static_assert((V + ...) <= OUT, "the sum may be larger than that");
    FpLimbs::combine<S...>(out.c0.limbs, terms.c0.limbs...);
    FpLimbs::combine<S...>(out.c1.limbs, terms.c1.limbs...);
}
template <int... S, unsigned... K, std::uint64_t... V>
[[nodiscard]] Fp2Of<1, (V + ...)> combined(const Fp2Of<K, V>&... terms) noexcept {
    Fp2Of<1, (V + ...)> out;
    combine<S...>(out, terms...);
    return out;
}
template <unsigned K, std::uint64_t V>
[[nodiscard]] Fp2Of<1, V> carry(const Fp2Of<K, V>& a) noexcept {
    return combined<1>(a);
}
/// out = shrunk<S...>(terms), in place; out may be one of them.
template <int... S, std::uint64_t OUT, unsigned... K, std::uint64_t... V>
void store(Fp2Of<1, OUT>& out, const Fp2Of<K, V>&... terms) noexcept {
    math::store<S...>(out.c0, terms.c0...);
    math::store<S...>(out.c1, terms.c1...);
}
template <int... S, unsigned... K, std::uint64_t... V>
[[nodiscard]] Fp2Of<1, math::SHRUNK> shrunk(const Fp2Of<K, V>&... terms) noexcept {
    Fp2Of<1, math::SHRUNK> out;
    store<S...>(out, terms...);
    return out;
}
template <unsigned K, std::uint64_t V>
[[nodiscard]] Fp2Of<1, math::SHRUNK> shrink(const Fp2Of<K, V>& a) noexcept {
    return shrunk<1>(a);
}
template <unsigned K, std::uint64_t V>
[[nodiscard]] Fp2Of<K, V> conjugate(const Fp2Of<K, V>& a) noexcept {
    return {a.c0, -a.c1};
}

/// The bound of two products that are reduced together.
template <std::uint64_t V1, std::uint64_t V2>
inline constexpr std::uint64_t FP2_PRODUCT = math::product_bound<FpLimbs>(2 * V1, V2);

/// out = a b, in place; out may be a factor.
template <std::uint64_t OUT, unsigned K1, std::uint64_t V1, unsigned K2, std::uint64_t V2>
void multiply(Fp2Of<1, OUT>& out, const Fp2Of<K1, V1>& a, const Fp2Of<K2, V2>& b) noexcept {
    static_assert(K1 * K2 <= FpLimbs::K_MAX_COMPLEX, "a column may overflow: carry() first");
    static_assert(K1 <= FpLimbs::K_SUMMED && K2 <= FpLimbs::K_SUMMED, "a limb may overflow");
    static_assert(FP2_PRODUCT<V1, V2> <= OUT, "the product may be larger than that");
    FpLimbs::multiply_complex(out.c0.limbs, out.c1.limbs, a.c0.limbs, a.c1.limbs, b.c0.limbs,
                              b.c1.limbs);
}
template <unsigned K1, std::uint64_t V1, unsigned K2, std::uint64_t V2>
[[nodiscard]] Fp2Of<1, FP2_PRODUCT<V1, V2>> operator*(const Fp2Of<K1, V1>& a,
                                                      const Fp2Of<K2, V2>& b) noexcept {
    Fp2Of<1, FP2_PRODUCT<V1, V2>> out;
    multiply(out, a, b);
    return out;
}

/// (a0 + a1)(a0 - a1), 2 a0 a1
template <unsigned K, std::uint64_t V>
[[nodiscard]] Fp2Of<1, math::product_bound<FpLimbs>(2 * V, 2 * V)>
square(const Fp2Of<K, V>& a) noexcept {
    static_assert(4 * K * K <= FpLimbs::K_MAX, "a column may overflow: carry() first");
    Fp2Of<1, math::product_bound<FpLimbs>(2 * V, 2 * V)> out;
    const auto sum = a.c0 + a.c1;
    const auto difference = a.c0 - a.c1;
    const auto twice = math::times<2>(a.c0);
    FpLimbs::multiply(out.c0.limbs, sum.limbs, difference.limbs);
    FpLimbs::multiply(out.c1.limbs, twice.limbs, a.c1.limbs);
    return out;
}

template <unsigned K1, std::uint64_t V1, unsigned K2, std::uint64_t V2>
[[nodiscard]] Fp2 scale(const Fp2Of<K1, V1>& a, const FpOf<K2, V2>& b) noexcept {
    Fp2 out;
    math::multiply(out.c0, a.c0, b);
    math::multiply(out.c1, a.c1, b);
    return out;
}

/// (9 + u) a: 9 + u is neither a square nor a cube, and defines Fp6 and the twist.
template <unsigned K, std::uint64_t V>
[[nodiscard]] Fp2Of<1, math::SHRUNK> times_xi(const Fp2Of<K, V>& a) noexcept {
    Fp2Of<1, math::SHRUNK> out;
    math::store<9, -1>(out.c0, a.c0, a.c1);
    math::store<9, 1>(out.c1, a.c1, a.c0);
    return out;
}

[[nodiscard]] inline Fp2 fp2_one() noexcept {
    return {fp_one(), Fp{FpLimbs::Limbs{}}};
}
[[nodiscard]] inline Fp2 fp2_zero() noexcept {
    return {Fp{FpLimbs::Limbs{}}, Fp{FpLimbs::Limbs{}}};
}

/// 1 / a, and 0 for 0.
[[nodiscard]] Fp2 invert(const Fp2& a) noexcept;

} // namespace assay::zk
