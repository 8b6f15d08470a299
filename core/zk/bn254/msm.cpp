// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/bn254/msm.hpp"

#include "core/zk/bn254/batch_add.hpp"

#include <algorithm>
#include <array>

namespace assay::zk {
namespace {

// Gallant, Lambert and Vanstone, "Faster point multiplication on elliptic curves with efficient
// endomorphisms" (CRYPTO 2001), with the lattice basis (6x^2 + 4x + 1, 2x + 1), (2x + 1,
// -(6x^2 + 2x)).
constexpr Number BETA = {0x5763473177fffffe, 0xd4f263f1acdb5c4f, 0x59e26bcea0d48bac, 0};
constexpr std::uint64_t SHORT = 2 * BN_X + 1;
using Half = math::Words<2>;
constexpr std::size_t HALF_BITS = 128;

constexpr math::Words<8> product(const Number& a, const Number& b) noexcept {
    // Digits of 32 bits: this file is built for machines without a wider product too.
    math::Words<8> out{};
    for (std::size_t i = 0; i < 8; ++i) {
        const std::uint64_t factor = a[i / 2] >> i % 2 * 32 & 0xffffffff;
        if (factor == 0)
            continue; // the upper digits of most constants
        std::uint64_t over = 0;
        for (std::size_t j = 0; j < 8; ++j) {
            const std::size_t k = i + j;
            const std::uint64_t digit = out[k / 2] >> k % 2 * 32 & 0xffffffff;
            const std::uint64_t sum = factor * (b[j / 2] >> j % 2 * 32 & 0xffffffff) + digit + over;
            out[k / 2] += ((sum & 0xffffffff) << k % 2 * 32) - (digit << k % 2 * 32);
            over = sum >> 32;
        }
        if (i + 8 < 16)
            out[(i + 8) / 2] += over << (i + 8) % 2 * 32;
    }
    return out;
}

constexpr Number low(const math::Words<8>& a) noexcept {
    return {a[0], a[1], a[2], a[3]};
}

constexpr Number X{BN_X};
constexpr Number SIX_X2 = low(product(Number{6}, low(product(X, X))));
constexpr Number plus(Number a, const Number& b) noexcept {
    math::add_to(a, b);
    return a;
}
constexpr Number TWO_X = plus(X, X);
constexpr Number A1 = plus(plus(SIX_X2, plus(TWO_X, TWO_X)), Number{1});
constexpr Number MINUS_B2 = plus(SIX_X2, TWO_X);

/// floor(2^256 numerator / r), by long division.
constexpr Number fraction_of_r(const Number& numerator) noexcept {
    Number rest = numerator; // below r
    Number quotient{};
    for (std::size_t bit = 256; bit-- > 0;) {
        math::add_to(rest, rest); // r has 254 bits
        if (!math::less(rest, FrPrime::WORDS)) {
            math::subtract_from(rest, FrPrime::WORDS);
            quotient[bit / 64] |= std::uint64_t{1} << bit % 64;
        }
    }
    return quotient;
}
constexpr Number G1_FACTOR = fraction_of_r(MINUS_B2);
constexpr Number G2_FACTOR = fraction_of_r(Number{SHORT});

constexpr Number high(const math::Words<8>& a) noexcept {
    return {a[4], a[5], a[6], a[7]};
}

bool make_positive(Number& a) noexcept {
    if (a[3] >> 63 == 0)
        return false;
    Number negated{};
    math::subtract_from(negated, a);
    a = negated;
    return true;
}

/// A term of the halved problem: the signed digits of a scalar of 128 bits.
struct HalfTerm {
    Half scalar;
    bool negative;
};

constexpr std::size_t windows_of(std::size_t width) noexcept {
    return HALF_BITS / width + 1;
}

/// The fewest products: an addition of affine points takes 6, one into the result 11. Of the
/// 2^(width - 1) buckets of a window half are in the sum of each bit.
std::size_t best_width(std::size_t points) noexcept {
    constexpr std::size_t MAX_WIDTH = 12;
    const auto products = [&](std::size_t width) {
        return windows_of(width) *
               (6 * (points + (width - 1) * (std::size_t{1} << (width - 2))) + 11 * width);
    };
    std::size_t best = 2;
    for (std::size_t width = best + 1; width <= MAX_WIDTH; ++width) {
        if (products(width) < products(best))
            best = width;
    }
    return best;
}

/// For each bit, what counts 2^bit times in the sum of all [scalar] point.
using BitSums = std::vector<G1>;

/// Pippenger ("On the evaluation of powers and monomials", SIAM J. Comput. 9 (1980) 230) with
/// signed digits.
BitSums by_digit(std::span<const G1> points, std::span<const HalfTerm> halves) noexcept {
    const std::size_t width = best_width(points.size());
    const std::size_t windows = windows_of(width);
    const std::size_t buckets = std::size_t{1} << (width - 1);
    BucketSums sums{windows * buckets, points, windows * points.size()};
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto& [scalar, negative] = halves[i];
        std::size_t carry = 0; // into the highest digit too: it is narrower or 0
        for (std::size_t window = 0; window < windows; ++window) {
            std::size_t size =
                static_cast<std::size_t>(math::bits_at(scalar, window * width, width)) + carry;
            carry = size > buckets ? 1 : 0; // the digit is size - 2^width
            if (carry != 0)
                size = 2 * buckets - size;
            if (size > 0)
                sums.put(window * buckets + size - 1, i, (carry != 0) != negative);
        }
    }
    // A bucket counts as often as its number says: for each bit of that, the sum of the buckets
    // that have it, in affine coordinates as the buckets themselves. Instead of Pippenger's running
    // sums.
    const std::vector<G1> bucket = sums.take();
    BucketSums bit_sums{windows * width, bucket, bucket.size() * width / 2};
    for (std::size_t i = 0; i < bucket.size(); ++i) {
        if (bucket[i].infinity)
            continue;
        const std::size_t number = i % buckets + 1;
        for (std::size_t bit = 0; bit < width; ++bit) {
            if ((number >> bit & 1) != 0)
                bit_sums.put(i / buckets * width + bit, i, false);
        }
    }
    return bit_sums.take();
}

/// Fewer additions for few points: Straus ("Addition chains of vectors", Amer. Math. Monthly 71
/// (1964) 806) with odd digits below 2^4 in sliding windows, at least four zeros between two.
/// @param points each with its endomorphic image behind it
BitSums by_multiple(std::span<const G1> points, std::span<const HalfTerm> halves) noexcept {
    constexpr std::size_t WIDTH = 5;
    constexpr std::size_t HALF = std::size_t{1} << (WIDTH - 1);
    constexpr std::size_t ROWS = 1 + HALF / 2; // 1, 2, 3, 5, …, 15 times
    std::vector<G1> rows;
    rows.reserve(ROWS * points.size()); // spans of it stay good
    const std::size_t count = points.size() / 2;
    for (std::size_t i = 0; i < count; ++i)
        rows.push_back(points[2 * i]);
    for (std::size_t row = 1; row < ROWS; ++row) {
        BucketSums sums{count, rows, 2 * count};
        // Twice the first, then the one before or, once, the first and twice it.
        const std::size_t from = row < 3 ? 0 : row - 1;
        const std::size_t addend = row == 1 ? 0 : 1;
        for (std::size_t i = 0; i < count; ++i) {
            sums.put(i, from * count + i, false);
            sums.put(i, addend * count + i, false);
        }
        for (const G1& sum : sums.take())
            rows.push_back(sum);
    }
    const std::size_t image = rows.size();
    for (std::size_t i = 0; i < image; ++i)
        rows.push_back(endomorphism(rows[i]));
    BucketSums sums{HALF_BITS + 1, rows, points.size() * (HALF_BITS / WIDTH)};
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto& [scalar, negative] = halves[i];
        std::size_t carry = 0;
        for (std::size_t bit = 0; bit <= HALF_BITS;) {
            std::size_t size = static_cast<std::size_t>(math::bits_at(scalar, bit, WIDTH)) + carry;
            if (size % 2 == 0) { // 0, or 2 with what is carried
                ++bit;
                continue;
            }
            carry = size > HALF ? 1 : 0; // the digit is size - 2^WIDTH
            if (carry != 0)
                size = 2 * HALF - size;
            const std::size_t row = size == 1 ? 0 : size / 2 + 1;
            sums.put(bit, i % 2 * image + row * count + i / 2, (carry != 0) != negative);
            bit += WIDTH;
        }
    }
    return sums.take();
}

} // namespace

