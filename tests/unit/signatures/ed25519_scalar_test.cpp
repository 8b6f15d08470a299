// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/ed25519_scalar.hpp"

extern "C" {
#define CONFIGURED 1 // by third_party/sodium.cmake, as the library was
#include <private/ed25519_ref10.h>
}

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <random>

using namespace assay::signatures;

TEST_CASE("products and sums are taken modulo the order", "[signatures][ed25519]") {
    constexpr Ed25519Scalar ONE = {1};
    // L - 1, little-endian.
    constexpr Ed25519Scalar MINUS_ONE = {0xec, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,
                                         0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                                         0,    0,    0,    0,    0,    0,    0,    0,
                                         0,    0,    0,    0,    0,    0,    0,    0x10};
    CHECK(multiply_add(MINUS_ONE, MINUS_ONE, {}) == ONE);
    CHECK(multiply_add(ONE, MINUS_ONE, ONE) == Ed25519Scalar{});
    CHECK(multiply_add(Ed25519Scalar{3}, Ed25519Scalar{5}, Ed25519Scalar{7}) == Ed25519Scalar{22});
}

TEST_CASE("hashes are reduced as libsodium reduces them", "[signatures][ed25519]") {
    const auto check = [](std::array<std::uint8_t, 64> wide) {
        const Ed25519Scalar reduced = reduce(wide);
        sc25519_reduce(wide.data());
        return std::equal(reduced.begin(), reduced.end(), wide.begin());
    };
    std::mt19937_64 random{7};
    for (int i = 0; i < 100'000; ++i) {
        std::array<std::uint8_t, 64> wide;
        std::ranges::generate(wide, [&] { return static_cast<std::uint8_t>(random()); });
        // Runs of zeros and ones at either end reach the carries.
        std::fill_n(wide.begin(), i % 64, i % 2 == 0 ? 0x00 : 0xff);
        REQUIRE(check(wide));
        std::fill_n(wide.rbegin(), i / 64 % 64, i / 4096 % 2 == 0 ? 0xff : 0x00);
        REQUIRE(check(wide));
    }
    std::array<std::uint8_t, 64> ones;
    ones.fill(0xff);
    CHECK(check(ones));
}
