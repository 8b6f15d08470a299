// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Encapsulated requests (receipt.md §12.3, RFC 9458 §4.1, §4.3).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/ohttp/signed_config.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::ohttp {

/// Largest encapsulated request, bytes: a gateway answers 413 above it → OHTTP_LIMIT.
inline constexpr std::size_t MAX_REQUEST_BYTES = 524'288;
/// Bytes of randomness that a request needs.
inline constexpr std::size_t ENTROPY_BYTES = 32;

/// What opens the replies to one request. Secret, and of no use for another request.
struct ResponseContext {
    Hash32 encapsulated;
    Hash32 response_secret;
    Hash32 chunked_response_secret;
};

struct SealedRequest {
    Bytes wire; ///< media type message/ohttp-req
    ResponseContext context;
};

/// Seals @p plaintext for an enclave that signed @p config.
/// @param entropy ENTROPY_BYTES of fresh randomness, never used before; anything shorter or longer
/// is
///   ARGUMENT_INVALID
/// @return OHTTP_LIMIT for more than MAX_REQUEST_BYTES.
[[nodiscard]] Result<SealedRequest> seal_request(const VerifiedConfig& config, BytesView plaintext,
                                                 BytesView entropy) noexcept;

/// As above for a bare key, which nobody has vouched for: OHTTP_KEY_INVALID when it is unusable.
/// For callers that have authenticated the key by other means.
[[nodiscard]] Result<SealedRequest> seal_request_to_key(std::uint8_t key_id, BytesView public_key,
                                                        BytesView plaintext,
                                                        BytesView entropy) noexcept;

struct OpenedRequest {
    Bytes plaintext;
    ResponseContext context;
};

/// The enclave's side. Precondition: the secret key is 32 bytes.
/// @return OHTTP_LIMIT; OHTTP_MALFORMED under 55 bytes; OHTTP_SUITE_UNSUPPORTED for another key id
/// or suite; OHTTP_DECRYPT_FAILED for everything else.
[[nodiscard]] Result<OpenedRequest> open_request(std::uint8_t key_id, BytesView secret_key,
                                                 BytesView wire) noexcept;

} // namespace assay::ohttp
