// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Numbers modulo L = 2^252 + 27742317777372353535851937790883648493, the order of Ed25519's base
/// point (RFC 8032 §5.1), by libsodium. Its functions are unrolled, 2 to 4 kB each: the product,
/// called from here alone, is in the module once, and does the reduction as well.
#pragma once

#include "core/base/bytes_view.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace assay::signatures {

/// Little-endian.
using Ed25519Scalar = std::array<std::uint8_t, 32>;

/// @return a b + c mod L, of any numbers of 256 bits.
[[nodiscard]] Ed25519Scalar multiply_add(const Ed25519Scalar& a,
                                         std::span<const std::uint8_t, 32> b,
                                         const Ed25519Scalar& c) noexcept;

/// @return @p wide mod L.
[[nodiscard]] Ed25519Scalar reduce(const std::array<std::uint8_t, 64>& wide) noexcept;

/// SHA-512(R || A || M) mod L over the bytes as given (RFC 8032 §5.1.7 step 2).
[[nodiscard]] Ed25519Scalar ed25519_challenge(BytesView r, BytesView public_key,
                                              BytesView message) noexcept;

} // namespace assay::signatures
