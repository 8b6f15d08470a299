// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// X.509 certificates (RFC 5280 §4.1, §4.2) as strict DER. Parsing and judging are separate: a
/// certificate of another algorithm, curve or version is still a certificate, so that each can get
/// its own code, which the parser of the TLS library does not allow (it refuses them all alike).
/// Not read: the contents of extensions other than the four below (find_extension() gives them),
/// names beyond their structure and the common name.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/bytes/der.hpp"

#include <cstdint>
#include <optional>

namespace assay::attestation {

struct BasicConstraints {
    bool ca;
    /// pathLenConstraint; one that fits no 64 bits is the largest value.
    std::optional<std::uint64_t> path_length;
};

/// Bits of KeyUsage (RFC 5280 §4.2.1.3), bit 0 = 1, bit 1 = 2, …
namespace key_usage {
inline constexpr std::uint16_t DIGITAL_SIGNATURE = 1U << 0;
inline constexpr std::uint16_t KEY_CERT_SIGN = 1U << 5;
inline constexpr std::uint16_t CRL_SIGN = 1U << 6;
} // namespace key_usage

/// The extensions that path validation looks at.
struct CertificateExtensions {
    std::optional<BasicConstraints> basic_constraints;
    std::optional<std::uint16_t> usage;
    /// The named bits of usage end in zeros, against X.690 §11.2.2. AMD's certificates do.
    bool usage_padded = false;
    std::optional<BytesView> subject_key_id;
    std::optional<BytesView> authority_key_id; ///< its keyIdentifier
    /// A critical extension other than basicConstraints and keyUsage.
    bool other_critical = false;
};

/// Reads `Extensions`, the content of the [3] of a TBSCertificate.
/// @return nothing when it is not DER, is empty, or repeats an extension.
[[nodiscard]] std::optional<CertificateExtensions> parse_extensions(BytesView der) noexcept;

/// What certificates and revocation lists share (RFC 5280 §4.1.1, §5.1.1). Nothing of it was
/// verified; all views point into the parsed bytes.
struct SignedObject {
    BytesView der;
    BytesView tbs;             ///< what the issuer signed
    BytesView inner_algorithm; ///< AlgorithmIdentifier inside the signed part, whole encoding
    BytesView outer_algorithm; ///< and beside the signature
    bytes::DerBits signature;
    BytesView issuer; ///< Name, whole encoding
    CertificateExtensions extensions;
};

struct Certificate : SignedObject {
    std::uint64_t version;   ///< as people say it: 1, 2, 3
    BytesView serial;        ///< content of the INTEGER, of either sign; AMD's VCEKs have 0
    BytesView subject;       ///< Name, whole encoding
    std::int64_t not_before; ///< Unix seconds, inclusive
    std::int64_t not_after;  ///< Unix seconds, inclusive
    BytesView key_info;      ///< SubjectPublicKeyInfo, whole encoding
    BytesView key_algorithm; ///< its AlgorithmIdentifier, whole encoding
    BytesView public_key; ///< content of its BIT STRING; on the curve when that is P-256 or P-384
    BytesView extension_list; ///< Extensions, whole encoding; empty when there are none
};

/// AlgorithmIdentifier of ecdsa-with-SHA384 without parameters (RFC 5758 §3.2).
[[nodiscard]] bool is_ecdsa_sha384(BytesView algorithm) noexcept;
/// AlgorithmIdentifier of ecdsa-with-SHA256 without parameters (RFC 5758 §3.2).
[[nodiscard]] bool is_ecdsa_sha256(BytesView algorithm) noexcept;
/// AlgorithmIdentifier of RSASSA-PSS with SHA-384, MGF1 with SHA-384, salt 48 and trailer 1 (RFC
/// 4055 §3.1), in the two encodings that AMD writes: the trailer as its default, or written out.
[[nodiscard]] bool is_rsa_pss_sha384(BytesView algorithm) noexcept;
/// AlgorithmIdentifier of an EC key on the named curve P-384 (RFC 5480 §2.1.1).
[[nodiscard]] bool is_p384_key(BytesView algorithm) noexcept;
/// AlgorithmIdentifier of an EC key on the named curve P-256 (RFC 5480 §2.1.1).
[[nodiscard]] bool is_p256_key(BytesView algorithm) noexcept;

/// @return the certificate that @p der consists of; nothing when it is not exactly one in DER, its
/// key is off its curve (P-256, P-384; only the uncompressed form is a key), or an extension is
/// repeated.
[[nodiscard]] std::optional<Certificate> parse_certificate(BytesView der) noexcept;

/// @param oid content of the OBJECT IDENTIFIER.
/// @return what the extension's OCTET STRING holds; nothing when there is no such extension.
[[nodiscard]] std::optional<BytesView> find_extension(const Certificate& certificate,
                                                      BytesView oid) noexcept;

/// @return the text of the only common name (2.5.4.3) in @p name; nothing when there are none or
/// several.
[[nodiscard]] std::optional<BytesView> common_name(BytesView name) noexcept;

} // namespace assay::attestation
