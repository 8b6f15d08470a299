// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/ohttp/x25519.hpp"

#include <sodium/crypto_scalarmult_curve25519.h>

#include <cassert>

namespace assay::ohttp {

static_assert(crypto_scalarmult_curve25519_BYTES == X25519_BYTES);
static_assert(crypto_scalarmult_curve25519_SCALARBYTES == X25519_BYTES);

Result<Hash32> x25519(BytesView scalar, BytesView point) noexcept {
    assert(scalar.size() == X25519_BYTES);
    Hash32 shared{};
    if (point.size() != X25519_BYTES ||
        crypto_scalarmult_curve25519(shared.data(), scalar.data(), point.data()) != 0)
        return ErrorCode::OHTTP_KEY_INVALID;
    return shared;
}

Hash32 x25519_public_key(BytesView scalar) noexcept {
    // Not libsodium's function for it, which needs the 30 kB table of Ed25519's base point.
    constexpr Hash32 BASE_POINT = {9};
    return x25519(scalar, BASE_POINT).value(); // of prime order: never zero
}

} // namespace assay::ohttp
