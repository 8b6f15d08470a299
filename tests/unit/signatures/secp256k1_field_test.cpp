// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Our field multiplication for libsecp256k1 beside schoolbook arithmetic, over all of its contract.
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>

// Under names of its own: the library that is linked has the same functions.
#define restrict __restrict__
#define secp256k1_fe_mul_inner field_multiply
#define secp256k1_fe_sqr_inner field_square
#include "core/cmake/third_party/secp256k1_field.c"

namespace {

using Limbs = std::array<std::uint32_t, 10>;
/// Digits of 32 bits, least significant first; enough for a product of two field elements.
using Digits = std::array<std::uint32_t, 20>;

constexpr Digits PRIME = {0xfffffc2f, 0xfffffffe, 0xffffffff, 0xffffffff,
                          0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff};

void add_at(Digits& sum, std::size_t at, std::uint64_t value) {
    for (; value != 0; ++at) {
        value += sum.at(at);
        sum.at(at) = static_cast<std::uint32_t>(value);
        value >>= 32;
    }
}

Digits value_of(const Limbs& limbs) {
    Digits value{};
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        const std::size_t bit = 26 * i;
        add_at(value, bit / 32, static_cast<std::uint64_t>(limbs[i]) << bit % 32);
    }
    return value;
}

Digits product(const Digits& a, const Digits& b) {
    Digits sum{};
    for (std::size_t i = 0; i < 10; ++i)
        for (std::size_t j = 0; j < 10; ++j)
            add_at(sum, i + j, static_cast<std::uint64_t>(a[i]) * b[j]);
    return sum;
}

bool is_below_prime(const Digits& value) {
    for (std::size_t i = value.size(); i-- > 0;)
        if (value[i] != PRIME[i])
            return value[i] < PRIME[i];
    return false;
}

Digits reduced(Digits value) {
    // 2^256 = 2^32 + 977.
    for (bool folded = true; folded;) {
        folded = false;
        Digits low{};
        std::copy(value.begin(), value.begin() + 8, low.begin());
        for (std::size_t i = 8; i < value.size(); ++i) {
            folded = folded || value[i] != 0;
            add_at(low, i - 8, static_cast<std::uint64_t>(value[i]) * 977);
            add_at(low, i - 7 < low.size() ? i - 7 : 0, value[i]);
        }
        value = low;
    }
    if (!is_below_prime(value)) {
        // Below 2^256 and not below p: subtracting p is adding 2^32 + 977 and dropping 2^256.
        add_at(value, 0, 0x1000003d1);
        value[8] = 0;
    }
    return value;
}

void check_product(const Limbs& a, const Limbs& b) {
    Limbs result{};
    field_multiply(result.data(), a.data(), b.data());
    CHECK(reduced(value_of(result)) == reduced(product(value_of(a), value_of(b))));
    for (std::size_t i = 0; i < result.size(); ++i)
        CHECK(result[i] >> (i == 9 ? 22 : i == 2 ? 27 : 26) == 0);
    Limbs in_place = a;
    field_multiply(in_place.data(), in_place.data(), b.data());
    CHECK(in_place == result);
}

void check_square(const Limbs& a) {
    Limbs result{};
    field_square(result.data(), a.data());
    CHECK(reduced(value_of(result)) == reduced(product(value_of(a), value_of(a))));
    for (std::size_t i = 0; i < result.size(); ++i)
        CHECK(result[i] >> (i == 9 ? 22 : i == 2 ? 27 : 26) == 0);
    Limbs in_place = a;
    field_square(in_place.data(), in_place.data());
    CHECK(in_place == result);
}

/// Limbs that are 0, 1, at the contract's bound, or random below it.
Limbs make_limbs(std::mt19937& random) {
    Limbs limbs{};
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        const std::uint32_t most = i == 9 ? (1U << 26) - 1 : (1U << 30) - 1;
        switch (random() % 5) {
        case 0:
            limbs[i] = most;
            break;
        case 1:
            limbs[i] = random() % 2;
            break;
        default:
            limbs[i] = static_cast<std::uint32_t>(random()) & most;
        }
    }
    return limbs;
}

TEST_CASE("field products agree with schoolbook arithmetic", "[secp256k1][field]") {
    std::mt19937 random{20261121};
    for (int i = 0; i < 2000; ++i) {
        const Limbs a = make_limbs(random);
        check_product(a, make_limbs(random));
        check_square(a);
    }
}

TEST_CASE("field products hold at the ends of their contract", "[secp256k1][field]") {
    Limbs most;
    most.fill((1U << 30) - 1);
    most[9] = (1U << 26) - 1;
    Limbs one{};
    one[0] = 1;
    // p itself, and 2^256 - 1, in limbs of 26 bits.
    Limbs prime;
    prime.fill((1U << 26) - 1);
    prime[0] = 0x3fffc2f;
    prime[1] = 0x3ffffbf;
    prime[9] = (1U << 22) - 1;
    Limbs ones = prime;
    ones[0] = ones[1] = (1U << 26) - 1;
    REQUIRE(reduced(value_of(prime)) == Digits{});
    for (const Limbs& a : {most, one, prime, ones, Limbs{}}) {
        for (const Limbs& b : {most, one, prime, ones, Limbs{}})
            check_product(a, b);
        check_square(a);
    }
    for (std::size_t i = 0; i < most.size(); ++i)
        for (std::size_t j = 0; j < most.size(); ++j) {
            Limbs a{};
            Limbs b{};
            a[i] = most[i];
            b[j] = most[j];
            check_product(a, b);
        }
}

} // namespace
