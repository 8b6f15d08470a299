// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/math/field.hpp"
#include "core/math/nist_primes.hpp"

#include "tests/unit/math/random.hpp"

#include <catch2/catch_template_test_macros.hpp>

#include <array>
#include <utility>
#include <vector>

namespace assay::math {
namespace {

/// A dense prime: the base field of BN254 (EIP-196), without a special reduction.
struct Bn254Prime {
    static constexpr std::size_t BITS = 254;
    static constexpr Words<4> WORDS = {0x3c208c16d87cfd47, 0x97816a916871ca8d, 0xb85045b68181585d,
                                       0x30644e72e131a029};
    [[maybe_unused]] static constexpr std::array<PowerOfTwo, 0>
        TERMS{}; // asked by wasm limbs alone
};

/// a b mod p by doubling and adding.
template <std::size_t W>
Words<W> slow_product(const Words<W>& a, const Words<W>& b, const Words<W>& p) {
    Words<W> sum{};
    for (std::size_t bit = WORD_BITS * W; bit-- > 0;) {
        double_mod(sum, p);
        if (bits_at(b, bit, 1) != 0 && (add_to(sum, a) != 0 || !less(sum, p)))
            subtract_from(sum, p);
    }
    return sum;
}

template <class F>
std::vector<Words<F::W>> samples() {
    Words<F::W> last = F::Prime::WORDS;
    last[0] -= 1;
    Words<F::W> half = last;
    for (std::size_t i = 0; i < F::W; ++i)
        half[i] = half[i] >> 1 | (i + 1 < F::W ? half[i + 1] << 63 : 0);
    std::vector<Words<F::W>> out = {Words<F::W>{}, Words<F::W>{1}, Words<F::W>{2}, last, half};
    test::Sequence random{F::W};
    for (int i = 0; i < 20; ++i)
        out.push_back(random.below(F::Prime::WORDS));
    return out;
}

#if ASSAY_HAS_LIMBS_64
#define BACK_ENDS                                                                                  \
    Field28<P256Prime>, Field28<P384Prime>, Field29<Bn254Prime>, Field64<P256Prime>,               \
        Field64<P384Prime>, Field64<Bn254Prime>
#else
#define BACK_ENDS Field28<P256Prime>, Field28<P384Prime>, Field29<Bn254Prime>
#endif

TEMPLATE_TEST_CASE("products in a field are right", "[math]", BACK_ENDS) {
    using F = TestType;
    for (const auto& a : samples<F>()) {
        CHECK(F::to_words(element<F>(a).limbs) == a);
        CHECK(F::to_words(square(element<F>(a)).limbs) == slow_product(a, a, F::Prime::WORDS));
        for (const auto& b : samples<F>())
            CHECK(F::to_words((element<F>(a) * element<F>(b)).limbs) ==
                  slow_product(a, b, F::Prime::WORDS));
    }
}

TEMPLATE_TEST_CASE("sums that were not carried multiply right", "[math]", BACK_ENDS) {
    using F = TestType;
    const auto& p = F::Prime::WORDS;
    for (const auto& a : samples<F>()) {
        for (const auto& b : samples<F>()) {
            const auto x = element<F>(a);
            const auto y = element<F>(b);
            Words<F::W> difference = a;
            if (subtract_from(difference, b) != 0)
                add_to(difference, p);
            Words<F::W> sum = a;
            if (add_to(sum, b) != 0 || !less(sum, p))
                subtract_from(sum, p);
            CHECK(F::to_words((x - y).limbs) == difference);
            CHECK(F::to_words((x + y).limbs) == sum);
            CHECK(F::to_words(carry(x - y).limbs) == difference);
            CHECK(F::to_words((-(y - x)).limbs) == difference);
            // The largest bounds that compile: 3 x 3 of at most 9.
            CHECK(F::to_words(square(times<3>(x)).limbs) ==
                  slow_product(Words<F::W>{9}, slow_product(a, a, p), p));
            CHECK(F::to_words(((x - y) * (x + y)).limbs) == slow_product(difference, sum, p));
            CHECK((x - y).is_zero() == (a == b));
            CHECK((x + y).is_zero() == is_zero(sum));
        }
    }
}

TEMPLATE_TEST_CASE("every multiple of the prime is zero and its neighbours are not", "[math]",
                   BACK_ENDS) {
    using F = TestType;
    Words<F::W> last = F::Prime::WORDS;
    last[0] -= 1;
    const auto one = element<F>(Words<F::W>{1});
    const auto minus_one = element<F>(last);
    const auto zero = one + minus_one; // p, or 0
    CHECK(zero.is_zero());
    CHECK((zero + zero).is_zero());
    CHECK(carry(zero + zero).is_zero());
    CHECK((zero - (zero + zero)).is_zero());
    CHECK_FALSE((zero + zero + one).is_zero());
    CHECK_FALSE((one - zero).is_zero());
    CHECK_FALSE((minus_one - zero - zero).is_zero());
}

#if ASSAY_HAS_LIMBS_64
#define DENSE_BACK_ENDS Field29<Bn254Prime>, Field64<Bn254Prime>
#else
#define DENSE_BACK_ENDS Field29<Bn254Prime>
#endif

TEMPLATE_TEST_CASE("complex products are right, of sums that were not carried too", "[math]",
                   DENSE_BACK_ENDS) {
    using F = TestType;
    const auto number = [](const Words<4>& a) { return element<F>(a); };
    const auto list = samples<F>();
    for (std::size_t i = 0; i < list.size(); ++i) {
        for (std::size_t j = 0; j < list.size(); ++j) {
            const auto a0 = number(list[i]);
            const auto a1 = number(list[(i + 3) % list.size()]);
            const auto b0 = number(list[j]);
            const auto b1 = number(list[(j + 7) % list.size()]);
            const auto check = [&](const auto& x0, const auto& x1, const auto& y0, const auto& y1) {
                typename F::Limbs real;
                typename F::Limbs imaginary;
                F::multiply_complex(real, imaginary, x0.limbs, x1.limbs, y0.limbs, y1.limbs);
                CHECK(F::to_words(real) == F::to_words(shrink(x0 * y0 - x1 * y1).limbs));
                CHECK(F::to_words(imaginary) == F::to_words(shrink(x0 * y1 + x1 * y0).limbs));
            };
            check(a0, a1, b0, b1);
            // The largest bounds that Fp2 lets through: 1 x 5 is more than 3, so 3 x 1.
            check(times<3>(a0), -times<3>(a1), b0, b1);
            check(times<3>(a0), times<3>(a1), -b0, b1);
            check(a0 - a1, b0 - a1, b0 + b1, -(b0 + b1));
            check(-a0 - a1, -b0 - a1, -b0 - b1, -(b0 + b1));
        }
    }
    // Limbs at their bounds.
    if constexpr (F::K_STORED == 7) {
        using Wide = Fe<F, 3, 16>;
        constexpr auto LIMB = std::int32_t{1} << F::UNIT_BITS;
        for (const std::int32_t sign : {1, -1}) {
            typename F::Limbs high;
            typename F::Limbs low;
            for (std::size_t i = 0; i < F::N; ++i) {
                high[i] = i + 1 < F::N ? 3 * LIMB * sign : 1;
                low[i] = i + 1 < F::N ? -LIMB : -1;
            }
            for (const auto& [x, y] : {std::pair{high, low}, {low, low}, {low, high}}) {
                typename F::Limbs real;
                typename F::Limbs imaginary;
                F::multiply_complex(real, imaginary, x, x, low, y);
                const auto one = [&](const typename F::Limbs& limbs) {
                    return number(F::to_words(carry(Wide{limbs}).limbs));
                };
                CHECK(F::to_words(real) ==
                      F::to_words(shrink(one(x) * one(low) - one(x) * one(y)).limbs));
                CHECK(F::to_words(imaginary) ==
                      F::to_words(shrink(one(x) * one(y) + one(x) * one(low)).limbs));
            }
        }
    }
}

TEST_CASE("columns of dense limbs at their bounds do not overflow", "[math]") {
    using F = Field29<Bn254Prime>;
    // Of the largest bounds that compile, with both signs: an overflow is a sanitizer's finding,
    // and a wrong product.
    static_assert(F::K_MAX >= 12 && F::K_MAX_COMPLEX >= 6);
    const auto filled = [](int units) {
        F::Limbs limbs;
        limbs.fill(units * (std::int32_t{1} << F::UNIT_BITS));
        limbs[F::N - 1] = units;
        return limbs;
    };
    const auto fresh = [](const F::Limbs& limbs) {
        F::Limbs carried;
        F::carry(carried, limbs);
        return element<F>(F::to_words(carried));
    };
    for (const auto& [a, b] :
         {std::pair{3, 4}, {-3, 4}, {6, 2}, {6, -2}, {-7, -1}, {3, 2}, {-3, 2}}) {
        const F::Limbs x = filled(a);
        const F::Limbs y = filled(b);
        F::Limbs product;
        F::multiply(product, x, y);
        CHECK(F::to_words(product) == F::to_words((fresh(x) * fresh(y)).limbs));
        F::Limbs real;
        F::Limbs imaginary;
        if (a * b <= static_cast<int>(F::K_MAX_COMPLEX) && a <= 3 && b <= 3) {
            F::multiply_complex(real, imaginary, x, x, y, y);
            CHECK(F::to_words(real) == Words<4>{});
            CHECK(F::to_words(imaginary) == F::to_words((fresh(x) * times<2>(fresh(y))).limbs));
        }
    }
}

TEST_CASE("what was shrunk is at most 5/8 of the prime and the same residue", "[math]") {
    using F = Field29<Bn254Prime>;
    const auto list = samples<F>();
    const auto eighths = [](const F::Limbs& limbs) { // of p, by the highest limbs
        constexpr double LIMB = 536870912.0;
        const double top = limbs[8] * LIMB + limbs[7];
        return 8 * top / (F::MODULUS[8] * LIMB + F::MODULUS[7]);
    };
    for (const auto& a : list) {
        for (const auto& b : list) {
            const auto x = element<F>(a);
            const auto y = element<F>(b);
            const auto wide = carry(times<7>(carry(times<4>(x))));
            for (const auto& sum : {shrunk<1, -1>(x, y), shrunk<9, 1>(x, y), shrunk<-9, 1>(wide, y),
                                    shrunk<9, -1>(wide, y), shrink(x - y)}) {
                CHECK(eighths(sum.limbs) < 5);
                CHECK(eighths(sum.limbs) > -5);
            }
            CHECK(F::to_words(shrunk<9, -1>(wide, y).limbs) ==
                  F::to_words((element<F>(Words<4>{252}) * x - y).limbs));
            CHECK(F::to_words(shrunk<-9, 1>(wide, y).limbs) ==
                  F::to_words((y - element<F>(Words<4>{252}) * x).limbs));
        }
    }
}

} // namespace
} // namespace assay::math
