// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/schnorr.hpp"

#include <secp256k1.h>
#include <secp256k1_schnorrsig.h>

namespace assay::signatures {

Result<void> verify_schnorr(BytesView public_key, BytesView message, BytesView signature) noexcept {
    const secp256k1_context* const context = secp256k1_context_static;
    secp256k1_xonly_pubkey key;
    if (public_key.size() != SCHNORR_KEY_BYTES ||
        secp256k1_xonly_pubkey_parse(context, &key, public_key.data()) != 1 ||
        signature.size() != SCHNORR_SIGNATURE_BYTES)
        return ErrorCode::SIGNATURE_MALFORMED;
    if (secp256k1_schnorrsig_verify(context, signature.data(), message.data(), message.size(),
                                    &key) != 1)
        return ErrorCode::SIGNATURE_INVALID;
    return Result<void>::ok();
}

} // namespace assay::signatures
