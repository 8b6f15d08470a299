// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/math/modulus.hpp"

#include "tests/unit/math/random.hpp"

#include <catch2/catch_template_test_macros.hpp>

#include <vector>

namespace assay::math {
namespace {

using Number = std::vector<std::uint64_t>;

Number odd_modulus(test::Sequence& random, std::size_t bits) {
    Number out((bits + WORD_BITS - 1) / WORD_BITS);
    for (std::uint64_t& word : out)
        word = random.next();
    const std::size_t top = (bits - 1) % WORD_BITS;
    out.back() &= ~std::uint64_t{0} >> (WORD_BITS - 1 - top);
    out.back() |= std::uint64_t{1} << top;
    out[0] |= 1;
    return out;
}

Number below(test::Sequence& random, const Number& modulus) {
    Number out(modulus.size());
    do {
        for (std::uint64_t& word : out)
            word = random.next();
        out.back() %= modulus.back() + (modulus.size() == 1 ? 0 : 1);
    } while (!less(out, modulus));
    return out;
}

/// a b mod m by doubling and adding.
Number slow_product(const Number& a, const Number& b, const Number& m) {
    Number sum(m.size());
    for (std::size_t bit = WORD_BITS * m.size(); bit-- > 0;) {
        double_mod(sum, m);
        if (bits_at(b, bit, 1) != 0 && (add_to(sum, a) != 0 || !less(sum, m)))
            subtract_from(sum, m);
    }
    return sum;
}

#if ASSAY_HAS_LIMBS_64
#define BACK_ENDS Limbs28<8192>, Limbs64<8192>
#else
#define BACK_ENDS Limbs28<8192>
#endif

TEMPLATE_TEST_CASE("powers modulo numbers of all lengths are right", "[math]", BACK_ENDS) {
    test::Sequence random{3};
    // Around the borders of words, limbs and blocks of limbs.
    for (const std::size_t bits : {3U,   27U,  28U,  62U,  63U,  64U,  65U,  110U,  111U,  112U,
                                   126U, 127U, 128U, 254U, 255U, 256U, 384U, 1024U, 2048U, 2049U}) {
        INFO(bits);
        for (int round = 0; round < 3; ++round) {
            const Number m = odd_modulus(random, bits);
            const Modulus<TestType> modulus{m};
            for (Number a : {below(random, m), Number(m.size()), Number(m)}) {
                if (a == m)
                    subtract_from(a, Number{[&] {
                                      Number one(m.size());
                                      one[0] = 1;
                                      return one;
                                  }()});
                const Number cube = slow_product(a, slow_product(a, a, m), m);
                Number power = a;
                modulus.power_odd(power, Bytes{3});
                CHECK(power == cube);
                power = a;
                modulus.power_odd(power, Bytes{1});
                CHECK(power == a);
                power = a;
                modulus.power_odd(power, Bytes{13});
                CHECK(power ==
                      slow_product(
                          a,
                          slow_product(cube, slow_product(cube, slow_product(cube, cube, m), m), m),
                          m));
            }
        }
    }
}

TEMPLATE_TEST_CASE("a power to 65537 is sixteen squares and a product", "[math]", BACK_ENDS) {
    test::Sequence random{4};
    for (const std::size_t bits : {2048U, 3072U, 4096U, 8192U}) {
        INFO(bits);
        const Number m = odd_modulus(random, bits);
        const Number a = below(random, m);
        Number power = a;
        Modulus<TestType>{m}.power_odd(power, Bytes{1, 0, 1});
        // By repeated cubing: (a^3)^21845 a a = a^65537, 21845 = 3 5 17 257 / 3.
        const Modulus<TestType> modulus{m};
        Number other = a;
        for (const Bytes& factor : {Bytes{3}, Bytes{5}, Bytes{17}, Bytes{1, 1}}) // 65535
            modulus.power_odd(other, factor);
        CHECK(power == slow_product(other, slow_product(a, a, m), m));
    }
}

TEMPLATE_TEST_CASE("limbs that are all ones do not overflow a column", "[math]", BACK_ENDS) {
    for (const std::size_t words : {32U, 47U, 64U, 128U}) {
        INFO(words);
        const Number m(words, ~std::uint64_t{0});
        Number a = m;
        a[0] -= 1; // -1: its odd powers are -1
        const Modulus<TestType> modulus{m};
        Number power = a;
        modulus.power_odd(power, Bytes{0x1f, 0xff});
        CHECK(power == a);
        // 2^(64 words - 1) is 1 / 2; its cube is 1 / 8.
        Number half(words);
        half.back() = std::uint64_t{1} << 63;
        Number cube = half;
        modulus.power_odd(cube, Bytes{3});
        Number eighth(words);
        eighth.back() = std::uint64_t{1} << 61;
        CHECK(cube == eighth);
    }
}

} // namespace
} // namespace assay::math
