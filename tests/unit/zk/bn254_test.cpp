// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/bn254/fp12.hpp"
#include "core/zk/bn254/msm.hpp"
#include "core/zk/bn254/pairing.hpp"
#include "core/zk/bn254/precompiles.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <vector>

namespace zk = assay::zk;
using zk::Fr;
using zk::Number;

namespace {

/// Numbers that look random, the same in every run (xorshift64*, Vigna 2016).
class Numbers {
public:
    std::uint64_t next() {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return state_ * 0x2545f4914f6cdd1d;
    }
    Number below_r() {
        Number n{next(), next(), next(), next() >> 3};
        while (!assay::math::less(n, zk::FrPrime::WORDS))
            assay::math::subtract_from(n, zk::FrPrime::WORDS);
        return n;
    }

private:
    std::uint64_t state_ = 0x9e3779b97f4a7c15;
};

bool same(const zk::G1& a, const zk::G1& b) {
    return zk::to_bytes(a) == zk::to_bytes(b);
}

zk::G1 g1_times(const Number& k) {
    return zk::to_affine(zk::multiply(zk::g1_generator(), k));
}
zk::G2 g2_times(const Number& k) {
    return zk::to_affine(zk::multiply(zk::g2_generator(), k));
}
/// (2p - r) / 10069
Number small_cofactor() {
    Number rest = zk::FpPrime::WORDS;
    assay::math::add_to(rest, zk::FpPrime::WORDS);
    assay::math::subtract_from(rest, zk::FrPrime::WORDS);
    Number out{};
    std::uint64_t over = 0;
    for (std::size_t bit = 256; bit-- > 0;) {
        over = 2 * over + (rest[bit / 64] >> bit % 64 & 1);
        if (over >= 10069) {
            over -= 10069;
            out[bit / 64] |= std::uint64_t{1} << bit % 64;
        }
    }
    REQUIRE(over == 0);
    return out;
}
std::array<Number, 2> words(const zk::Fp2& a) {
    return {zk::FpLimbs::to_words(a.c0.limbs), zk::FpLimbs::to_words(a.c1.limbs)};
}

} // namespace

TEST_CASE("A chain of squares in Fp12 equals the products") {
    Numbers numbers;
    zk::Fp12 a = zk::miller_loop(
        {}, std::array{zk::Pair{g1_times(numbers.below_r()), g2_times(numbers.below_r())}});
    for (int i = 0; i < 50; ++i) {
        zk::Fp12 square = a;
        zk::square(square);
        zk::Fp12 product;
        zk::multiply(product, a, a);
        zk::Fp12 quotient;
        zk::multiply(quotient, square, zk::invert(product));
        REQUIRE(zk::is_one(quotient));
        a = square;
    }
    zk::Fp12 power = zk::final_exponentiation(a);
    for (int i = 0; i < 100; ++i) {
        zk::Fp12 square = power;
        zk::cyclotomic_square(square);
        zk::Fp12 quotient;
        zk::multiply(quotient, power, power);
        zk::multiply(quotient, quotient, zk::conjugate(square)); // the inverse there
        REQUIRE(zk::is_one(quotient));
        power = square;
    }
}

TEST_CASE("The pairing is bilinear and not degenerate") {
    Numbers numbers;
    for (int i = 0; i < 5; ++i) {
        const Number a = numbers.below_r();
        const Number b = numbers.below_r();
        const Fr product = zk::fr_from(a) * zk::fr_from(b);
        const zk::G1 ab = g1_times(zk::number_of(product));
        const zk::Pair left{g1_times(a), g2_times(b)};
        REQUIRE(zk::product_is_one({}, std::array{left, zk::Pair{-ab, zk::g2_generator()}}));
        REQUIRE(zk::product_is_one(std::array{zk::FixedPair{-ab, zk::fixed_g2_generator()}},
                                   std::array{left}));
        REQUIRE_FALSE(zk::product_is_one(std::array{zk::FixedPair{ab, zk::fixed_g2_generator()}},
                                         std::array{left}));
        REQUIRE_FALSE(zk::product_is_one({}, std::array{left}));
        const auto fixed = std::make_shared<const zk::FixedG2>(left.q);
        REQUIRE(zk::product_is_one(
            std::array{zk::FixedPair{left.p, fixed}, zk::FixedPair{-ab, zk::fixed_g2_generator()}},
            {}));
        // One with its loop known.
        const std::array known = {zk::FixedPair{left.p, fixed}};
        const auto loop = std::make_shared<const zk::Fp12>(zk::miller_loop(known, {}));
        REQUIRE(zk::product_is_one(std::array{zk::FixedPair{left.p, fixed, loop},
                                              zk::FixedPair{-ab, zk::fixed_g2_generator()}},
                                   {}));
        REQUIRE_FALSE(zk::product_is_one(std::array{zk::FixedPair{left.p, fixed, loop}}, {}));
    }
}

