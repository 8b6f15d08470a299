// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// AMD SEV-SNP attestation reports: attestation.md §3. Two entry points with results of two types:
/// authenticate_snp() says that a report is genuine, which any holder of such a machine can have;
/// verify_snp() says that it is genuine and that the caller's policy is satisfied. Pure functions
/// of their arguments.
#pragma once

#include "core/attestation/snp_policy.hpp"
#include "core/attestation/snp_report.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace assay::attestation {

/// SHA-256 of the DER of each product line's ARK; a line without one is not trusted.
struct SnpRoots {
    std::array<std::optional<Hash32>, SNP_LINES> ark_sha256;

    /// AMD's own three (§3.2 step 2).
    [[nodiscard]] static SnpRoots amd() noexcept;
};

/// What vouches for the key that signed. All views are read during the call only.
struct SnpCertificates {
    BytesView vek;   ///< VCEK or VLEK, DER
    BytesView chain; ///< ASK or ASVK, then ARK, PEM
    /// Revocation lists, DER, one after the other: of the ARK, of the ASK; empty: not looked at.
    BytesView crls;
};

struct SnpClaims {
    Bytes report; ///< whole; its fields are snp_fields()
    std::uint32_t version;
    std::uint32_t guest_svn;
    std::uint64_t guest_policy;
    std::uint32_t vmpl;
    std::uint64_t platform_info;
    SnpKey key;
    SnpLine line;
    std::string product; ///< as the certificate names it, e.g. "Milan-B0"
    std::string csp_id;  ///< the cloud that a VLEK is of; empty for a VCEK
    SnpTcb reported_tcb;
    bool debug; ///< the host may read and change the guest
};

/// A report that an AMD processor signed. Says nothing about which program runs in the guest, or
/// since when.
class GenuineSnpReport {
public:
    [[nodiscard]] const SnpClaims& claims() const noexcept { return claims_; }

private:
    friend Result<GenuineSnpReport> authenticate_snp(const SnpRoots&, std::int64_t, BytesView,
                                                     const SnpCertificates&, CheckList&) noexcept;
    explicit GenuineSnpReport(SnpClaims claims) noexcept : claims_{std::move(claims)} {}

    SnpClaims claims_;
};

/// A genuine report that satisfied the policy with which verify_snp() was called.
class VerifiedSnpReport {
public:
    [[nodiscard]] const SnpClaims& claims() const noexcept { return claims_; }

private:
    friend Result<VerifiedSnpReport> verify_snp(const SnpRoots&, const SnpPolicy&, std::int64_t,
                                                BytesView, const SnpCertificates&,
                                                CheckList&) noexcept;
    explicit VerifiedSnpReport(SnpClaims claims) noexcept : claims_{std::move(claims)} {}

    SnpClaims claims_;
};

/// §3.2 steps 1 to 6 at @p now (Unix seconds), without a least TCB; debug mode is refused.
/// @param checks gets one row per check, in the order in which they are made; after a failed one
/// nothing follows.
[[nodiscard]] Result<GenuineSnpReport> authenticate_snp(const SnpRoots& roots, std::int64_t now,
                                                        BytesView report,
                                                        const SnpCertificates& certificates,
                                                        CheckList& checks) noexcept;

/// All steps of §3.2. The form of the policy was judged before, by SnpPolicy::parse().
[[nodiscard]] Result<VerifiedSnpReport> verify_snp(const SnpRoots& roots, const SnpPolicy& policy,
                                                   std::int64_t now, BytesView report,
                                                   const SnpCertificates& certificates,
                                                   CheckList& checks) noexcept;

} // namespace assay::attestation
