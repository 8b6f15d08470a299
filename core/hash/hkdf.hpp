// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// HMAC-SHA256 (RFC 2104) and HKDF-SHA256 (RFC 5869). Keys may be secret: nothing here branches on
// them.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <optional>

namespace assay::hash {

/// Longest output of hkdf_expand(), bytes (RFC 5869 §2.3).
inline constexpr std::size_t HKDF_MAX_BYTES = std::size_t{255} * 32;

[[nodiscard]] Hash32 hmac_sha256(BytesView key, BytesView message) noexcept;

/// @param salt empty means 32 zero bytes.
[[nodiscard]] Hash32 hkdf_extract(BytesView salt, BytesView input_key) noexcept;

/// @return @p size bytes, or nothing for more than HKDF_MAX_BYTES.
[[nodiscard]] std::optional<Bytes> hkdf_expand(BytesView pseudorandom_key, BytesView info,
                                               std::size_t size) noexcept;

} // namespace assay::hash