SplitScalar split_scalar(const Number& scalar) noexcept {
    const Number c1 = high(product(G1_FACTOR, scalar)); // about k (6x^2 + 2x) / r
    const Number c2 = high(product(G2_FACTOR, scalar)); // about k (2x + 1) / r
    SplitScalar out;
    out.k0 = scalar;
    math::subtract_from(out.k0, low(product(A1, c1)));
    math::subtract_from(out.k0, low(product(Number{SHORT}, c2)));
    out.k1 = low(product(MINUS_B2, c2));
    math::subtract_from(out.k1, low(product(Number{SHORT}, c1)));
    out.negative0 = make_positive(out.k0);
    out.negative1 = make_positive(out.k1);
    return out;
}

G1 endomorphism(const G1& p) noexcept {
    static const Fp beta = fp_from(BETA);
    return {p.x * beta, p.y, p.infinity};
}

G1 sum_of(std::span<const Term> terms) noexcept {
    std::vector<G1> points;
    std::vector<HalfTerm> halves;
    points.reserve(2 * terms.size());
    halves.reserve(2 * terms.size());
    for (const Term& term : terms) {
        if (term.point.infinity)
            continue;
        const SplitScalar split = split_scalar(number_of(term.scalar));
        points.push_back(term.point);
        halves.push_back({{split.k0[0], split.k0[1]}, split.negative0});
        points.push_back(endomorphism(term.point));
        halves.push_back({{split.k1[0], split.k1[1]}, split.negative1});
    }
    // Measured in products; with fewer points the common inversions of the multiples count.
    constexpr std::size_t FEWEST = 16;
    constexpr std::size_t MOST = 240;
    const bool few = points.size() >= FEWEST && points.size() <= MOST;
    const BitSums bits = few ? by_multiple(points, halves) : by_digit(points, halves);
    G1Sum result;
    for (std::size_t i = bits.size(); i-- > 0;) {
        double_point(result);
        add(result, bits[i]);
    }
    return to_affine(result);
}

} // namespace assay::zk
