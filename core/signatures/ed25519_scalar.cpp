// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/ed25519_scalar.hpp"

#include "core/hash/sha2.hpp"

extern "C" {
#define CONFIGURED 1 // by third_party/sodium.cmake, as the library was
#include <private/ed25519_ref10.h>
}

#include <algorithm>

namespace assay::signatures {

Ed25519Scalar multiply_add(const Ed25519Scalar& a, std::span<const std::uint8_t, 32> b,
                           const Ed25519Scalar& c) noexcept {
    Ed25519Scalar out;
    sc25519_muladd(out.data(), a.data(), b.data(), c.data());
    return out;
}

Ed25519Scalar reduce(const std::array<std::uint8_t, 64>& wide) noexcept {
    // 2^256 mod L
    constexpr Ed25519Scalar HIGH = {0x1d, 0x95, 0x98, 0x8d, 0x74, 0x31, 0xec, 0xd6,
                                    0x70, 0xcf, 0x7d, 0x73, 0xf4, 0x5b, 0xef, 0xc6,
                                    0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f};
    Ed25519Scalar low;
    std::copy_n(wide.begin(), low.size(), low.begin());
    return multiply_add(HIGH, std::span{wide}.last<32>(), low);
}

Ed25519Scalar ed25519_challenge(BytesView r, BytesView public_key, BytesView message) noexcept {
    Bytes input;
    input.reserve(r.size() + public_key.size() + message.size());
    for (const BytesView part : {r, public_key, message})
        input.insert(input.end(), part.begin(), part.end());
    return reduce(hash::sha512(input));
}

} // namespace assay::signatures
