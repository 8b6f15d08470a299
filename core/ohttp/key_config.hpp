// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Key configurations (receipt.md §12.1, RFC 9458 §3.1).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <optional>

namespace assay::ohttp {

/// What the bytes say; nothing here is verified.
struct KeyConfig {
    std::uint8_t key_id = 0;
    std::uint16_t kem_id = 0;
    /// Nothing for another KEM, whose keys have a length that is not known here.
    std::optional<Hash32> public_key{};
    /// Whether HKDF-SHA256 with ChaCha20-Poly1305 is among the symmetric suites.
    bool offers_suite = false;
};

/// Reads the structure.
/// @return OHTTP_MALFORMED when it is not exactly one configuration of a key of the known KEM.
[[nodiscard]] Result<KeyConfig> read_key_config(BytesView bytes) noexcept;

/// @return OHTTP_SUITE_UNSUPPORTED for another KEM or without the known suite; OHTTP_KEY_INVALID
/// for a key of small order.
[[nodiscard]] Result<void> check_key_config(const KeyConfig& config) noexcept;

/// @return OHTTP_KEY_INVALID when no secret can be shared with @p public_key: it is not 32 bytes,
/// or of small order.
[[nodiscard]] Result<void> check_public_key(BytesView public_key) noexcept;

} // namespace assay::ohttp
