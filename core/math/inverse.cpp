// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
/// @file
/// Bernstein and Yang, "Fast constant-time gcd computation and modular inversion" (2019, ePrint
/// 2019/266), in the variable-time form of libsecp256k1's doc/safegcd_implementation.md: division
/// steps in batches of 30 on the lowest limbs, then one pass over the numbers by the batch's
/// matrix. Limbs of 30 bits, two's complement in the last, products in 64 bits: one code for all
/// machines.
#include "core/math/inverse.hpp"

#include "core/math/limbs.hpp"

#include <array>
#include <bit>
#include <cassert>

namespace assay::math {
namespace {

constexpr unsigned BATCH = 30;
constexpr std::int32_t MASK = (std::int32_t{1} << BATCH) - 1;
/// d and e stay in (-2 m, m): two bits above the modulus.
constexpr std::size_t MAX_LIMBS = (INVERSE_WORDS * WORD_BITS + 2 + BATCH - 1) / BATCH;
using Signed = std::array<std::int32_t, MAX_LIMBS>;

/// The steps of a batch as a matrix, scaled by 2^30.
struct Matrix {
    std::int32_t u, v, q, r;
};

Signed split(std::span<const std::uint64_t> words) {
    Signed out{};
    for (std::size_t i = 0; i < MAX_LIMBS; ++i)
        out[i] = static_cast<std::int32_t>(bits_at(words, i * BATCH, BATCH));
    return out;
}

/// 30 division steps. @return the new eta = -delta.
std::int32_t divide_steps(std::int32_t eta, std::uint32_t f, std::uint32_t g, Matrix& matrix) {
    std::uint32_t u = 1;
    std::uint32_t v = 0;
    std::uint32_t q = 0;
    std::uint32_t r = 1;
    for (int left = BATCH;;) {
        // A sentinel bit ends the count of zeros at the end of the batch.
        const int zeros = std::countr_zero(g | 0xffffffffU << left);
        g >>= zeros;
        u <<= zeros;
        v <<= zeros;
        eta -= zeros;
        left -= zeros;
        if (left == 0)
            break;
        if (eta < 0) {
            eta = -eta;
            const std::uint32_t old_f = f;
            f = g;
            g = 0 - old_f;
            const std::uint32_t old_u = u;
            u = q;
            q = 0 - old_u;
            const std::uint32_t old_v = v;
            v = r;
            r = 0 - old_v;
        }
        // Clear up to 6 low bits of g at once, but no more than this eta and this batch allow.
        // f (f^2 - 2) = -1 / f modulo 64.
        const int limit = eta + 1 > left ? left : eta + 1;
        const std::uint32_t mask = (0xffffffffU >> (32 - limit)) & 63U;
        const std::uint32_t w = f * g * (f * f - 2) & mask;
        g += f * w;
        q += u * w;
        r += v * w;
    }
    matrix = {static_cast<std::int32_t>(u), static_cast<std::int32_t>(v),
              static_cast<std::int32_t>(q), static_cast<std::int32_t>(r)};
    return eta;
}

/// (d, e) = matrix (d, e) / 2^30 modulo m.
void update_factors(Signed& d, Signed& e, const Matrix& t, const Signed& m, std::uint32_t inverse,
                    std::size_t size) {
    const std::int32_t d_sign = d[size - 1] >> 31;
    const std::int32_t e_sign = e[size - 1] >> 31;
    std::int32_t md = (t.u & d_sign) + (t.v & e_sign);
    std::int32_t me = (t.q & d_sign) + (t.r & e_sign);
    std::int64_t cd = std::int64_t{t.u} * d[0] + std::int64_t{t.v} * e[0];
    std::int64_t ce = std::int64_t{t.q} * d[0] + std::int64_t{t.r} * e[0];
    // Multiples of m that make the lowest limbs zero.
    const auto correction = [&](std::int64_t low, std::int32_t start) {
        return static_cast<std::int32_t>(
            (inverse * static_cast<std::uint32_t>(low) + static_cast<std::uint32_t>(start)) &
            static_cast<std::uint32_t>(MASK));
    };
    md -= correction(cd, md);
    me -= correction(ce, me);
    cd = (cd + std::int64_t{m[0]} * md) >> BATCH;
    ce = (ce + std::int64_t{m[0]} * me) >> BATCH;
    for (std::size_t i = 1; i < size; ++i) {
        cd += std::int64_t{t.u} * d[i] + std::int64_t{t.v} * e[i] + std::int64_t{m[i]} * md;
        ce += std::int64_t{t.q} * d[i] + std::int64_t{t.r} * e[i] + std::int64_t{m[i]} * me;
        d[i - 1] = static_cast<std::int32_t>(cd) & MASK;
        e[i - 1] = static_cast<std::int32_t>(ce) & MASK;
        cd >>= BATCH;
        ce >>= BATCH;
    }
    d[size - 1] = static_cast<std::int32_t>(cd);
    e[size - 1] = static_cast<std::int32_t>(ce);
}

/// (f, g) = matrix (f, g) / 2^30; exact.
void update_numbers(Signed& f, Signed& g, const Matrix& t, std::size_t size) {
    std::int64_t cf = (std::int64_t{t.u} * f[0] + std::int64_t{t.v} * g[0]) >> BATCH;
    std::int64_t cg = (std::int64_t{t.q} * f[0] + std::int64_t{t.r} * g[0]) >> BATCH;
    for (std::size_t i = 1; i < size; ++i) {
        cf += std::int64_t{t.u} * f[i] + std::int64_t{t.v} * g[i];
        cg += std::int64_t{t.q} * f[i] + std::int64_t{t.r} * g[i];
        f[i - 1] = static_cast<std::int32_t>(cf) & MASK;
        g[i - 1] = static_cast<std::int32_t>(cg) & MASK;
        cf >>= BATCH;
        cg >>= BATCH;
    }
    f[size - 1] = static_cast<std::int32_t>(cf);
    g[size - 1] = static_cast<std::int32_t>(cg);
}

bool is_zero(const Signed& a, std::size_t size) {
    std::int32_t any = 0;
    for (std::size_t i = 0; i < size; ++i)
        any |= a[i];
    return any == 0;
}

/// Drops a leading limb that only repeats the sign.
bool can_shrink(const Signed& a, std::size_t size) {
    return a[size - 1] == 0 || a[size - 1] == -1;
}
void shrink(Signed& a, std::size_t size) {
    a[size - 2] = static_cast<std::int32_t>(static_cast<std::uint32_t>(a[size - 2]) |
                                            static_cast<std::uint32_t>(a[size - 1]) << BATCH);
}

/// a = sign * a + addend, with limbs in [0, 2^30) but for the last.
void combine(Signed& a, std::int32_t sign, const Signed& addend, std::size_t size) {
    std::int32_t over = 0;
    for (std::size_t i = 0; i + 1 < size; ++i) {
        over += sign * a[i] + addend[i];
        a[i] = over & MASK;
        over >>= BATCH;
    }
    a[size - 1] = sign * a[size - 1] + addend[size - 1] + over;
}

} // namespace

ASSAY_SMALL void invert_var(std::span<std::uint64_t> value,
                            std::span<const std::uint64_t> modulus) noexcept {
    assert(modulus.size() <= INVERSE_WORDS && value.size() == modulus.size());
    const std::size_t size = (modulus.size() * WORD_BITS + 2 + BATCH - 1) / BATCH;
    const Signed m = split(modulus);
    const auto inverse = static_cast<std::uint32_t>(0 - negated_inverse(modulus[0]));
    Signed f = m;
    Signed g = split(value);
    Signed d{};
    Signed e{1};
    std::int32_t eta = -1;
    std::size_t left = size;
    while (!is_zero(g, left)) {
        Matrix matrix;
        eta = divide_steps(eta, static_cast<std::uint32_t>(f[0]), static_cast<std::uint32_t>(g[0]),
                           matrix);
        update_factors(d, e, matrix, m, inverse, size);
        update_numbers(f, g, matrix, left);
        if (left > 1 && can_shrink(f, left) && can_shrink(g, left)) {
            shrink(f, left);
            shrink(g, left);
            --left;
        }
    }
    // Now f = +-1 is the gcd and d = +-1 / value, in (-2 m, m).
    const Signed zero{};
    if (d[size - 1] < 0)
        combine(d, 1, m, size);
    combine(d, f[left - 1] < 0 ? -1 : 1, zero, size);
    while (d[size - 1] < 0)
        combine(d, 1, m, size);
    for (std::uint64_t& word : value)
        word = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const std::size_t at = i * BATCH;
        const auto limb = static_cast<std::uint64_t>(d[i]);
        if (at / WORD_BITS < value.size())
            value[at / WORD_BITS] |= limb << at % WORD_BITS;
        if (at % WORD_BITS > WORD_BITS - BATCH && at / WORD_BITS + 1 < value.size())
            value[at / WORD_BITS + 1] |= limb >> (WORD_BITS - at % WORD_BITS);
    }
}

} // namespace assay::math
