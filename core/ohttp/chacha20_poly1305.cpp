// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/ohttp/chacha20_poly1305.hpp"

#include <sodium/crypto_aead_chacha20poly1305.h>

namespace assay::ohttp {

static_assert(crypto_aead_chacha20poly1305_ietf_KEYBYTES == sizeof(Hash32));
static_assert(crypto_aead_chacha20poly1305_ietf_NPUBBYTES == sizeof(AeadNonce));
static_assert(crypto_aead_chacha20poly1305_ietf_ABYTES == AEAD_TAG_BYTES);

Bytes seal(const Hash32& key, const AeadNonce& nonce, BytesView aad, BytesView plaintext) noexcept {
    Bytes sealed(plaintext.size() + AEAD_TAG_BYTES);
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed.data(), nullptr, plaintext.data(),
                                              plaintext.size(), aad.data(), aad.size(), nullptr,
                                              nonce.data(), key.data());
    return sealed;
}

Result<Bytes> open(const Hash32& key, const AeadNonce& nonce, BytesView aad,
                   BytesView sealed) noexcept {
    if (sealed.size() < AEAD_TAG_BYTES)
        return ErrorCode::OHTTP_DECRYPT_FAILED;
    Bytes plaintext(sealed.size() - AEAD_TAG_BYTES);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(plaintext.data(), nullptr, nullptr, sealed.data(),
                                                  sealed.size(), aad.data(), aad.size(),
                                                  nonce.data(), key.data()) != 0)
        return ErrorCode::OHTTP_DECRYPT_FAILED;
    return plaintext;
}

AeadNonce nonce_of(const AeadNonce& base, std::uint64_t sequence) noexcept {
    AeadNonce nonce = base;
    for (std::size_t i = nonce.size(); sequence != 0; sequence >>= 8)
        nonce[--i] ^= static_cast<std::uint8_t>(sequence);
    return nonce;
}

} // namespace assay::ohttp
