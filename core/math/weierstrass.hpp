// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Points of y^2 = x^3 - 3 x + b over a prime field, in Jacobian coordinates: (X, Y, Z) stands for
/// (X / Z^2, Y / Z^3). Formulas by their names in the Explicit-Formulas Database
/// (hyperelliptic.org/EFD/g1p/auto-shortw-jacobian-3.html). Infinity, equal and opposite points are
/// told apart by comparison, so every sum is right. Not constant-time: for public data only.
#pragma once

#include "core/math/field.hpp"
#include "core/math/inverse.hpp"
#include "core/math/words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace assay::math {

/// C gives Prime, ORDER, B, GX, GY and W (nist_primes.hpp); F is the back-end.
template <class C, class F = Field<typename C::Prime>>
class Weierstrass {
public:
    static constexpr std::size_t W = C::W;
    static constexpr std::size_t BITS = C::Prime::BITS;
    using Number = Words<W>;

    /// A coordinate at rest: carried, |value| <= 16 p.
    using Stored = Fe<F, 1, 128>;
    using Fresh = Fe<F, 1, 16>; ///< out of a product with small operands

    struct Affine {
        Stored x, y;
    };
    struct Jacobian {
        Stored x, y, z;
        bool infinity = true;
    };
    /// With the powers of Z that every addition wants.
    struct Cached {
        Jacobian point;
        Stored zz, zzz;
    };

    /// @return whether both coordinates are below the prime and on the curve.
    ASSAY_SMALL [[nodiscard]] static bool read_point(const Number& x, const Number& y,
                                                     Affine& out) noexcept {
        if (!less(x, C::Prime::WORDS) || !less(y, C::Prime::WORDS))
            return false;
        const Fresh fx = element<F>(x);
        const Fresh fy = element<F>(y);
        out = {fx, fy};
        const auto x2_3 = square(fx) - times<3>(Fe<F, 1, 8>{F::ONE}); // x^2 - 3
        return (square(fy) - x2_3 * fx - element<F>(C::B)).is_zero();
    }

    [[nodiscard]] static Jacobian to_jacobian(const Affine& p) noexcept {
        return {p.x, p.y, Fe<F, 1, 8>{F::ONE}, false};
    }

    /// dbl-2001-b, 3M + 5S. No point of these curves has order two, so y is never zero.
    [[gnu::noinline]] static void double_point(Jacobian& p) noexcept {
        if (p.infinity)
            return;
        const auto delta = square(p.z);
        const auto gamma = square(p.y);
        const auto beta4 = p.x * times<4>(gamma);
        const auto alpha = times<3>((p.x - delta) * (p.x + delta));
        p.z = carry(square(p.y + p.z) - gamma - delta);
        p.x = carry(square(alpha) - times<2>(beta4));
        // 8 gamma^2 = 2 (2 gamma)^2
        p.y = carry(alpha * (beta4 - p.x) - times<2>(square(times<2>(gamma))));
    }

    /// p += q or p -= q for an affine q: madd of Cohen, Miyaji and Ono ("Efficient elliptic curve
    /// exponentiation using mixed coordinates", ASIACRYPT 1998), 8M + 3S.
    [[gnu::noinline]] static void add(Jacobian& p, const Affine& q, bool negative) noexcept {
        const Stored y = negative ? -q.y : q.y;
        if (p.infinity) {
            p = to_jacobian({q.x, y});
            return;
        }
        const auto zz = square(p.z);
        const auto u2 = q.x * zz;
        const auto s2 = y * (p.z * zz);
        if (finish(p, p.x, p.y, u2, s2))
            return;
        p = to_jacobian({q.x, y});
        double_point(p);
    }

    /// The same for a Jacobian q: add-1998-cmo-2 with the powers of q's Z known, 11M + 3S.
    [[gnu::noinline]] static void add(Jacobian& p, const Cached& q, bool negative) noexcept {
        if (q.point.infinity)
            return;
        const Stored y = negative ? -q.point.y : q.point.y;
        if (p.infinity) {
            p = {q.point.x, y, q.point.z, false};
            return;
        }
        const auto zz = square(p.z);
        const auto u1 = p.x * q.zz;
        const auto u2 = q.point.x * zz;
        const auto s1 = p.y * q.zzz;
        const auto s2 = y * (p.z * zz);
        p.z = p.z * q.point.z;
        if (finish(p, u1, s1, u2, s2))
            return;
        p = {q.point.x, y, q.point.z, false};
        double_point(p);
    }

    ASSAY_SMALL [[nodiscard]] static Cached cache(const Jacobian& p) noexcept {
        const auto zz = square(p.z);
        return {p, zz, zz * p.z};
    }

