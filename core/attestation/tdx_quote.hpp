// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Intel TDX and SGX quotes of versions 3, 4 and 5, taken apart: attestation.md §2.1. All numbers
/// are little-endian. Nothing here is verified.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace assay::attestation {

/// Largest quote; above it the code is TDX_LIMIT.
inline constexpr std::size_t QUOTE_BYTES = 32768;

enum class Tee : std::uint8_t { sgx, tdx };

/// Views into the quote.
struct Quote {
    unsigned version; ///< 3, 4 or 5
    Tee tee;
    unsigned body_type; ///< as version 5 numbers them: 1 SGX, 2 TD 1.0, 3 TD 1.5
    BytesView signed_part;
    BytesView body;
    BytesView signature;       ///< r || s over signed_part
    BytesView attestation_key; ///< x || y; whether it is on the curve is not known
    BytesView qe_report;
    BytesView qe_signature; ///< r || s over qe_report
    BytesView qe_authentication_data;
    BytesView chain; ///< PEM text; the zero bytes after it are cut off
};

/// §2.2 step 1. @return TDX_LIMIT, TDX_MALFORMED, TDX_VERSION_UNSUPPORTED, TDX_ALG_UNSUPPORTED,
/// TDX_TEE_TYPE, TDX_QE_VENDOR, TDX_CERT_DATA_UNSUPPORTED, whichever the reader meets first.
[[nodiscard]] Result<Quote> parse_quote(BytesView quote) noexcept;

/// One field of a report, by its name in policies.
struct ReportField {
    std::string_view name;
    std::uint16_t offset;
    std::uint8_t size;

    /// @param report long enough for the field.
    [[nodiscard]] BytesView in(BytesView report) const noexcept {
        return report.subspan(offset, size);
    }
};

inline constexpr std::size_t SGX_REPORT_BYTES = 384;

namespace sgx_report {
inline constexpr ReportField MISCSELECT{"miscselect", 16, 4};
inline constexpr ReportField ATTRIBUTES{"attributes", 48, 16};
inline constexpr ReportField MRSIGNER{"mrsigner", 128, 32};
inline constexpr ReportField ISVPRODID{"isvprodid", 256, 2};
inline constexpr ReportField ISVSVN{"isvsvn", 258, 2};
inline constexpr ReportField REPORT_DATA{"report_data", 320, 64};
} // namespace sgx_report

namespace td_report {
inline constexpr ReportField TEE_TCB_SVN{"tee_tcb_svn", 0, 16};
inline constexpr ReportField MRSIGNERSEAM{"mrsignerseam", 64, 48};
inline constexpr ReportField SEAMATTRIBUTES{"seamattributes", 112, 8};
inline constexpr ReportField TDATTRIBUTES{"tdattributes", 120, 8};
inline constexpr ReportField REPORT_DATA{"report_data", 520, 64};
} // namespace td_report

/// @return every field of a report of that kind, in its order; those of TD 1.5 that a TD 1.0 report
/// does not reach are left out.
[[nodiscard]] std::span<const ReportField> report_fields(unsigned body_type) noexcept;

} // namespace assay::attestation
