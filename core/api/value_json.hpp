// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The value objects of verdicts: what api.md's Verdict<T> carries as `value`.
#pragma once

#include "core/api/options.hpp"
#include "core/attestation/nitro_claims.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/receipt/receipt.hpp"

#include <string>

namespace assay::api {

/// Whether the claims come from authenticate (`"genuine":true`) or from verify.
enum class Judged : std::uint8_t { genuine, verified };

void write_nitro(bytes::JsonWriter& out, const attestation::NitroClaims& claims,
                 Judged judged) noexcept;

/// @param attestation claims of the document that binds the key, or nullptr.
void write_receipt(bytes::JsonWriter& out, const receipt::VerifiedReceipt& receipt,
                   const attestation::NitroClaims* attestation) noexcept;

} // namespace assay::api
