// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Certificate revocation lists (RFC 5280 §5.1) as strict DER.
#pragma once

#include "core/attestation/x509.hpp"

#include <cstdint>
#include <optional>

namespace assay::attestation {

/// Whole lists only: one that speaks for other issuers, or a part of the certificates, says so in a
/// critical extension, of which none is understood (other_critical).
struct RevocationList : SignedObject {
    std::int64_t this_update; ///< Unix seconds, inclusive
    std::int64_t next_update; ///< Unix seconds, inclusive
    BytesView entries;        ///< content of revokedCertificates; empty when there are none

    /// @return whether @p serial, content of an INTEGER, is listed.
    [[nodiscard]] bool lists(BytesView serial) const noexcept;
};

/// @return the list that @p der consists of; nothing when it is not exactly one in DER, or has no
/// nextUpdate (RFC 5280 §5.1.2.5 demands one).
[[nodiscard]] std::optional<RevocationList> parse_revocation_list(BytesView der) noexcept;

} // namespace assay::attestation
