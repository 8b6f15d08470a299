// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// AEAD_CHACHA20_POLY1305 (RFC 8439 §2.8) in constant time: the key is a secret.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <array>
#include <cstddef>

namespace assay::ohttp {

inline constexpr std::size_t AEAD_TAG_BYTES = 16;
using AeadNonce = std::array<std::uint8_t, 12>;

/// @return ciphertext and tag.
[[nodiscard]] Bytes seal(const Hash32& key, const AeadNonce& nonce, BytesView aad,
                         BytesView plaintext) noexcept;

/// @param sealed ciphertext and tag
/// @return OHTTP_DECRYPT_FAILED when it is shorter than a tag or the tag does not match.
[[nodiscard]] Result<Bytes> open(const Hash32& key, const AeadNonce& nonce, BytesView aad,
                                 BytesView sealed) noexcept;

/// @return the nonce XOR @p sequence, a 96-bit big-endian number (RFC 9180 §5.2).
[[nodiscard]] AeadNonce nonce_of(const AeadNonce& base, std::uint64_t sequence) noexcept;

} // namespace assay::ohttp
