// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Builds SEV-SNP reports and their certificates for tests, under a root of its own. Every part can
// be replaced before it is put together, so that a test breaks one rule and nothing else.
#pragma once

#include "core/attestation/snp.hpp"
#include "core/base/bytes_view.hpp"

#include "tests/unit/support/x509_builder.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::test {

/// Milan's layout: boot loader 3, TEE 0, SNP 8, microcode 0x73.
[[nodiscard]] Bytes milan_tcb();
/// The AMD extension .1.`arcs` (hex) with that value.
[[nodiscard]] Bytes amd_extension(const std::string& arcs, const Bytes& value);

/// A report of version 3 with the VCEK of a Milan chip.
struct ReportSpec {
    Bytes report;
    X509Spec vek;
    X509Spec ask;
    X509Spec ark;
    std::uint8_t signer = 3;  ///< seed of the key that signs the report
    std::string chain_text{}; ///< empty: ASK, ARK
    std::vector<CrlSpec> crls{};

    /// Replaces the VEK's extension of that OID.
    void set_extension(const std::string& arcs, const Bytes& value);
    void remove_extension(const std::string& arcs);
    void put(std::size_t at, const Bytes& value);
};
[[nodiscard]] ReportSpec report_spec();
/// The same with a VLEK of a cloud.
[[nodiscard]] ReportSpec vlek_report_spec();
/// Of version 5, on Turin: FMC 1, then as Milan.
[[nodiscard]] ReportSpec turin_report_spec();

/// What a verifier is given.
struct Evidence {
    Bytes report; ///< signed
    Bytes vek;
    std::string chain;
    Bytes crls;

    [[nodiscard]] attestation::SnpCertificates certificates() const {
        return {.vek = vek, .chain = as_bytes(chain), .crls = crls};
    }
};
[[nodiscard]] Evidence make_evidence(const ReportSpec& spec);

/// Pins the ARK of the specs above for Milan and Turin.
[[nodiscard]] const attestation::SnpRoots& demo_roots();
/// A revocation list of the demo ARK, of the demo ASK.
[[nodiscard]] CrlSpec ark_crl();
[[nodiscard]] CrlSpec ask_crl();

} // namespace assay::test
