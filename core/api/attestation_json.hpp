// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The value objects of verdicts over TDX and SGX quotes and SEV-SNP reports; that over Nitro
// documents is in value_json.hpp. All three have `kind` (nitro, tdx, sgx, snp), `debug` and, unless
// a policy was satisfied, `genuine`, so that one reader takes the verdict of any attestation.
#pragma once

#include "core/api/value_json.hpp"
#include "core/attestation/snp.hpp"
#include "core/attestation/tdx_claims.hpp"
#include "core/bytes/json_writer.hpp"

namespace assay::api {

void write_tdx(bytes::JsonWriter& out, const attestation::TdxClaims& claims,
               Judged judged) noexcept;

void write_snp(bytes::JsonWriter& out, const attestation::SnpClaims& claims,
               Judged judged) noexcept;

} // namespace assay::api
