// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The fields that certificates and revocation lists are made of (RFC 5280 §4.1, §5.1). Only for
// their parsers; each answers nothing for what is not DER of its kind.
#pragma once

#include "core/attestation/x509.hpp"
#include "core/bytes/der.hpp"

#include <cstdint>
#include <optional>

namespace assay::attestation {

/// AlgorithmIdentifier ::= SEQUENCE { OBJECT IDENTIFIER, ANY OPTIONAL }
[[nodiscard]] std::optional<BytesView> read_algorithm(bytes::DerCursor& cursor) noexcept;
/// Name ::= SEQUENCE OF RelativeDistinguishedName
[[nodiscard]] std::optional<BytesView> read_name(bytes::DerCursor& cursor) noexcept;
/// Time ::= CHOICE { UTCTime, GeneralizedTime }, Unix seconds
[[nodiscard]] std::optional<std::int64_t> read_time(bytes::DerCursor& cursor) noexcept;
/// SEQUENCE { signed part, AlgorithmIdentifier, BIT STRING }: fills what stands around the signed
/// part. @return the content of the signed part.
[[nodiscard]] std::optional<BytesView> read_envelope(BytesView der, SignedObject& object) noexcept;
/// Same bytes.
[[nodiscard]] bool equal(BytesView a, BytesView b) noexcept;

} // namespace assay::attestation
