// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/tdx.hpp"

#include "core/attestation/tdx_judge.hpp"

namespace assay::attestation {
namespace {

/// Steps 1 to 14.
Result<TdxClaims> judge(const TrustAnchor& root, const TdxRules& rules, std::int64_t now,
                        BytesView quote, BytesView collateral, CheckList& checks) {
    TdxJudge judge{root, now, quote, collateral};
    if (const auto steps = judge.run(TdxJudge::Scope::all, checks); !steps) {
        return steps.error();
    }
    TdxClaims claims = judge.claims();
    if (const auto steps = rules.check(claims, checks); !steps) {
        return steps.error();
    }
    return claims;
}

} // namespace

Result<SignedTdxQuote> check_tdx_signature(const TrustAnchor& root, std::int64_t now,
                                           BytesView quote, CheckList& checks) noexcept {
    TdxJudge judge{root, now, quote, {}};
    if (const auto steps = judge.run(TdxJudge::Scope::signature_only, checks); !steps) {
        return steps.error();
    }
    checks.not_covered("revocation", "no revocation list was looked at");
    checks.not_covered("TCB status", "no collateral was looked at");
    checks.not_covered("debug mode", "not judged");
    return SignedTdxQuote{judge.claims()};
}

Result<GenuineTdxQuote> authenticate_tdx(const TrustAnchor& root, std::int64_t now, BytesView quote,
                                         BytesView collateral, CheckList& checks) noexcept {
    auto claims = judge(root, TdxRules{}, now, quote, collateral, checks);
    if (!claims) {
        return claims.error();
    }
    return GenuineTdxQuote{*std::move(claims)};
}

Result<VerifiedTdxQuote> verify_tdx(const TrustAnchor& root, const TdxPolicy& policy,
                                    std::int64_t now, BytesView quote, BytesView collateral,
                                    CheckList& checks) noexcept {
    auto claims = judge(root, policy.rules(), now, quote, collateral, checks);
    if (!claims) {
        return claims.error();
    }
    if (const auto steps = policy.check(*claims, now, checks); !steps) {
        return steps.error();
    }
    return VerifiedTdxQuote{*std::move(claims)};
}

} // namespace assay::attestation
