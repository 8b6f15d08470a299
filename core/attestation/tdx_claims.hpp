// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a TDX or SGX quote says, copied out of it.
#pragma once

#include "core/attestation/tdx_collateral.hpp"
#include "core/attestation/tdx_quote.hpp"
#include "core/base/bytes_view.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::attestation {

/// What the collateral says about the platform (attestation.md §2.2 steps 8 to 11).
struct PlatformTcb {
    TcbStatus status; ///< combined
    TcbStatus qe_status;
    /// Nothing for SGX, and for TDX modules without levels of their own.
    std::optional<TcbStatus> module_status;
    std::vector<std::string> advisories; ///< of all the levels that were reached, each once
    std::uint64_t evaluation_number;     ///< tcbEvaluationDataNumber of the TCB info
};

struct TdxClaims {
    unsigned version; ///< of the quote
    Tee tee;
    unsigned body_type; ///< 1 SGX, 2 TD 1.0, 3 TD 1.5
    Bytes report;       ///< the quote's body; its fields are report_fields(body_type)
    bool debug;         ///< the measurements say nothing about what runs now
    Bytes fmspc;
    Bytes pce_id;
    std::string pck_issuer; ///< common name of the PCK certificate's issuer
    /// Nothing when no collateral was looked at.
    std::optional<PlatformTcb> tcb;

    /// @return the field of that name; empty when the report has none.
    [[nodiscard]] BytesView field(std::string_view name) const noexcept;
};

} // namespace assay::attestation
