// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Builds Nitro documents for tests, under a root of its own. Every part can be replaced before the
// document is put together, so that a test breaks one rule and nothing else.
#pragma once

#include "core/base/bytes_view.hpp"

#include "tests/unit/support/ec_signer.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace assay::test {

/// 2026-01-01T00:00:00Z; leaf and intermediate are valid an hour before and after it.
inline constexpr std::int64_t NOW = 1767225600;

/// Extensions as certificates carry them, DER.
[[nodiscard]] Bytes extension(std::uint8_t id_ce, bool critical, const Bytes& value);
[[nodiscard]] Bytes ca_constraints(int path_length); ///< below zero: none
[[nodiscard]] Bytes leaf_constraints();
[[nodiscard]] Bytes key_usage(std::uint8_t bits); ///< first byte of the BIT STRING

/// The parts of one certificate; the signer and the key are named by seed.
struct CertificateSpec {
    std::string issuer;
    std::string subject;
    std::uint8_t signer;
    std::uint8_t key;
    std::vector<Bytes> extensions;
    Bytes version{0xa0, 0x03, 0x02, 0x01, 0x02}; ///< [0] EXPLICIT v3
    Bytes serial{0x02, 0x01, 0x01};
    std::string not_before = "251231230000Z";
    std::string not_after = "260101010000Z";
    Bytes algorithm{};  ///< inside; empty: ecdsa-with-SHA384
    Bytes key_info{};   ///< SubjectPublicKeyInfo; empty: that of the key
    Bytes unique_ids{}; ///< [1] and [2]
};
[[nodiscard]] Bytes make_certificate(const CertificateSpec& spec);

/// Root, one intermediate, leaf.
[[nodiscard]] CertificateSpec root_spec();
[[nodiscard]] CertificateSpec intermediate_spec();
[[nodiscard]] CertificateSpec leaf_spec();

/// The parts of one document, encoded.
struct DocumentSpec {
    std::vector<std::pair<std::string, Bytes>> fields; ///< of the payload, in their order
    Bytes protected_header;                            ///< content of the byte string
    Bytes unprotected_header;
    std::uint8_t signer;

    /// @return the encoded value of the field.
    [[nodiscard]] Bytes& field(const std::string& name);
    void remove(const std::string& name);
};

/// Three certificates (root, intermediate, leaf), PCR0 to PCR2 filled with 11, 22, 33, timestamp
/// NOW, no optional field.
[[nodiscard]] DocumentSpec document_spec();
[[nodiscard]] DocumentSpec document_spec(const std::vector<Bytes>& bundle, const Bytes& leaf);
/// The DER of the root in document_spec().
[[nodiscard]] const Bytes& demo_root();

[[nodiscard]] Bytes make_payload(const DocumentSpec& spec);
[[nodiscard]] Bytes make_document(const DocumentSpec& spec);
/// An envelope around any payload, signed.
[[nodiscard]] Bytes make_envelope(const DocumentSpec& spec, const Bytes& payload);
/// The pcrs map with the given values, from PCR0 on.
[[nodiscard]] Bytes pcr_map(const std::vector<Bytes>& values);

} // namespace assay::test
