// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/ed25519.hpp"

#include "core/signatures/ed25519_scalar.hpp"

extern "C" {
#define CONFIGURED 1 // by third_party/sodium.cmake, as the library was
#include <private/ed25519_ref10.h>
}

#include <algorithm>
#include <array>

namespace assay::signatures {
namespace {

constexpr std::size_t WORD = 32;
/// The neutral element (0, 1).
constexpr std::array<std::uint8_t, WORD> NEUTRAL = {1};

/// p + q; complete on this curve, so it doubles as well.
ge25519_p3 sum(const ge25519_p3& p, const ge25519_p3& q) {
    ge25519_cached cached;
    ge25519_p1p1 added;
    ge25519_p3 result;
    ge25519_p3_to_cached(&cached, &q);
    ge25519_add(&added, &p, &cached);
    ge25519_p1p1_to_p3(&result, &added);
    return result;
}

ge25519_p3 extended(const ge25519_p2& p) {
    // (X : Y : Z) is the completed point ((X : Z), (Y : Z)).
    ge25519_p1p1 completed;
    std::ranges::copy(p.X, completed.X);
    std::ranges::copy(p.Y, completed.Y);
    std::ranges::copy(p.Z, completed.Z);
    std::ranges::copy(p.Z, completed.T);
    ge25519_p3 result;
    ge25519_p1p1_to_p3(&result, &completed);
    return result;
}

/// @param p [s]B - [k]A
/// @return whether [8](p - R) is the neutral element.
bool differs_by_small_order(const ge25519_p2& p, BytesView r) {
    ge25519_p3 minus_r;
    if (ge25519_frombytes_negate_vartime(&minus_r, r.data()) != 0)
        return false;
    ge25519_p3 difference = sum(extended(p), minus_r);
    for (int doubling = 0; doubling < 3; ++doubling)
        difference = sum(difference, difference);
    std::array<std::uint8_t, WORD> encoded;
    ge25519_p3_tobytes(encoded.data(), &difference);
    return encoded == NEUTRAL;
}

} // namespace

Result<void> verify_ed25519(BytesView public_key, BytesView message, BytesView signature,
                            Ed25519Rule rule) noexcept {
    if (public_key.size() != ED25519_KEY_BYTES)
        return ErrorCode::SIGNATURE_MALFORMED;
    const bool strict = rule == Ed25519Rule::rfc8032;
    if (strict && (ge25519_is_canonical(public_key.data()) == 0 ||
                   ge25519_has_small_order(public_key.data()) != 0))
        return ErrorCode::SIGNATURE_MALFORMED;
    ge25519_p3 minus_a;
    // Takes any y and any sign bit; fails off the curve only.
    if (ge25519_frombytes_negate_vartime(&minus_a, public_key.data()) != 0 ||
        signature.size() != ED25519_SIGNATURE_BYTES)
        return ErrorCode::SIGNATURE_MALFORMED;

    const BytesView r = signature.first(WORD);
    const BytesView s = signature.last(WORD);
    if (sc25519_is_canonical(s.data()) == 0)
        return ErrorCode::SIGNATURE_INVALID;
    const Ed25519Scalar k = ed25519_challenge(r, public_key, message);
    ge25519_p2 p; // [s]B - [k]A
    ge25519_double_scalarmult_vartime(&p, k.data(), &minus_a, s.data());
    if (!strict)
        return differs_by_small_order(p, r) ? Result<void>::ok() : ErrorCode::SIGNATURE_INVALID;
    std::array<std::uint8_t, WORD> encoded;
    ge25519_tobytes(encoded.data(), &p);
    return std::ranges::equal(encoded, r) ? Result<void>::ok() : ErrorCode::SIGNATURE_INVALID;
}

} // namespace assay::signatures
