// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// COSE_Sign1 (RFC 9052 §4.2, §4.4) as Nitro documents use it: attestation.md §1.4 and §1.6.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

namespace assay::attestation {

/// The parts of an envelope, as they stand on the wire; views into it.
struct CoseSign1 {
    BytesView protected_header; ///< content of the byte string
    BytesView payload;          ///< content of the byte string
    BytesView signature;        ///< any length
};

/// attestation.md §1.4 steps 1 and 2: the array, then the protected header, which must say ES384.
/// @return NITRO_LIMIT, NITRO_MALFORMED or NITRO_ALG_UNSUPPORTED otherwise.
[[nodiscard]] Result<CoseSign1> parse_cose_sign1(BytesView document) noexcept;

/// @return the Sig_structure (attestation.md §1.6) that the signature covers, with the shortest
/// heads whatever the wire had.
[[nodiscard]] Bytes sig_structure(const CoseSign1& envelope) noexcept;

} // namespace assay::attestation
