// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Ed25519 (RFC 8032 §5.1.7; attestation.md §4) and the rule by which CometBFT accepts block
/// commits (ZIP-215; chain-state.md §4.4). The group is libsodium's; which encodings and which
/// equation count is decided here. All values are public; nothing here is constant-time.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::signatures {

inline constexpr std::size_t ED25519_KEY_BYTES = 32;
inline constexpr std::size_t ED25519_SIGNATURE_BYTES = 64; ///< R || s, little-endian

enum class Ed25519Rule : std::uint8_t {
    /// [s]B = R + [k]A with R compared as bytes. The key is a canonical encoding and of large
    /// order:
    /// under a key of small order anybody's signature holds for almost any message.
    rfc8032,
    /// [8][s]B = [8]R + [8][k]A. The key and R may have any y and any sign bit and any order.
    zip215,
};

/// @return ok; SIGNATURE_MALFORMED when the key is not 32 bytes, not on the curve or refused by the
///   rule, or the signature is not 64 bytes (in this order); SIGNATURE_INVALID when s is not below
///   the group's order L, R is not on the curve, or the equation fails.
[[nodiscard]] Result<void> verify_ed25519(BytesView public_key, BytesView message,
                                          BytesView signature,
                                          Ed25519Rule rule = Ed25519Rule::rfc8032) noexcept;

} // namespace assay::signatures
