// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/ecdsa_der.hpp"

#include "core/bytes/der.hpp"

#include <algorithm>

namespace assay::signatures {

Result<Bytes> ecdsa_der_to_raw(BytesView der, std::size_t scalar_bytes) noexcept {
    const auto sequence = bytes::der_whole(der, bytes::der_tag::SEQUENCE);
    if (!sequence)
        return ErrorCode::SIGNATURE_MALFORMED;
    Bytes raw(2 * scalar_bytes);
    bytes::DerCursor fields{sequence->content};
    for (const std::size_t end : {scalar_bytes, 2 * scalar_bytes}) {
        const auto field = fields.read(bytes::der_tag::INTEGER);
        const auto magnitude = field ? bytes::der_unsigned(field->content) : std::nullopt;
        if (!magnitude || magnitude->size() > scalar_bytes)
            return ErrorCode::SIGNATURE_MALFORMED;
        std::copy_backward(magnitude->begin(), magnitude->end(),
                           raw.begin() + static_cast<std::ptrdiff_t>(end));
    }
    if (!fields.at_end())
        return ErrorCode::SIGNATURE_MALFORMED;
    return raw;
}

} // namespace assay::signatures