TEST_CASE("Infinity on either side of a pairing counts one") {
    const auto infinity = std::make_shared<const zk::FixedG2>(zk::G2{});
    REQUIRE(zk::product_is_one({}, std::array{zk::Pair{zk::G1{}, zk::g2_generator()},
                                              zk::Pair{zk::g1_generator(), zk::G2{}}}));
    REQUIRE(zk::product_is_one(std::array{zk::FixedPair{zk::g1_generator(), infinity},
                                          zk::FixedPair{zk::G1{}, zk::fixed_g2_generator()}},
                               {}));
    REQUIRE_FALSE(zk::product_is_one(
        std::array{zk::FixedPair{zk::g1_generator(), zk::fixed_g2_generator()}}, {}));
}

TEST_CASE("Only points of order r are of G2") {
    Numbers numbers;
    const zk::G2 member = g2_times(numbers.below_r());
    REQUIRE(zk::g2_from(words(member.x), words(member.y)));
    REQUIRE(zk::to_affine(zk::multiply(member, zk::FrPrime::WORDS)).infinity);
    // x = 1, …: the twist's points of small x are outside, as [r] shows.
    int outside = 0;
    for (std::uint64_t x = 1; x < 40 && outside < 5; ++x) {
        const zk::Fp2 fx = {zk::fp_from(Number{x}), zk::fp_from(Number{0})};
        const zk::Fp2 y2 = zk::shrink(zk::square(fx) * fx + zk::twist_b());
        // Square root in Fp2 for p = 3 mod 4 by the complex method: y2 = (s + t u)^2.
        const auto root = [](const zk::Fp& a) {
            Number exponent = zk::FpPrime::WORDS; // (p + 1) / 4
            assay::math::add_to(exponent, Number{1});
            for (int i = 0; i < 2; ++i)
                for (std::size_t w = 0; w < 4; ++w)
                    exponent[w] = exponent[w] >> 1 | (w < 3 ? exponent[w + 1] << 63 : 0);
            zk::Fp result = zk::fp_one();
            for (std::size_t bit = 256; bit-- > 0;) {
                result = square(result);
                if ((exponent[bit / 64] >> bit % 64 & 1) != 0)
                    result = result * a;
            }
            return result;
        };
        const zk::Fp norm = root(carry(square(y2.c0) + square(y2.c1)));
        const zk::Fp half = zk::invert(zk::Fp{shrink(zk::fp_one() + zk::fp_one())});
        for (const zk::Fp& delta :
             {zk::Fp{shrink(y2.c0 + norm) * half}, zk::Fp{shrink(y2.c0 - norm) * half}}) {
            const zk::Fp s = root(delta);
            const zk::Fp t = shrink(y2.c1 * half) * zk::invert(s);
            const zk::Fp2 y = {s, t};
            if (!(zk::square(y) - y2).is_zero())
                continue;
            const zk::G2 point{fx, y, false};
            REQUIRE_FALSE(zk::to_affine(zk::multiply(point, zk::FrPrime::WORDS)).infinity);
            REQUIRE_FALSE(zk::g2_from(words(fx), words(y)));
            REQUIRE_FALSE(zk::fixed_g2_from(words(fx), words(y)));
            REQUIRE_FALSE(zk::fixed_g2_from(words(fx), words(y))); // nothing of it was kept
            // Its part outside of G2, alone, with a member, and in the smallest group that there
            // is: the cofactor 2p - r is 10069 times an integer.
            const zk::G2 part = zk::to_affine(zk::multiply(point, zk::FrPrime::WORDS));
            zk::G2Sum sum{part};
            zk::add(sum, member);
            const zk::G2 small = zk::to_affine(zk::multiply(part, small_cofactor()));
            REQUIRE(zk::to_affine(zk::multiply(small, Number{10069})).infinity);
            for (const zk::G2& other : {part, zk::to_affine(sum), small}) {
                if (!other.infinity)
                    REQUIRE_FALSE(zk::g2_from(words(other.x), words(other.y)));
            }
            ++outside;
        }
    }
    REQUIRE(outside >= 5);
}

