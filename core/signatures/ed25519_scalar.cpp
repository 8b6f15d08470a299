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

Ed25519Scalar ed25519_challenge(BytesView r, BytesView public_key, BytesView message) noexcept {
    Bytes input;
    input.reserve(r.size() + public_key.size() + message.size());
    for (const BytesView part : {r, public_key, message})
        input.insert(input.end(), part.begin(), part.end());
    auto wide = hash::sha512(input);
    sc25519_reduce(wide.data());
    Ed25519Scalar out;
    std::copy_n(wide.begin(), out.size(), out.begin());
    return out;
}

} // namespace assay::signatures