    /// @return u1 G + u2 Q by interleaved windowed non-adjacent forms (Moeller, "Algorithms for
    /// multi-exponentiation", SAC 2001): one run of doublings for both (Shamir's trick).
    ASSAY_SMALL [[nodiscard]] static Jacobian multiply(const Number& u1, const Number& u2,
                                                       const Affine& q) noexcept {
        constexpr unsigned Q_WIDTH = 5;
        std::array<Cached, std::size_t{1} << (Q_WIDTH - 2)> odd; // Q, 3 Q, 5 Q …
        Jacobian multiple = to_jacobian(q);
        odd[0] = cache(multiple);
        double_point(multiple);
        const Cached twice = cache(multiple);
        for (std::size_t i = 1; i < odd.size(); ++i) {
            multiple = odd[i - 1].point;
            add(multiple, twice, false);
            odd[i] = cache(multiple);
        }

        const Digits g_digits = recode(u1, G_WIDTH);
        const Digits q_digits = recode(u2, Q_WIDTH);
        const GTable& g = generator_table();
        Jacobian sum;
        for (std::size_t i = BITS + 1; i-- > 0;) {
            double_point(sum);
            if (const int d = g_digits[i]; d != 0)
                add(sum, g[static_cast<std::size_t>(d < 0 ? -d : d) / 2], d < 0);
            if (const int d = q_digits[i]; d != 0)
                add(sum, odd[static_cast<std::size_t>(d < 0 ? -d : d) / 2], d < 0);
        }
        return sum;
    }

    /// @return whether x is the affine x-coordinate of @p p. Preconditions: x below the prime, p
    /// not infinity.
    ASSAY_SMALL [[nodiscard]] static bool has_x(const Jacobian& p, const Number& x) noexcept {
        return (p.x - element<F>(x) * square(p.z)).is_zero();
    }

    /// @return (x, y) of @p p, which is not infinity.
    ASSAY_SMALL [[nodiscard]] static std::array<Number, 2> to_affine(const Jacobian& p) noexcept {
        const Affine affine = normalize(p, invert(p.z));
        return {F::to_words(affine.x.limbs), F::to_words(affine.y.limbs)};
    }

private:
    static constexpr unsigned G_WIDTH = 8;
    using GTable = std::array<Affine, std::size_t{1} << (G_WIDTH - 2)>;
    using Digits = std::array<std::int8_t, BITS + 1>;

    /// The common end of the additions: U2 and S2 belong to the second operand, Z3 = p.z H.
    /// @return false when both operands are equal: the sum is for the caller to make, by doubling.
    [[gnu::noinline]] static bool finish(Jacobian& p, const Stored& u1, const Stored& s1,
                                         const Stored& u2, const Stored& s2) noexcept {
        const auto h = u2 - u1;
        const auto r = s2 - s1;
        if (h.is_zero()) {
            if (r.is_zero())
                return false;
            p.infinity = true;
            return true;
        }
        const auto hh = square(h);
        const auto hhh = h * hh;
        const auto v = u1 * hh;
        const Stored x = carry(square(r) - hhh - times<2>(v));
        p.y = carry(r * (v - x) - s1 * hhh);
        p.z = p.z * h;
        p.x = x;
        return true;
    }

    ASSAY_SMALL [[nodiscard]] static Fresh invert(const Stored& z) noexcept {
        Number number = F::to_words(z.limbs);
        invert_var(number, C::Prime::WORDS);
        return element<F>(number);
    }

    ASSAY_SMALL [[nodiscard]] static Affine normalize(const Jacobian& p,
                                                      const Stored& z_inverse) noexcept {
        const auto zz = square(z_inverse);
        return {p.x * zz, p.y * (zz * z_inverse)};
    }

    /// Digits of a number in non-adjacent form of width w: odd or zero, |digit| < 2^(w-1), of w
    /// successive ones at most one not zero (Hankerson, Menezes, Vanstone, algorithm 3.35).
    ASSAY_SMALL [[nodiscard]] static Digits recode(const Number& number, unsigned width) noexcept {
        Digits digits{};
        std::uint64_t carried = 0;
        for (std::size_t at = 0; at < digits.size();) {
            if (bits_at(number, at, 1) == carried) {
                ++at;
                continue;
            }
            const std::size_t left = digits.size() - at;
            const std::size_t taken = left < width ? left : width;
            const auto window = static_cast<int>(bits_at(number, at, taken) + carried);
            carried = static_cast<std::uint64_t>(window >> (width - 1)) & 1U;
            digits[at] = static_cast<std::int8_t>(window - static_cast<int>(carried << width));
            at += taken;
        }
        return digits;
    }

    /// G, 3 G … 127 G in affine coordinates, made at the first use (one inversion for all:
    /// Montgomery's trick, Math. Comp. 48 (1987) 243, section 10.3.1): it takes less time than to
    /// fetch and compile a table in the module.
    ASSAY_SMALL [[nodiscard]] static const GTable& generator_table() noexcept {
        static const GTable table = make_generator_table();
        return table;
    }
    ASSAY_SMALL [[nodiscard]] static GTable make_generator_table() noexcept {
        GTable table;
        std::array<Jacobian, std::tuple_size_v<GTable>> points;
        points[0] = to_jacobian({element<F>(C::GX), element<F>(C::GY)});
        Jacobian twice = points[0];
        double_point(twice);
        const Cached step = cache(twice);
        std::array<Stored, std::tuple_size_v<GTable>> products; // of z up to each point
        products[0] = points[0].z;
        for (std::size_t i = 1; i < points.size(); ++i) {
            points[i] = points[i - 1];
            add(points[i], step, false);
            products[i] = products[i - 1] * points[i].z;
        }
        Stored inverse = invert(products.back());
        for (std::size_t i = points.size(); i-- > 1;) {
            table[i] = normalize(points[i], inverse * products[i - 1]);
            inverse = inverse * points[i].z;
        }
        table[0] = normalize(points[0], inverse);
        return table;
    }
};

} // namespace assay::math
