// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// X25519 (RFC 7748 §5) in constant time: the scalar is a secret.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>

namespace assay::ohttp {

inline constexpr std::size_t X25519_BYTES = 32;

/// @return the shared secret; OHTTP_KEY_INVALID when the point is not X25519_BYTES long or the
/// secret would be all zeros (a point of small order; RFC 9180 §7.1.4). Precondition: the scalar is
/// X25519_BYTES long.
[[nodiscard]] Result<Hash32> x25519(BytesView scalar, BytesView point) noexcept;

/// @return the public key of a secret one. Precondition: the scalar is X25519_BYTES long.
[[nodiscard]] Hash32 x25519_public_key(BytesView scalar) noexcept;

} // namespace assay::ohttp
