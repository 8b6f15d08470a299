// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Many Ed25519 signatures at once under ZIP-215 (chain-state.md §4.4). The rule was made for this:
/// the equation multiplied by the cofactor holds for the sum exactly when it holds for each, but
/// for an attacker who hits one in 2^128 of the coefficients.
#pragma once

#include "core/base/bytes_view.hpp"

#include <span>

namespace assay::signatures {

struct Ed25519Task {
    BytesView public_key; ///< 32 bytes
    BytesView message;
    BytesView signature; ///< 64 bytes
};

/// @return whether every signature holds; true for none at all. The coefficients come from a hash
/// of all inputs, as the core has no source of randomness.
[[nodiscard]] bool verify_ed25519_batch(std::span<const Ed25519Task> tasks) noexcept;

} // namespace assay::signatures
