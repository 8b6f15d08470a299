// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Intel TDX and SGX quotes with offline collateral: attestation.md §2. Three entry points with
/// results of three types: check_tdx_signature() looks at no collateral, so a revoked or outdated
/// platform passes; authenticate_tdx() says that a quote is genuine and its platform in order;
/// verify_tdx() says that besides the caller's policy is satisfied. Pure functions of their
/// arguments.
#pragma once

#include "core/attestation/tdx_claims.hpp"
#include "core/attestation/tdx_policy.hpp"
#include "core/attestation/trust_anchor.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"

#include <cstdint>
#include <utility>

namespace assay::attestation {

/// A quote that an Intel quoting enclave signed, once. Revocation and TCB were not looked at.
class SignedTdxQuote {
public:
    [[nodiscard]] const TdxClaims& claims() const noexcept { return claims_; }

private:
    friend Result<SignedTdxQuote> check_tdx_signature(const TrustAnchor&, std::int64_t, BytesView,
                                                      CheckList&) noexcept;
    explicit SignedTdxQuote(TdxClaims claims) noexcept : claims_{std::move(claims)} {}

    TdxClaims claims_;
};

/// A quote of a platform that is neither revoked nor outdated, and not in debug mode. Says nothing
/// about which program runs there, or since when.
class GenuineTdxQuote {
public:
    [[nodiscard]] const TdxClaims& claims() const noexcept { return claims_; }

private:
    friend Result<GenuineTdxQuote> authenticate_tdx(const TrustAnchor&, std::int64_t, BytesView,
                                                    BytesView, CheckList&) noexcept;
    explicit GenuineTdxQuote(TdxClaims claims) noexcept : claims_{std::move(claims)} {}

    TdxClaims claims_;
};

/// A genuine quote that satisfied the policy with which verify_tdx() was called.
class VerifiedTdxQuote {
public:
    [[nodiscard]] const TdxClaims& claims() const noexcept { return claims_; }

private:
    friend Result<VerifiedTdxQuote> verify_tdx(const TrustAnchor&, const TdxPolicy&, std::int64_t,
                                               BytesView, BytesView, CheckList&) noexcept;
    explicit VerifiedTdxQuote(TdxClaims claims) noexcept : claims_{std::move(claims)} {}

    TdxClaims claims_;
};

/// §2.2 steps 1, 2 and 4 to 6 at @p now (Unix seconds).
/// @param checks gets one row per check, in the order in which they are made; after a failed one
/// nothing follows.
[[nodiscard]] Result<SignedTdxQuote> check_tdx_signature(const TrustAnchor& root, std::int64_t now,
                                                         BytesView quote,
                                                         CheckList& checks) noexcept;

/// §2.2 steps 1 to 14, the last two with their defaults.
/// @param collateral text of TdxCollateral::parse(); empty is TDX_COLLATERAL_MISSING.
[[nodiscard]] Result<GenuineTdxQuote> authenticate_tdx(const TrustAnchor& root, std::int64_t now,
                                                       BytesView quote, BytesView collateral,
                                                       CheckList& checks) noexcept;

/// All steps of §2.2. The form of the policy was judged before, by TdxPolicy::parse().
[[nodiscard]] Result<VerifiedTdxQuote> verify_tdx(const TrustAnchor& root, const TdxPolicy& policy,
                                                  std::int64_t now, BytesView quote,
                                                  BytesView collateral, CheckList& checks) noexcept;

} // namespace assay::attestation
