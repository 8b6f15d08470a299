// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/ed25519_scalar.hpp"

#include "core/hash/sha2.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace assay::signatures {
namespace {

constexpr std::size_t LIMBS = 8;
/// A limb more than a product, for the quotient's first digit.
using Wide = std::array<std::uint32_t, 2 * LIMBS + 1>;

constexpr std::array<std::uint32_t, LIMBS> L = {0x5cf5d3ed, 0x5812631a, 0xa2f79cd6, 0x14def9de,
                                                0,          0,          0,          0x10000000};

Wide limbs_of(BytesView bytes) {
    Wide out{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        out[i / 4] |= static_cast<std::uint32_t>(bytes[i]) << (8 * (i % 4));
    return out;
}

/// Long division (Knuth, TAOCP 2, §4.3.1, algorithm D) by 32 bits a step. What is left before step
/// i is below L 2^(32 (i + 1)), so its bits from 252 + 32 i on are the digit or one more.
Ed25519Scalar remainder(Wide& x) {
    for (std::size_t i = LIMBS + 1; i-- > 0;) {
        const std::uint64_t top = static_cast<std::uint64_t>(x[i + 8]) << 4 | x[i + 7] >> 28;
        const std::uint64_t digit =
            std::min<std::uint64_t>(top, std::numeric_limits<std::uint32_t>::max());
        std::uint64_t carry = 0; // of the product, and what was borrowed
        for (std::size_t j = 0; j < LIMBS; ++j) {
            carry += digit * L[j];
            const auto low = static_cast<std::uint32_t>(carry);
            carry = (carry >> 32) + (x[i + j] < low ? 1 : 0);
            x[i + j] -= low;
        }
        const bool negative = x[i + LIMBS] < carry;
        x[i + LIMBS] -= static_cast<std::uint32_t>(carry);
        if (negative) {
            std::uint64_t sum = 0;
            for (std::size_t j = 0; j <= LIMBS; ++j) {
                sum += static_cast<std::uint64_t>(x[i + j]) + (j < LIMBS ? L[j] : 0);
                x[i + j] = static_cast<std::uint32_t>(sum);
                sum >>= 32;
            }
        }
    }
    Ed25519Scalar out;
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(x[i / 4] >> (8 * (i % 4)));
    return out;
}

} // namespace

Ed25519Scalar reduce_scalar(std::span<const std::uint8_t, 64> wide) noexcept {
    Wide x = limbs_of(wide);
    return remainder(x);
}

Ed25519Scalar multiply_add(const Ed25519Scalar& a, std::span<const std::uint8_t, 32> b,
                           const Ed25519Scalar& c) noexcept {
    const Wide left = limbs_of(a);
    const Wide right = limbs_of(b);
    Wide x = limbs_of(c);
    for (std::size_t i = 0; i < LIMBS; ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < LIMBS; ++j) {
            carry += static_cast<std::uint64_t>(left[i]) * right[j] + x[i + j];
            x[i + j] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        x[i + LIMBS] = static_cast<std::uint32_t>(carry); // nothing was there yet
    }
    return remainder(x);
}

Ed25519Scalar ed25519_challenge(BytesView r, BytesView public_key, BytesView message) noexcept {
    Bytes input;
    input.reserve(r.size() + public_key.size() + message.size());
    for (const BytesView part : {r, public_key, message})
        input.insert(input.end(), part.begin(), part.end());
    return reduce_scalar(hash::sha512(input));
}

} // namespace assay::signatures
