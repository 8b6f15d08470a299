// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a PCK certificate says about its platform: Intel SGX PCK Certificate and CRL Specification,
// extension 1.2.840.113741.1.13.1.
#pragma once

#include "core/attestation/tdx_collateral.hpp"
#include "core/attestation/x509.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace assay::attestation {

struct PckPlatform {
    std::array<std::uint8_t, 6> fmspc;
    std::array<std::uint8_t, 2> pce_id;
    TcbComponents components; ///< the platform's SVNs
    std::uint64_t pcesvn;
};

/// @return nothing when the extension is not there or lacks one of these values.
[[nodiscard]] std::optional<PckPlatform> read_pck_platform(const Certificate& pck) noexcept;

} // namespace assay::attestation
