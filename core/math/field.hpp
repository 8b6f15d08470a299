// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Elements of a prime field with their bounds in the type. Every product says at compile time that
/// its operands fit: a formula whose sums would overflow in a lazy back-end does not compile with
/// it. The back-end of this build is Field; both exist in a native build, for its tests.
#pragma once

#include "core/math/field28.hpp"
#include "core/math/field29.hpp"
#include "core/math/limbs.hpp"
#if ASSAY_HAS_LIMBS_64
#include "core/math/field64.hpp"
#endif

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace assay::math {

#if ASSAY_USES_LIMBS_64
template <class P>
using Field = Field64<P>;
#else
template <class P>
using Field = std::conditional_t<P::TERMS.empty(), Field29<P>, Field28<P>>;
#endif

/// An element in back-end @p F with limb bound K and value bound V p / 8 (lazy_limbs.hpp).
template <class F, unsigned K, std::uint64_t V>
struct Fe {
    static_assert(K <= F::K_STORED, "a limb may overflow: carry() first");
    static_assert(V <= F::V_MAX, "the value may outgrow its limbs");

    typename F::Limbs limbs;

    Fe() = default;
    explicit constexpr Fe(const typename F::Limbs& value) noexcept : limbs{value} {}
    constexpr Fe(const Fe& other) noexcept { F::copy(limbs, other.limbs); }
    constexpr Fe& operator=(const Fe& other) noexcept {
        F::copy(limbs, other.limbs);
        return *this;
    }
    ~Fe() = default;
    /// From tighter bounds.
    template <unsigned K2, std::uint64_t V2>
    requires(K2 <= K && V2 <= V) constexpr Fe(const Fe<F, K2, V2>& other) noexcept {
        F::copy(limbs, other.limbs);
    }
    template <unsigned K2, std::uint64_t V2>
    requires(K2 <= K && V2 <= V) constexpr Fe& operator=(const Fe<F, K2, V2>& other) noexcept {
        F::copy(limbs, other.limbs);
        return *this;
    }

    [[nodiscard]] bool is_zero() const noexcept { return F::is_zero(limbs, (V + 7) / 8); }
};

/// Bound of a product: REDC adds at most p to |a b| / R.
template <class F>
constexpr std::uint64_t product_bound(std::uint64_t v1, std::uint64_t v2) noexcept {
    return 8 + (v1 * v2 + F::EIGHTHS - 1) / F::EIGHTHS;
}
template <class F, std::uint64_t V1, std::uint64_t V2>
using Product = Fe<F, 1, product_bound<F>(V1, V2)>;

/// out = a b, in place; out may be a factor.
template <class F, std::uint64_t OUT, unsigned K1, std::uint64_t V1, unsigned K2, std::uint64_t V2>
void multiply(Fe<F, 1, OUT>& out, const Fe<F, K1, V1>& a, const Fe<F, K2, V2>& b) noexcept {
    static_assert(K1 * K2 <= F::K_MAX, "a column of the product may overflow");
    static_assert(product_bound<F>(V1, V2) <= OUT, "the product may be larger than that");
    F::multiply(out.limbs, a.limbs, b.limbs);
}
template <class F, unsigned K1, std::uint64_t V1, unsigned K2, std::uint64_t V2>
[[nodiscard]] Product<F, V1, V2> operator*(const Fe<F, K1, V1>& a,
                                           const Fe<F, K2, V2>& b) noexcept {
    Product<F, V1, V2> out;
    multiply(out, a, b);
    return out;
}

template <class F, unsigned K, std::uint64_t V>
[[nodiscard]] Product<F, V, V> square(const Fe<F, K, V>& a) noexcept {
    static_assert(K * K <= F::K_MAX, "a column of the square may overflow");
    Product<F, V, V> out;
    F::square(out.limbs, a.limbs);
    return out;
}

template <class F, unsigned K1, std::uint64_t V1, unsigned K2, std::uint64_t V2>
[[nodiscard]] Fe<F, K1 + K2, V1 + V2> operator+(const Fe<F, K1, V1>& a,
                                                const Fe<F, K2, V2>& b) noexcept {
    Fe<F, K1 + K2, V1 + V2> out;
    F::add(out.limbs, a.limbs, b.limbs);
    return out;
}

template <class F, unsigned K1, std::uint64_t V1, unsigned K2, std::uint64_t V2>
[[nodiscard]] Fe<F, K1 + K2, V1 + V2> operator-(const Fe<F, K1, V1>& a,
                                                const Fe<F, K2, V2>& b) noexcept {
    Fe<F, K1 + K2, V1 + V2> out;
    F::subtract(out.limbs, a.limbs, b.limbs);
    return out;
}

template <class F, unsigned K, std::uint64_t V>
[[nodiscard]] Fe<F, K, V> operator-(const Fe<F, K, V>& a) noexcept {
    Fe<F, K, V> out;
    F::subtract(out.limbs, {}, a.limbs);
    return out;
}

/// S a for a small constant S.
template <unsigned S, class F, unsigned K, std::uint64_t V>
[[nodiscard]] Fe<F, S * K, S * V> times(const Fe<F, K, V>& a) noexcept {
    Fe<F, S * K, S * V> out;
    F::template scale<S>(out.limbs, a.limbs);
    return out;
}

/// carry() of the sum of S x for S = 1 and -1, in one pass.
template <int... S, class F, unsigned... K, std::uint64_t... V>
[[nodiscard]] Fe<F, 1, (V + ...)> combined(const Fe<F, K, V>&... terms) noexcept {
    static_assert(((S == 1 || S == -1) && ...) && sizeof...(S) == sizeof...(K));
    static_assert((K + ...) <= F::K_STORED, "a limb of the sum may overflow");
    Fe<F, 1, (V + ...)> out;
    F::template combine<S...>(out.limbs, terms.limbs...);
    return out;
}

/// The same value with K = 1.
template <class F, unsigned K, std::uint64_t V>
[[nodiscard]] Fe<F, 1, V> carry(const Fe<F, K, V>& a) noexcept {
    Fe<F, 1, V> out;
    F::carry(out.limbs, a.limbs);
    return out;
}

constexpr unsigned absolute(int factor) noexcept {
    return static_cast<unsigned>(factor < 0 ? -factor : factor);
}

/// The value bound of what was shrunk.
inline constexpr std::uint64_t SHRUNK = 5;

/// out = the residue of the sum of S x with K = 1 and a value of at most 5/8 p, in one pass and in
/// place; out may be one of them.
template <int... S, class F, std::uint64_t OUT, unsigned... K, std::uint64_t... V>
void store(Fe<F, 1, OUT>& out, const Fe<F, K, V>&... terms) noexcept {
    static_assert(sizeof...(S) == sizeof...(K) && OUT >= SHRUNK);
    static_assert(((absolute(S) * K) + ...) <= F::SHRINKABLE_K, "the quotient may be off");
    static_assert(((absolute(S) * V) + ...) <= F::SHRINKABLE_V, "the quotient may be off");
    F::template shrink<S...>(out.limbs, terms.limbs...);
}
template <int... S, class F, unsigned... K, std::uint64_t... V>
[[nodiscard]] Fe<F, 1, SHRUNK> shrunk(const Fe<F, K, V>&... terms) noexcept {
    Fe<F, 1, SHRUNK> out;
    store<S...>(out, terms...);
    return out;
}
template <class F, unsigned K, std::uint64_t V>
[[nodiscard]] Fe<F, 1, SHRUNK> shrink(const Fe<F, K, V>& a) noexcept {
    return shrunk<1>(a);
}

/// An element of a number below p.
template <class F>
[[nodiscard]] Fe<F, 1, 16> element(const Words<F::W>& words) noexcept {
    return Fe<F, 1, 8>{F::split(words)} * Fe<F, 1, 8>{F::R_SQUARED};
}

} // namespace assay::math