TEST_CASE("A scalar's halves are short and add up") {
    Numbers numbers;
    const zk::G1 p = g1_times(numbers.below_r());
    Number last = zk::FrPrime::WORDS;
    assay::math::subtract_from(last, Number{1});
    std::vector<Number> scalars = {Number{0}, Number{1}, Number{2}, last};
    for (int i = 0; i < 100; ++i)
        scalars.push_back(numbers.below_r());
    for (const Number& k : scalars) {
        const auto split = zk::split_scalar(k);
        REQUIRE((split.k0[2] | split.k0[3] | split.k1[2] | split.k1[3]) == 0);
        const auto part = [](const zk::G1& q, const Number& n, bool negative) {
            const zk::G1 product = zk::to_affine(zk::multiply(q, n));
            return negative ? -product : product;
        };
        zk::G1Sum sum{part(p, split.k0, split.negative0)};
        zk::add(sum, part(zk::endomorphism(p), split.k1, split.negative1));
        REQUIRE(same(zk::to_affine(sum), zk::to_affine(zk::multiply(p, k))));
    }
}

TEST_CASE("Sums of multiples of points equal the multiples added one by one") {
    Numbers numbers;
    for (const std::size_t size : {0, 1, 2, 3, 9, 17, 60, 200}) {
        std::vector<zk::Term> terms;
        for (std::size_t i = 0; i < size; ++i) {
            // Repeated and opposite points, infinity, and scalars 0 and 1 among them.
            zk::G1 point = i % 5 == 4 ? -terms[i - 1].point : g1_times(numbers.below_r());
            if (i % 7 == 3)
                point = terms[i - 1].point;
            if (i % 11 == 6)
                point = zk::G1{};
            Number scalar = i % 13 == 5 ? Number{i % 2} : numbers.below_r();
            terms.push_back({point, zk::fr_from(scalar)});
            if (i % 5 == 4 && i % 2 == 0)
                terms[i].scalar = terms[i - 1].scalar;
        }
        zk::G1Sum expected;
        for (const zk::Term& term : terms)
            zk::add(expected, zk::to_affine(zk::multiply(term.point, zk::number_of(term.scalar))));
        REQUIRE(same(zk::sum_of(terms), zk::to_affine(expected)));
    }
}

TEST_CASE("Inverses of many scalars at once are those of each") {
    Numbers numbers;
    std::vector<Fr> values;
    for (int i = 0; i < 10; ++i)
        values.push_back(zk::fr_from(numbers.below_r()));
    std::vector<Fr> inverses = values;
    REQUIRE(zk::invert_all(inverses));
    for (std::size_t i = 0; i < values.size(); ++i)
        REQUIRE(zk::equal(values[i] * inverses[i], zk::fr_one()));
    values[4] = zk::fr_zero();
    inverses = values;
    REQUIRE_FALSE(zk::invert_all(inverses));
    REQUIRE(zk::equal(inverses[3], values[3]));
}

TEST_CASE("A precompile's input is cut or padded, and refused off the curve") {
    std::vector<std::uint8_t> input(200, 0);
    input[31] = 1;
    input[63] = 2;
    REQUIRE(zk::ecadd(assay::BytesView{input}.first(64)) == zk::to_bytes(zk::g1_generator()));
    REQUIRE(zk::ecadd(input) == zk::to_bytes(zk::g1_generator()));
    REQUIRE(zk::ecmul(assay::BytesView{input}.first(64)) == zk::G1Bytes{});
    input[63] = 3;
    REQUIRE_FALSE(zk::ecadd(input));
    REQUIRE_FALSE(zk::ecmul(input));
    REQUIRE(zk::ecpairing({}) == true);
    REQUIRE_FALSE(zk::ecpairing(assay::BytesView{input}.first(191)));
    REQUIRE_FALSE(zk::ecpairing(assay::BytesView{input}.first(192)));
}
