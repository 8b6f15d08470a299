// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/rsa.hpp"

#include "core/bytes/der.hpp"
#include "core/hash/sha2.hpp"
#include "core/math/words.hpp"
#include "core/signatures/public_modulus.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <span>

namespace assay::signatures {
namespace {

using bytes::DerCursor;
namespace der_tag = bytes::der_tag;

constexpr std::uint8_t DER_NULL = 0x05;
/// 1.2.840.113549.1.1.1, rsaEncryption (RFC 8017 appendix C).
constexpr std::array<std::uint8_t, 9> RSA_ENCRYPTION = {0x2a, 0x86, 0x48, 0x86, 0xf7,
                                                        0x0d, 0x01, 0x01, 0x01};
/// Head of the DigestInfo of SHA-256, up to the digest (RFC 8017 §9.2, note 1).
constexpr std::array<std::uint8_t, 19> SHA256_INFO = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60,
                                                      0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                                      0x01, 0x05, 0x00, 0x04, 0x20};

std::size_t bit_length(BytesView magnitude) {
    if (magnitude.empty())
        return 0;
    return magnitude.size() * 8 - static_cast<std::size_t>(std::countl_zero(magnitude[0]));
}

BytesView without_zeros(BytesView number) {
    const auto first =
        std::find_if(number.begin(), number.end(), [](auto byte) { return byte != 0; });
    return number.subspan(static_cast<std::size_t>(first - number.begin()));
}

bool is_odd(BytesView magnitude) {
    return !magnitude.empty() && (magnitude.back() & 1) != 0;
}

/// Both without leading zeros, or of the same length.
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

/// RSAVP1 (RFC 8017 §5.2.2).
/// @return the block s^e mod n, as long as the modulus; nothing unless s < n. The signature is as
/// long as the modulus.
std::optional<Bytes> recover_block(const RsaPublicKey& key, BytesView signature) {
    const BytesView n = key.modulus();
    if (!less(signature, n))
        return std::nullopt;
    std::array<std::uint64_t, MAX_MODULUS_BITS / math::WORD_BITS> modulus;
    std::array<std::uint64_t, MAX_MODULUS_BITS / math::WORD_BITS> value;
    const std::size_t words = (n.size() + 7) / 8;
    const auto used = [words](auto& number) { return std::span{number}.first(words); };
    math::read_big_endian(n, used(modulus));
    math::read_big_endian(signature, used(value));
    PublicModulus{used(modulus)}.power_odd(used(value), key.exponent());
    Bytes block(n.size());
    math::write_big_endian(used(value), block);
    return block;
}

/// A digest of either length.
struct Digest {
    std::array<std::uint8_t, 48> bytes;
    std::size_t size;

    [[nodiscard]] BytesView view() const { return BytesView{bytes}.first(size); }
};

Digest digest_of(RsaHash hash, BytesView input) {
    Digest out{};
    if (hash == RsaHash::sha256) {
        const Hash32 digest = hash::sha256(input);
        out.size = digest.size();
        std::copy(digest.begin(), digest.end(), out.bytes.begin());
    } else {
        out.bytes = hash::sha384(input);
        out.size = out.bytes.size();
    }
    return out;
}

/// Adds the mask MGF1(seed) modulo 2 to @p block (RFC 8017 appendix B.2.1).
void unmask(RsaHash hash, BytesView seed, std::span<std::uint8_t> block) {
    Bytes input(seed.begin(), seed.end());
    input.resize(seed.size() + 4);
    std::size_t at = 0;
    for (unsigned counter = 0; at < block.size(); ++counter) {
        input[seed.size() + 2] = static_cast<std::uint8_t>(counter >> 8);
        input[seed.size() + 3] = static_cast<std::uint8_t>(counter);
        const Digest mask = digest_of(hash, input);
        for (std::size_t i = 0; i < mask.size && at < block.size(); ++i, ++at)
            block[at] ^= mask.bytes[i];
    }
}

/// EMSA-PSS-VERIFY (RFC 8017 §9.1.2); the steps bear its numbers.
bool is_pss_block(std::span<std::uint8_t> block, std::size_t bits, RsaHash hash,
                  std::size_t salt_bytes, BytesView message) {
    const Digest digest = digest_of(hash, message); // 1, 2
    if (block.size() < 2 || block.size() - 2 < digest.size ||
        block.size() - 2 - digest.size < salt_bytes)
        return false; // 3
    if (block.back() != 0xbc)
        return false; // 4
    const std::span<std::uint8_t> db = block.first(block.size() - digest.size - 1);
    const BytesView h = block.subspan(db.size(), digest.size); // 5
    const std::size_t unused = 8 * block.size() - bits;        // 0 … 7
    if (unused != 0 && db[0] >> (8 - unused) != 0)
        return false;                                   // 6
    unmask(hash, h, db);                                // 7, 8
    db[0] &= static_cast<std::uint8_t>(0xff >> unused); // 9
    const std::span<std::uint8_t> salt = db.last(salt_bytes);
    const std::span<std::uint8_t> padding = db.first(db.size() - salt_bytes);
    if (padding.back() != 0x01 ||
        std::any_of(padding.begin(), padding.end() - 1, [](auto byte) { return byte != 0; }))
        return false; // 10
    Bytes input(8);   // 11, 12
    input.insert(input.end(), digest.view().begin(), digest.view().end());
    input.insert(input.end(), salt.begin(), salt.end());
    return std::ranges::equal(digest_of(hash, input).view(), h); // 13, 14
}

} // namespace

