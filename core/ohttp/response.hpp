// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Encapsulated responses in one piece (receipt.md §12.4, RFC 9458 §4.4), and what the chunked ones
/// of chunked_response.hpp share with them.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/ohttp/chacha20_poly1305.hpp"

#include <cstddef>

namespace assay::ohttp {

inline constexpr std::size_t RESPONSE_NONCE_BYTES = 32;
/// Largest response, bytes, all chunks together → OHTTP_LIMIT.
inline constexpr std::size_t MAX_RESPONSE_BYTES = std::size_t{64} << 20;

/// What seals one response.
struct ResponseKey {
    Hash32 key;
    AeadNonce nonce;
};

/// @param secret the export that matches the type of the response
/// @param response_nonce RESPONSE_NONCE_BYTES
[[nodiscard]] ResponseKey response_key(const Hash32& encapsulated, const Hash32& secret,
                                       BytesView response_nonce) noexcept;

/// Opens a response of media type message/ohttp-res. An error reply is not sealed and carries no
/// authority: never open it, never believe it.
/// @param encapsulated and @p response_secret from the ResponseContext of the request
/// @return OHTTP_MALFORMED for fewer than 48 bytes, OHTTP_LIMIT for more than MAX_RESPONSE_BYTES,
/// OHTTP_DECRYPT_FAILED when it was not sealed for this request.
[[nodiscard]] Result<Bytes> open_response(const Hash32& encapsulated, const Hash32& response_secret,
                                          BytesView wire) noexcept;

} // namespace assay::ohttp
