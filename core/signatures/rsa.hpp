// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Verification of RSA signatures (RFC 8017; attestation.md §4, §4.1): RSASSA-PSS with MGF1 of the
/// same hash, and RSASSA-PKCS1-v1_5. Keys are SubjectPublicKeyInfo in strict DER (receipt.md §6) or
/// bare numbers. All values are public.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::signatures {

/// An RSA key with an odd modulus of 2048 to 8192 bits and an odd exponent, 3 ≤ e < 2^64.
class RsaPublicKey {
public:
    static constexpr std::size_t MIN_MODULUS_BITS = 2048;
    static constexpr std::size_t MAX_MODULUS_BITS = 8192;
    /// Beyond every exponent in use, and OpenSSL's limit for moduli above 3072 bits: a power takes
    /// as many steps as its exponent has bits, seconds with one as long as the modulus.
    static constexpr std::size_t MAX_EXPONENT_BITS = 64;

    /// @return SIGNATURE_MALFORMED when @p der is not one SubjectPublicKeyInfo in strict DER, for
    ///   rsaEncryption with NULL parameters, no unused bits and positive minimal integers;
    ///   SIGNATURE_UNSUPPORTED for another algorithm (RSASSA-PSS, EC …) and for a modulus or an
    ///   exponent outside the ranges above.
    [[nodiscard]] static Result<RsaPublicKey> from_spki(BytesView der) noexcept;

    /// Both numbers big-endian; leading zeros are passed over.
    /// @return SIGNATURE_UNSUPPORTED when one lies outside the ranges above.
    [[nodiscard]] static Result<RsaPublicKey> from_modulus(BytesView modulus,
                                                           BytesView exponent) noexcept;

    /// Big-endian, without leading zeros.
    [[nodiscard]] BytesView modulus() const noexcept { return modulus_; }
    [[nodiscard]] BytesView exponent() const noexcept { return exponent_; }
    [[nodiscard]] std::size_t modulus_bits() const noexcept;
    [[nodiscard]] std::size_t exponent_bits() const noexcept;

private:
    RsaPublicKey(BytesView modulus, BytesView exponent) noexcept;

    Bytes modulus_;
    Bytes exponent_;
};

enum class RsaHash : std::uint8_t { sha256, sha384 };

/// RSASSA-PSS (RFC 8017 §8.1.2), trailer bc, salt of exactly @p salt_bytes.
/// @return SIGNATURE_MALFORMED when the signature is not as long as the modulus, SIGNATURE_INVALID
///   when its value is not below the modulus or the padding, salt length or hash does not fit.
[[nodiscard]] Result<void> verify_rsa_pss(const RsaPublicKey& key, RsaHash hash,
                                          std::size_t salt_bytes, BytesView message,
                                          BytesView signature) noexcept;

/// The kind of receipts and heartbeats: SHA-256 with a salt of 32 bytes. Errors as above.
[[nodiscard]] Result<void> verify_rsa_pss_sha256(const RsaPublicKey& key, BytesView message,
                                                 BytesView signature) noexcept;

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2.2): the expected block is written out and compared
/// as a whole, so a DigestInfo without NULL is refused. Errors as above.
[[nodiscard]] Result<void> verify_rsa_pkcs1_sha256(const RsaPublicKey& key, BytesView message,
                                                   BytesView signature) noexcept;

} // namespace assay::signatures