RsaPublicKey::RsaPublicKey(BytesView modulus, BytesView exponent) noexcept
    : modulus_(modulus.begin(), modulus.end()), exponent_(exponent.begin(), exponent.end()) {}

std::size_t RsaPublicKey::modulus_bits() const noexcept {
    return bit_length(modulus_);
}

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

    return from_modulus(*modulus, *exponent);
}

Result<RsaPublicKey> RsaPublicKey::from_modulus(BytesView modulus, BytesView exponent) noexcept {
    modulus = without_zeros(modulus);
    exponent = without_zeros(exponent);
    const std::size_t bits = bit_length(modulus);
    const bool good_modulus =
        bits >= MIN_MODULUS_BITS && bits <= MAX_MODULUS_BITS && is_odd(modulus);
    const bool good_exponent =
        bit_length(exponent) >= 2 && bit_length(exponent) <= MAX_EXPONENT_BITS && is_odd(exponent);
    if (!good_modulus || !good_exponent)
        return ErrorCode::SIGNATURE_UNSUPPORTED;
    return RsaPublicKey{modulus, exponent};
}

Result<void> verify_rsa_pss(const RsaPublicKey& key, RsaHash hash, std::size_t salt_bytes,
                            BytesView message, BytesView signature) noexcept {
    if (signature.size() != key.modulus().size())
        return ErrorCode::SIGNATURE_MALFORMED;
    auto block = recover_block(key, signature);
    if (!block)
        return ErrorCode::SIGNATURE_INVALID;
    // RFC 8017 §8.1.2, step 2c: one bit less than the modulus, in as many bytes as it takes.
    const std::size_t bits = key.modulus_bits() - 1;
    std::span<std::uint8_t> encoded = *block;
    if (bits % 8 == 0) {
        if (encoded[0] != 0)
            return ErrorCode::SIGNATURE_INVALID;
        encoded = encoded.subspan(1);
    }
    if (!is_pss_block(encoded, bits, hash, salt_bytes, message))
        return ErrorCode::SIGNATURE_INVALID;
    return Result<void>::ok();
}

Result<void> verify_rsa_pss_sha256(const RsaPublicKey& key, BytesView message,
                                   BytesView signature) noexcept {
    return verify_rsa_pss(key, RsaHash::sha256, sizeof(Hash32), message, signature);
}

Result<void> verify_rsa_pkcs1_sha256(const RsaPublicKey& key, BytesView message,
                                     BytesView signature) noexcept {
    if (signature.size() != key.modulus().size())
        return ErrorCode::SIGNATURE_MALFORMED;
    const auto block = recover_block(key, signature);
    if (!block)
        return ErrorCode::SIGNATURE_INVALID;
    // EMSA-PKCS1-v1_5 (RFC 8017 §9.2): 00 01 ff … ff 00, DigestInfo, digest.
    const Hash32 digest = hash::sha256(message);
    Bytes expected(block->size(), 0xff);
    expected[0] = 0x00;
    expected[1] = 0x01;
    const auto tail = std::copy_backward(digest.begin(), digest.end(), expected.end());
    *(std::copy_backward(SHA256_INFO.begin(), SHA256_INFO.end(), tail) - 1) = 0x00;
    if (*block != expected)
        return ErrorCode::SIGNATURE_INVALID;
    return Result<void>::ok();
}

} // namespace assay::signatures
