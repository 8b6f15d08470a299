// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/hash/sha2.hpp"
#include "core/signatures/ed25519_scalar.hpp"

extern "C" {
#define CONFIGURED 1 // by third_party/sodium.cmake, as the library was
#include <private/ed25519_ref10.h>
}

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <vector>

using namespace assay;
using namespace assay::signatures;

namespace {

using Wide = std::array<std::uint8_t, 64>;

/// L, little-endian.
constexpr std::array<std::uint8_t, 32> ORDER = {
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

/// Numbers of every length, and those at the edges of a quotient's digits: L 2^k and one less.
std::vector<Wide> numbers() {
    std::vector<Wide> out{Wide{}};
    Bytes seed{1};
    for (std::size_t i = 0; i < 1000; ++i) {
        Wide random = hash::sha512(seed);
        seed.assign(random.begin(), random.end());
        std::fill(random.begin() + static_cast<std::ptrdiff_t>(64 - i % 64), random.end(),
                  std::uint8_t{0});
        out.push_back(random);
    }
    for (std::size_t shift = 0; shift <= 32; ++shift) {
        Wide multiple{};
        std::ranges::copy(ORDER, multiple.begin() + static_cast<std::ptrdiff_t>(shift));
        out.push_back(multiple);
        // One less than it: the ones of a borrow through all lower bytes.
        Wide less = multiple;
        for (std::uint8_t& byte : less)
            if (byte-- != 0)
                break;
        out.push_back(less);
    }
    Wide ones;
    ones.fill(0xff);
    out.push_back(ones);
    Wide power{}; // 2^(252 + 32 i): a digit of 2^32 - 1 or one more
    for (std::size_t bit = 252; bit < 512; bit += 32) {
        power = {};
        power[bit / 8] = static_cast<std::uint8_t>(1 << bit % 8);
        out.push_back(power);
    }
    return out;
}

Ed25519Scalar low(const Wide& wide) {
    Ed25519Scalar out;
    std::copy_n(wide.begin(), out.size(), out.begin());
    return out;
}

} // namespace

TEST_CASE("numbers modulo the order are libsodium's", "[signatures][ed25519]") {
    const auto all = numbers();
    for (std::size_t i = 0; i < all.size(); ++i) {
        INFO(i);
        Wide theirs = all[i];
        sc25519_reduce(theirs.data());
        const Ed25519Scalar ours = reduce_scalar(all[i]);
        CHECK(ours == low(theirs));

        const Ed25519Scalar a = low(all[(i * 7 + 3) % all.size()]);
        const Ed25519Scalar b = low(all[(i * 5 + 1) % all.size()]);
        Ed25519Scalar sum;
        sc25519_muladd(sum.data(), a.data(), b.data(), ours.data());
        CHECK(multiply_add(a, b, ours) == sum);
    }
}
