// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/signing_key.hpp"

#include "core/bytes/hex.hpp"
#include "core/hash/keccak256.hpp"

#include <string>
#include <utility>

namespace assay::receipt {
namespace {

constexpr std::size_t MAX_SPKI_BYTES = 8192;
constexpr std::size_t MAX_EXPONENT_BITS = 31; // e < 2^31

} // namespace

Result<SigningKey> read_signing_key(BytesView spki, CheckList& checks) noexcept {
    const auto refuse = [&](std::string_view detail) {
        Error error{ErrorCode::RECEIPT_KEY_UNSUPPORTED, "key"};
        checks.failed("signing key", error, detail);
        return error;
    };
    if (spki.size() > MAX_SPKI_BYTES)
        return refuse("more than 8192 bytes");
    auto key = signatures::RsaPublicKey::from_spki(spki);
    if (!key)
        return refuse(info(key.error().code).message);
    if (key->exponent_bits() > MAX_EXPONENT_BITS)
        return refuse("the exponent is 2^31 or more");
    checks.passed("signing key",
                  "RSA, modulus of " + std::to_string(key->modulus().size()) + " bytes");
    return SigningKey{std::move(*key), hash::keccak256(spki)};
}

Result<void> check_tee_id(const SigningKey& key, const Hash32& claimed,
                          CheckList& checks) noexcept {
    if (claimed != key.tee_id) {
        const Error error{ErrorCode::RECEIPT_TEE_ID_MISMATCH, "tee_id"};
        checks.failed("enclave id", error,
                      "the evidence names " + bytes::to_hex_0x(claimed) + ", the key is " +
                          bytes::to_hex_0x(key.tee_id));
        return error;
    }
    checks.passed("enclave id", bytes::to_hex_0x(claimed));
    return Result<void>::ok();
}

} // namespace assay::receipt
