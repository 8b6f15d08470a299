// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/ohttp/key_config.hpp"

#include "core/bytes/reader.hpp"
#include "core/ohttp/hpke.hpp"
#include "core/ohttp/x25519.hpp"

#include <algorithm>

namespace assay::ohttp {

Result<KeyConfig> read_key_config(BytesView bytes) noexcept {
    bytes::Reader reader{bytes};
    const auto key_id = reader.u8();
    const auto kem_id = reader.big_endian(2);
    if (!key_id || !kem_id)
        return ErrorCode::OHTTP_MALFORMED;
    KeyConfig config{*key_id, static_cast<std::uint16_t>(*kem_id)};
    if (config.kem_id != KEM_X25519_HKDF_SHA256)
        return config;

    const auto public_key = reader.take(X25519_BYTES);
    const auto length = public_key ? reader.big_endian(2) : std::nullopt;
    if (!length || *length == 0 || *length % 4 != 0 || *length != reader.remaining())
        return ErrorCode::OHTTP_MALFORMED;
    config.public_key.emplace();
    std::copy(public_key->begin(), public_key->end(), config.public_key->begin());
    while (const auto pair = reader.big_endian(4)) {
        if (*pair == (std::uint32_t{KDF_HKDF_SHA256} << 16 | AEAD_CHACHA20_POLY1305))
            config.offers_suite = true;
    }
    return config;
}

Result<void> check_key_config(const KeyConfig& config) noexcept {
    if (!config.public_key || !config.offers_suite)
        return ErrorCode::OHTTP_SUITE_UNSUPPORTED;
    return check_public_key(*config.public_key);
}

Result<void> check_public_key(BytesView public_key) noexcept {
    // Every scalar is made a multiple of the cofactor, so any one shows a key of small order.
    constexpr Hash32 ANY_SCALAR = {1};
    if (const auto shared = x25519(ANY_SCALAR, public_key); !shared)
        return shared.error();
    return Result<void>::ok();
}

} // namespace assay::ohttp
