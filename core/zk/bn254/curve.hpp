// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Points of y^2 = x^3 + b over Fp (G1) or Fp2 (the twist that holds G2), in Jacobian coordinates:
/// (X, Y, Z) stands for (X / Z^2, Y / Z^3). Formulas by their names in the Explicit-Formulas
/// Database (hyperelliptic.org/EFD/g1p/auto-shortw-jacobian-0.html). Infinity, equal and opposite
/// points take their own branches. Not constant-time: for public data only.
#pragma once

#include "core/zk/bn254/fp2.hpp"

#include <span>

namespace assay::zk {

[[nodiscard]] inline Fp one_of(const Fp&) noexcept {
    return fp_one();
}
[[nodiscard]] inline Fp2 one_of(const Fp2&) noexcept {
    return fp2_one();
}

template <class E>
struct AffinePoint {
    E x{}, y{};
    bool infinity = true;
};

template <class E>
struct JacobianPoint {
    E x{}, y{}, z{};
    bool infinity = true;

    JacobianPoint() = default;
    JacobianPoint(const AffinePoint<E>& p) noexcept
        : x{p.x}, y{p.y}, z{one_of(p.x)}, infinity{p.infinity} {}
};

template <class E>
[[nodiscard]] AffinePoint<E> operator-(const AffinePoint<E>& p) noexcept {
    return {p.x, -p.y, p.infinity};
}

/// dbl-2009-l with D = 4 X B. No point of either curve has order two, so y is never 0.
template <class E>
[[gnu::noinline]] void double_point(JacobianPoint<E>& p) noexcept {
    if (p.infinity)
        return;
    const auto a = square(p.x);
    const auto b = square(p.y);
    const auto d = carry(times<4>(b)) * p.x;
    const auto e = carry(times<3>(a));
    p.z = times<2>(p.y) * p.z;
    p.x = carry(square(e) - times<2>(d));
    // 8 C = 2 (2 B)^2
    p.y = carry(e * (d - p.x) - times<2>(square(carry(times<2>(b)))));
}

/// The rest of an addition: u1, s1 are p's coordinates over the common denominator, h and r the
/// differences of both points'. Z is already multiplied by the other point's.
template <class E, class U, class S, class H, class R>
void finish_addition(JacobianPoint<E>& p, const U& u1, const S& s1, const H& h,
                     const R& r) noexcept {
    const auto hh = square(h);
    const auto hhh = hh * h;
    const auto v = u1 * hh;
    p.z = p.z * h;
    p.x = carry(square(r) - hhh - times<2>(v));
    p.y = carry(r * (v - p.x) - s1 * hhh);
}

/// p += q: madd, Cohen, Miyaji and Ono (ASIACRYPT 1998), 8M + 3S.
template <class E>
[[gnu::noinline]] void add(JacobianPoint<E>& p, const AffinePoint<E>& q) noexcept {
    if (q.infinity)
        return;
    if (p.infinity) {
        p = q;
        return;
    }
    const auto zz = square(p.z);
    const auto h = carry(q.x * zz - p.x);
    const auto r = carry(q.y * (zz * p.z) - p.y);
    if (h.is_zero()) {
        if (r.is_zero())
            double_point(p);
        else
            p.infinity = true;
        return;
    }
    finish_addition(p, E{p.x}, E{p.y}, h, r);
}

/// p += q: add-1998-cmo-2, 12M + 4S.
template <class E>
[[gnu::noinline]] void add(JacobianPoint<E>& p, const JacobianPoint<E>& q) noexcept {
    if (q.infinity)
        return;
    if (p.infinity) {
        p = q;
        return;
    }
    const auto zz1 = square(p.z);
    const auto zz2 = square(q.z);
    const auto u1 = p.x * zz2;
    const auto s1 = p.y * (zz2 * q.z);
    const auto h = carry(q.x * zz1 - u1);
    const auto r = carry(q.y * (zz1 * p.z) - s1);
    if (h.is_zero()) {
        if (r.is_zero())
            double_point(p);
        else
            p.infinity = true;
        return;
    }
    p.z = p.z * q.z;
    finish_addition(p, u1, s1, h, r);
}

template <class E>
[[nodiscard]] AffinePoint<E> to_affine(const JacobianPoint<E>& p) noexcept {
    if (p.infinity)
        return {};
    const E inverse = invert(p.z);
    const E squared = square(inverse);
    return {p.x * squared, p.y * (squared * inverse), false};
}

/// @return [scalar] p for a non-negative number, from its highest bit down.
template <class E>
[[nodiscard]] JacobianPoint<E> multiply(const AffinePoint<E>& p,
                                        std::span<const std::uint64_t> scalar) noexcept {
    JacobianPoint<E> sum;
    for (std::size_t bit = scalar.size() * math::WORD_BITS; bit-- > 0;) {
        double_point(sum);
        if ((scalar[bit / math::WORD_BITS] >> bit % math::WORD_BITS & 1) != 0)
            add(sum, p);
    }
    return sum;
}

} // namespace assay::zk
