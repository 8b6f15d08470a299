// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Certificates and revocation lists of any signer, for tests. Extensions are those of
// nitro_builder.hpp.
#pragma once

#include "core/base/bytes_view.hpp"

#include <functional>
#include <string>
#include <vector>

namespace assay::test {

/// Who signs, and by what. The signature is what the BIT STRING holds.
struct X509Signer {
    Bytes algorithm; ///< AlgorithmIdentifier
    std::function<Bytes(BytesView)> sign;
};
/// ecdsa-with-SHA256 under the P-256 key of that seed.
[[nodiscard]] X509Signer p256_signer(std::uint8_t seed);
/// RSASSA-PSS with SHA-384 under the 4096-bit key.
[[nodiscard]] X509Signer pss_signer();

/// SubjectPublicKeyInfo of the P-256 key of that seed.
[[nodiscard]] Bytes p256_key_info(std::uint8_t seed);
[[nodiscard]] Bytes p384_key_info(std::uint8_t seed);

/// OBJECT IDENTIFIER with these content octets, in hex.
[[nodiscard]] Bytes oid(const std::string& octets);
/// Extension with that OID, not critical.
[[nodiscard]] Bytes plain_extension(const std::string& octets, const Bytes& value);
[[nodiscard]] Bytes subject_key_id(const Bytes& id);
[[nodiscard]] Bytes authority_key_id(const Bytes& id);

struct X509Spec {
    std::string issuer;
    std::string subject;
    X509Signer signer;
    Bytes key_info;
    std::vector<Bytes> extensions{};
    Bytes version{0xa0, 0x03, 0x02, 0x01, 0x02};
    Bytes serial{0x02, 0x01, 0x01};
    std::string not_before = "251231230000Z";
    std::string not_after = "260101010000Z";
    Bytes outer_algorithm{}; ///< empty: the signer's
};
[[nodiscard]] Bytes make_x509(const X509Spec& spec);

struct CrlSpec {
    std::string issuer;
    X509Signer signer;
    std::vector<Bytes> serials; ///< INTEGERs
    std::string this_update = "251231230000Z";
    std::string next_update = "260101010000Z"; ///< empty: none
    Bytes version{0x02, 0x01, 0x01};
    std::vector<Bytes> extensions{};
    Bytes entry_extensions{}; ///< of each entry
};
[[nodiscard]] Bytes make_crl(const CrlSpec& spec);

[[nodiscard]] std::string pem(const Bytes& der);

} // namespace assay::test
