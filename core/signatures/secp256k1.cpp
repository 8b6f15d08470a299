// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/secp256k1.hpp"

#include "core/hash/keccak256.hpp"

#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <algorithm>

namespace assay::signatures {
namespace {

constexpr std::size_t WORD = 32;
constexpr std::size_t SIGNATURE_SIZE = 2 * WORD;

/// Order n of the group (SEC 2 §2.4.1).
constexpr Hash32 ORDER = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                          0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48,
                          0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41};

/// (n - 1) / 2: the largest low s.
constexpr Hash32 HALF_ORDER = [] {
    Hash32 half{};
    unsigned carry = 0;
    for (std::size_t i = 0; i < WORD; ++i) {
        half[i] = static_cast<std::uint8_t>((carry << 8 | ORDER[i]) >> 1);
        carry = ORDER[i] & 1;
    }
    return half;
}();

bool less(BytesView a, BytesView b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

bool is_scalar(BytesView value) {
    return less(value, ORDER) &&
           std::any_of(value.begin(), value.end(), [](std::uint8_t byte) { return byte != 0; });
}

bool are_scalars(BytesView r, BytesView s, LowS mode) {
    return is_scalar(r) && is_scalar(s) && (mode == LowS::malleable || !less(HALF_ORDER, s));
}

/// @return 0 or 1, the parity of the point's y; -1 when the last byte is no 27 or 28 or another is
/// not zero.
int recovery_id(BytesView v) {
    const BytesView high = v.first(v.size() - 1);
    if (std::any_of(high.begin(), high.end(), [](std::uint8_t byte) { return byte != 0; }))
        return -1;
    return v.back() == 27 || v.back() == 28 ? v.back() - 27 : -1;
}

/// @p v of one or of 32 bytes; digest, r and s have their length.
Result<Address> recover(BytesView digest, BytesView r, BytesView s, BytesView v, LowS mode) {
    const int id = recovery_id(v);
    if (id < 0)
        return ErrorCode::SIGNATURE_MALFORMED;
    if (!are_scalars(r, s, mode))
        return ErrorCode::SIGNATURE_INVALID;

    std::array<std::uint8_t, SIGNATURE_SIZE> compact;
    std::copy(s.begin(), s.end(), std::copy(r.begin(), r.end(), compact.begin()));
    const secp256k1_context* const context = secp256k1_context_static;
    secp256k1_ecdsa_recoverable_signature signature;
    secp256k1_pubkey key;
    if (secp256k1_ecdsa_recoverable_signature_parse_compact(context, &signature, compact.data(),
                                                            id) != 1 ||
        secp256k1_ecdsa_recover(context, &key, &signature, digest.data()) != 1)
        return ErrorCode::SIGNATURE_INVALID;

    std::array<std::uint8_t, 65> point; // 04 ‖ x ‖ y
    std::size_t size = point.size();
    secp256k1_ec_pubkey_serialize(context, point.data(), &size, &key, SECP256K1_EC_UNCOMPRESSED);
    const Hash32 hash = hash::keccak256(BytesView{point}.subspan(1));
    Address address;
    std::copy(hash.end() - static_cast<std::ptrdiff_t>(address.size()), hash.end(),
              address.begin());
    return address;
}

/// libsecp256k1 reads hybrid keys as well; this does not.
bool parse_key(BytesView bytes, secp256k1_pubkey& key) {
    const bool compressed = bytes.size() == 33 && (bytes[0] == 0x02 || bytes[0] == 0x03);
    const bool uncompressed = bytes.size() == 65 && bytes[0] == 0x04;
    return (compressed || uncompressed) &&
           secp256k1_ec_pubkey_parse(secp256k1_context_static, &key, bytes.data(), bytes.size()) ==
               1;
}

} // namespace

Result<Address> recover_address(BytesView digest, BytesView r, BytesView s, BytesView v,
                                LowS mode) noexcept {
    if (digest.size() != WORD || r.size() != WORD || s.size() != WORD || v.size() != WORD)
        return ErrorCode::SIGNATURE_MALFORMED;
    return recover(digest, r, s, v, mode);
}

Result<Address> recover_address(BytesView digest, BytesView signature, LowS mode) noexcept {
    if (digest.size() != WORD || signature.size() != SIGNATURE_SIZE + 1)
        return ErrorCode::SIGNATURE_MALFORMED;
    return recover(digest, signature.first(WORD), signature.subspan(WORD, WORD), signature.last(1),
                   mode);
}

Result<void> verify_ecdsa(BytesView public_key, BytesView digest, BytesView signature,
                          LowS mode) noexcept {
    secp256k1_pubkey key;
    if (!parse_key(public_key, key) || digest.size() != WORD || signature.size() != SIGNATURE_SIZE)
        return ErrorCode::SIGNATURE_MALFORMED;
    if (!are_scalars(signature.first(WORD), signature.last(WORD), mode))
        return ErrorCode::SIGNATURE_INVALID;

    const secp256k1_context* const context = secp256k1_context_static;
    secp256k1_ecdsa_signature parsed;
    if (secp256k1_ecdsa_signature_parse_compact(context, &parsed, signature.data()) != 1)
        return ErrorCode::SIGNATURE_INVALID;
    // The library refuses high s; the mode was applied above.
    secp256k1_ecdsa_signature_normalize(context, &parsed, &parsed);
    if (secp256k1_ecdsa_verify(context, &parsed, digest.data(), &key) != 1)
        return ErrorCode::SIGNATURE_INVALID;
    return Result<void>::ok();
}

} // namespace assay::signatures
