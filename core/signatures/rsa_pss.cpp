// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/rsa_pss.hpp"

#include "core/bytes/der.hpp"
#include "core/hash/sha2.hpp"

#include <mbedtls/rsa.h>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace assay::signatures {
namespace {

using bytes::DerCursor;
namespace der_tag = bytes::der_tag;

static_assert(RsaPublicKey::MAX_MODULUS_BITS <= MBEDTLS_MPI_MAX_BITS);

constexpr unsigned DIGEST_SIZE = 32;
constexpr int SALT_SIZE = 32;
constexpr std::uint8_t DER_NULL = 0x05;
/// 1.2.840.113549.1.1.1, rsaEncryption (RFC 8017 appendix C).
constexpr std::array<std::uint8_t, 9> RSA_ENCRYPTION = {0x2a, 0x86, 0x48, 0x86, 0xf7,
                                                        0x0d, 0x01, 0x01, 0x01};

std::size_t bit_length(BytesView magnitude) {
    if (magnitude.empty())
        return 0;
    return magnitude.size() * 8 - static_cast<std::size_t>(std::countl_zero(magnitude[0]));
}

bool is_odd(BytesView magnitude) {
    return !magnitude.empty() && (magnitude.back() & 1) != 0;
}

/// Both without leading zeros.
bool less(BytesView a, BytesView b) {
    if (a.size() != b.size())
        return a.size() < b.size();
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

/// AlgorithmIdentifier of an RSA key (RFC 3279 §2.3.1): the OID, then NULL.
Result<void> check_algorithm(BytesView content) {
    DerCursor fields{content};
    const auto oid = fields.read(der_tag::OBJECT_IDENTIFIER);
    if (!oid || !bytes::is_der_oid(oid->content))
        return ErrorCode::SIGNATURE_MALFORMED;
    if (!std::ranges::equal(oid->content, RSA_ENCRYPTION))
        return ErrorCode::SIGNATURE_UNSUPPORTED;
    const auto parameters = fields.read(DER_NULL);
    if (!parameters || !parameters->content.empty() || !fields.at_end())
        return ErrorCode::SIGNATURE_MALFORMED;
    return Result<void>::ok();
}

std::optional<BytesView> read_unsigned(DerCursor& fields) {
    const auto integer = fields.read(der_tag::INTEGER);
    if (!integer)
        return std::nullopt;
    return bytes::der_unsigned(integer->content);
}

/// mbedTLS's key, freed at the end of the scope.
class Context {
public:
    Context() { mbedtls_rsa_init(&rsa_); }
    ~Context() { mbedtls_rsa_free(&rsa_); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    bool import(const RsaPublicKey& key) {
        const BytesView n = key.modulus();
        const BytesView e = key.exponent();
        return mbedtls_rsa_import_raw(&rsa_, n.data(), n.size(), nullptr, 0, nullptr, 0, nullptr, 0,
                                      e.data(), e.size()) == 0 &&
               mbedtls_rsa_complete(&rsa_) == 0 && mbedtls_rsa_check_pubkey(&rsa_) == 0;
    }

    /// Precondition: @p signature is as long as the modulus. Checks as well that its value is below
    /// the modulus (mbedtls_rsa_public).
    bool verify_pss(const Hash32& digest, BytesView signature) {
        return mbedtls_rsa_rsassa_pss_verify_ext(&rsa_, MBEDTLS_MD_SHA256, DIGEST_SIZE,
                                                 digest.data(), MBEDTLS_MD_SHA256, SALT_SIZE,
                                                 signature.data()) == 0;
    }

private:
    mbedtls_rsa_context rsa_;
};

} // namespace

RsaPublicKey::RsaPublicKey(BytesView modulus, BytesView exponent) noexcept
    : modulus_(modulus.begin(), modulus.end()), exponent_(exponent.begin(), exponent.end()) {}

std::size_t RsaPublicKey::exponent_bits() const noexcept {
    return bit_length(exponent_);
}

Result<RsaPublicKey> RsaPublicKey::from_spki(BytesView der) noexcept {
    constexpr ErrorCode MALFORMED = ErrorCode::SIGNATURE_MALFORMED;

    const auto spki = bytes::der_whole(der, der_tag::SEQUENCE);
    if (!spki)
        return MALFORMED;
    DerCursor fields{spki->content};
    const auto algorithm = fields.read(der_tag::SEQUENCE);
    const auto key_field = fields.read(der_tag::BIT_STRING);
    if (!algorithm || !key_field || !fields.at_end())
        return MALFORMED;
    if (const auto known = check_algorithm(algorithm->content); !known)
        return known.error();

    const auto key_bits = bytes::der_bit_string(key_field->content);
    if (!key_bits || key_bits->unused != 0)
        return MALFORMED;
    const auto key = bytes::der_whole(key_bits->bytes, der_tag::SEQUENCE);
    if (!key)
        return MALFORMED;
    DerCursor integers{key->content};
    const auto modulus = read_unsigned(integers);
    const auto exponent = read_unsigned(integers);
    if (!modulus || !exponent || !integers.at_end())
        return MALFORMED;

    const std::size_t bits = bit_length(*modulus);
    const bool good_modulus =
        bits >= MIN_MODULUS_BITS && bits <= MAX_MODULUS_BITS && is_odd(*modulus);
    const bool good_exponent =
        bit_length(*exponent) >= 2 && is_odd(*exponent) && less(*exponent, *modulus);
    if (!good_modulus || !good_exponent)
        return ErrorCode::SIGNATURE_UNSUPPORTED;
    return RsaPublicKey{*modulus, *exponent};
}

Result<void> verify_rsa_pss_sha256(const RsaPublicKey& key, BytesView message,
                                   BytesView signature) noexcept {
    if (signature.size() != key.modulus().size())
        return ErrorCode::SIGNATURE_MALFORMED;
    Context context;
    if (!context.import(key) || !context.verify_pss(hash::sha256(message), signature))
        return ErrorCode::SIGNATURE_INVALID;
    return Result<void>::ok();
}

} // namespace assay::signatures
