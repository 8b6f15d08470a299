// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// One link of a certificate chain at a time: attestation.md §1.5, RFC 5280 §6.1. The chain's family
// decides their order and codes.
#pragma once

#include "core/attestation/x509.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::attestation {

/// Whether the names are equal byte for byte, and the key identifiers when both are there.
[[nodiscard]] bool names_issuer(const SignedObject& child, const Certificate& issuer) noexcept;

/// Whether it is a CA certificate that may sign certificates, above @p below other CA certificates.
[[nodiscard]] bool is_authority(const Certificate& certificate, std::size_t below) noexcept;

/// Whether it is no CA certificate and may sign other things.
[[nodiscard]] bool is_signing_leaf(const Certificate& certificate) noexcept;

/// Whether @p now, Unix seconds, lies in the certificate's validity, both ends included.
[[nodiscard]] bool is_valid_at(const Certificate& certificate, std::int64_t now) noexcept;

/// Whether @p issuer signed @p child by ecdsa-with-SHA256 on P-256, both algorithm fields saying
/// so.
[[nodiscard]] bool is_signed_p256(const SignedObject& child, const Certificate& issuer) noexcept;

/// Whether @p issuer signed @p child by RSASSA-PSS with SHA-384 and a key of 4096 bits, both
/// algorithm fields saying so (attestation.md §3.2 step 2).
[[nodiscard]] bool is_signed_rsa_pss(const SignedObject& child, const Certificate& issuer) noexcept;

} // namespace assay::attestation
