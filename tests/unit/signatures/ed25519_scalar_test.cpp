// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/ed25519_scalar.hpp"

#include <catch2/catch_test_macros.hpp>

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
