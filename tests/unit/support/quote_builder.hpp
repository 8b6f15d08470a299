// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Builds TDX and SGX quotes and their collateral for tests, under a root of its own. Every part can
// be replaced before it is put together, so that a test breaks one rule and nothing else.
#pragma once

#include "core/base/bytes_view.hpp"

#include "tests/unit/support/x509_builder.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace assay::test {

/// Value of the PCK certificate's extension: components 1 to 16 are 5, pcesvn 11, FMSPC
/// 00906ea10000, pceId 0000.
[[nodiscard]] Bytes pck_extension();

/// A quote of version 4 for a TD 1.0; all specs below fit each other.
struct QuoteSpec {
    unsigned version = 4;
    unsigned key_type = 2;
    std::uint32_t tee = 0x81;
    unsigned body_type = 2; ///< written in version 5
    Bytes vendor;
    Bytes body;
    Bytes qe_report;
    Bytes qe_authentication{1, 2, 3};
    unsigned outer_type = 6; ///< not written in version 3
    unsigned certification_type = 5;
    X509Spec root;
    X509Spec ca;
    X509Spec pck;
    std::uint8_t attestation_key = 9; ///< seed
    std::uint8_t quote_signer = 9;    ///< seed
    std::uint8_t qe_signer = 3;       ///< seed
    bool bind = true;         ///< whether the QE report gets the digest of the attestation key
    std::string chain_text{}; ///< empty: PCK certificate, CA, root
    Bytes trailing{};
};
[[nodiscard]] QuoteSpec quote_spec();
/// The same of an SGX enclave, version 3.
[[nodiscard]] QuoteSpec sgx_quote_spec();
[[nodiscard]] Bytes make_quote(const QuoteSpec& spec);
/// The root of quote_spec(), DER.
[[nodiscard]] Bytes quote_root();

struct CollateralSpec {
    CrlSpec root_crl;
    CrlSpec pck_crl;
    X509Spec signer; ///< of both texts
    std::uint8_t tcb_signer = 4;
    std::uint8_t qe_signer = 4;
    std::string tcb_info;
    std::string qe_identity;
    std::string leave_out{};  ///< a member's name
    std::string chain_text{}; ///< empty: signer, root
};
[[nodiscard]] CollateralSpec collateral_spec();
/// For sgx_quote_spec().
[[nodiscard]] CollateralSpec sgx_collateral_spec();
/// The object of text members, JSON.
[[nodiscard]] std::string make_collateral(const CollateralSpec& spec);

/// @return @p text with its first @p from replaced; the text must hold it.
[[nodiscard]] std::string replaced(std::string text, const std::string& from,
                                   const std::string& to);

} // namespace assay::test
