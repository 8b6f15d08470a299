// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/math/inverse.hpp"
#include "core/math/modulus.hpp"
#include "core/math/nist_primes.hpp"

#include "tests/unit/math/random.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::math {
namespace {

/// a b mod m by the other half of this module.
template <std::size_t W>
Words<W> product(const Words<W>& a, const Words<W>& b, const Words<W>& m) {
    const Modulus<RunTimeLimbs<384>> modulus{m};
    auto out = modulus.lift(modulus.split(a));
    modulus.multiply(out, out, modulus.split(b));
    Words<W> words;
    modulus.join(out, words);
    return words;
}

template <std::size_t W>
void check(const Words<W>& value, const Words<W>& modulus) {
    Words<W> inverse = value;
    invert_var(inverse, modulus);
    CHECK(less(inverse, modulus));
    CHECK(product(inverse, value, modulus) == Words<W>{1});
    invert_var(inverse, modulus);
    CHECK(inverse == value);
}

template <std::size_t W>
void check_modulus(const Words<W>& modulus) {
    Words<W> last = modulus;
    last[0] -= 1;
    check(Words<W>{1}, modulus);
    check(Words<W>{2}, modulus);
    check(last, modulus);
    test::Sequence random{W};
    for (int i = 0; i < 300; ++i)
        check(random.below(modulus), modulus);
    for (std::size_t bit = 0; bit < WORD_BITS * W - 1; ++bit) { // long runs of zeros
        Words<W> power{};
        power[bit / WORD_BITS] = std::uint64_t{1} << bit % WORD_BITS;
        if (!less(power, modulus))
            break;
        check(power, modulus);
        subtract_from(power, Words<W>{1});
        if (!is_zero(power))
            check(power, modulus);
    }
}

TEST_CASE("inverses modulo primes and orders are right", "[math]") {
    check_modulus(P256::ORDER);
    check_modulus(P384::ORDER);
    check_modulus(P256Prime::WORDS);
    check_modulus(P384Prime::WORDS);
    check_modulus(Words<4>{0x3c208c16d87cfd47, 0x97816a916871ca8d, 0xb85045b68181585d,
                           0x30644e72e131a029}); // BN254
}

TEST_CASE("every inverse modulo a small prime is right", "[math]") {
    for (std::uint64_t value = 1; value < 251; ++value)
        check(Words<1>{value}, Words<1>{251});
}

} // namespace
} // namespace assay::math
