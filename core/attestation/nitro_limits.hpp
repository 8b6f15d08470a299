// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Limits of a Nitro document, attestation.md §1.2; above one of them the code is NITRO_LIMIT.
#pragma once

#include "core/bytes/cbor.hpp"

#include <cstddef>

namespace assay::attestation::nitro_limits {

inline constexpr std::size_t DOCUMENT_BYTES = 16384;
inline constexpr std::size_t CERTIFICATE_BYTES = 8192;
inline constexpr std::size_t BUNDLE_ENTRIES = 8;
inline constexpr std::size_t OPTIONAL_FIELD_BYTES = 1024; ///< public_key, user_data, nonce
inline constexpr std::size_t MODULE_ID_BYTES = 256;

/// Depth counts anew for the COSE array, the protected map and the payload.
inline constexpr bytes::CborRules CBOR{
    .depth = 8,
    .elements = 64,
    .malformed = ErrorCode::NITRO_MALFORMED,
    .limit = ErrorCode::NITRO_LIMIT,
};

} // namespace assay::attestation::nitro_limits
