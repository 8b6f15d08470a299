// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The RSA key with which a gateway signs (receipt.md §6), and the id that stands for it (§1).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/signatures/rsa.hpp"

namespace assay::receipt {

struct SigningKey {
    signatures::RsaPublicKey key;
    Hash32 tee_id; ///< keccak256 of the SPKI
};

/// Records the row "signing key".
/// @param spki DER SubjectPublicKeyInfo
/// @return RECEIPT_KEY_UNSUPPORTED for every key that §6 does not accept.
[[nodiscard]] Result<SigningKey> read_signing_key(BytesView spki, CheckList& checks) noexcept;

/// Records the row "enclave id".
/// @param claimed the id in the evidence, from member @p path
/// @return RECEIPT_TEE_ID_MISMATCH when it is not that of the key.
[[nodiscard]] Result<void> check_tee_id(const SigningKey& key, const Hash32& claimed,
                                        CheckList& checks) noexcept;

} // namespace assay::receipt
