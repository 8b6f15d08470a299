// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/ohttp/response.hpp"

#include "core/hash/hkdf.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace assay::ohttp {

ResponseKey response_key(const Hash32& encapsulated, const Hash32& secret,
                         BytesView response_nonce) noexcept {
    std::array<std::uint8_t, sizeof(Hash32) + RESPONSE_NONCE_BYTES> salt{};
    const auto middle = std::copy(encapsulated.begin(), encapsulated.end(), salt.begin());
    std::copy_n(response_nonce.begin(), RESPONSE_NONCE_BYTES, middle);
    const Hash32 prk = hash::hkdf_extract(salt, secret);

    ResponseKey out{};
    const Bytes key = *hash::hkdf_expand(prk, as_bytes("key"), out.key.size());
    std::copy(key.begin(), key.end(), out.key.begin());
    const Bytes nonce = *hash::hkdf_expand(prk, as_bytes("nonce"), out.nonce.size());
    std::copy(nonce.begin(), nonce.end(), out.nonce.begin());
    return out;
}

Result<Bytes> open_response(const Hash32& encapsulated, const Hash32& response_secret,
                            BytesView wire) noexcept {
    if (wire.size() > MAX_RESPONSE_BYTES)
        return Error{ErrorCode::OHTTP_LIMIT, "response"};
    if (wire.size() < RESPONSE_NONCE_BYTES + AEAD_TAG_BYTES)
        return ErrorCode::OHTTP_MALFORMED;
    const ResponseKey sealed_with =
        response_key(encapsulated, response_secret, wire.first(RESPONSE_NONCE_BYTES));
    return open(sealed_with.key, sealed_with.nonce, {}, wire.subspan(RESPONSE_NONCE_BYTES));
}

} // namespace assay::ohttp
