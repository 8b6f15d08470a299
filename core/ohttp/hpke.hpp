// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Hybrid public key encryption, base mode (RFC 9180 §4.1, §5.1.1, §5.2, §5.3), for the one suite
/// of receipt.md §12.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. Not
/// implemented: the modes with a pre-shared key or a sender's key. There is no source of randomness
/// here: the caller hands in what the ephemeral key is derived from.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/ohttp/chacha20_poly1305.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace assay::ohttp {

inline constexpr std::uint16_t KEM_X25519_HKDF_SHA256 = 0x0020;
inline constexpr std::uint16_t KDF_HKDF_SHA256 = 0x0001;
inline constexpr std::uint16_t AEAD_CHACHA20_POLY1305 = 0x0003;

/// DeriveKeyPair (§7.1.3). @return the secret key that @p input_key gives.
[[nodiscard]] Hash32 derive_secret_key(BytesView input_key) noexcept;

/// One direction of an exchange; messages are numbered from 0.
class HpkeContext {
public:
    /// SetupBaseS with the ephemeral key derive_secret_key(@p ephemeral_input).
    /// @param ephemeral_input at least 32 bytes, fresh and random: used twice, it gives both
    ///   messages away
    /// @return OHTTP_KEY_INVALID when the recipient's key is not 32 bytes or of small order.
    [[nodiscard]] static Result<HpkeContext>
    sender(BytesView recipient_key, BytesView ephemeral_input, BytesView info) noexcept;

    /// SetupBaseR. Precondition: the secret key is 32 bytes.
    /// @return OHTTP_KEY_INVALID when @p encapsulated is not 32 bytes or of small order.
    [[nodiscard]] static Result<HpkeContext> recipient(BytesView secret_key, BytesView encapsulated,
                                                       BytesView info) noexcept;

    [[nodiscard]] Bytes seal(BytesView aad, BytesView plaintext) noexcept;
    /// @return OHTTP_DECRYPT_FAILED, and the same message is expected again.
    [[nodiscard]] Result<Bytes> open(BytesView aad, BytesView sealed) noexcept;
    /// @return @p size bytes; at most 8160.
    [[nodiscard]] Bytes export_secret(BytesView exporter_context, std::size_t size) const noexcept;
    /// `enc`: the ephemeral public key.
    [[nodiscard]] const Hash32& encapsulated() const noexcept { return encapsulated_; }

private:
    HpkeContext(const Hash32& encapsulated, const Hash32& shared, BytesView recipient_key,
                BytesView info) noexcept;

    Hash32 encapsulated_;
    Hash32 key_{};
    AeadNonce base_nonce_{};
    Hash32 exporter_secret_{};
    std::uint64_t sequence_ = 0;
};

} // namespace assay::ohttp
