// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The steps of attestation.md §2.2 that need no policy, in one object that carries what earlier
// steps found to later ones. Only for tdx.cpp.
#pragma once

#include "core/attestation/tdx_claims.hpp"
#include "core/attestation/tdx_collateral.hpp"
#include "core/attestation/tdx_pck.hpp"
#include "core/attestation/tdx_quote.hpp"
#include "core/attestation/trust_anchor.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace assay::attestation {

class TdxJudge {
public:
    /// Everything referred to outlives the judge. @param now Unix seconds.
    TdxJudge(const TrustAnchor& root, std::int64_t now, BytesView quote,
             BytesView collateral) noexcept
        : root_{root}, now_{now}, bytes_{quote}, collateral_text_{collateral} {}

    /// Whether the steps that need collateral are made.
    enum class Scope : std::uint8_t { signature_only, all };

    /// Makes the steps in their order and records each.
    /// @return ok or the code of the first that fails.
    [[nodiscard]] Result<void> run(Scope scope, CheckList& checks) noexcept;
    /// Precondition: run() returned ok.
    [[nodiscard]] TdxClaims claims() const noexcept;

private:
    struct Step {
        std::string_view name;
        Result<void> (TdxJudge::*make)() noexcept;
        Scope scope; ///< all: needs collateral
    };
    static const Step STEPS[];

    // Step 1 and, of step 3, that there is collateral at all; it is parsed here.
    Result<void> parse() noexcept;
    Result<void> read_collateral() noexcept;
    // Step 2.
    Result<void> check_root() noexcept;
    Result<void> check_links() noexcept;
    Result<void> check_validity() noexcept;
    Result<void> check_constraints() noexcept;
    // Step 3.
    Result<void> check_revocation() noexcept;
    // Steps 4 to 6.
    Result<void> check_qe_signature() noexcept;
    Result<void> check_qe_binding() noexcept;
    Result<void> check_signature() noexcept;
    // Step 7.
    Result<void> check_tcb_info() noexcept;
    Result<void> check_qe_identity() noexcept;
    Result<void> check_collateral_validity() noexcept;
    Result<void> check_collateral_match() noexcept;
    // Steps 8 to 12.
    void add_advisories(std::span<const std::string> advisories) noexcept;
    Result<void> match_qe() noexcept;
    Result<void> match_module() noexcept;
    Result<void> match_platform() noexcept;

    [[nodiscard]] bool is_signed_text(const SignedText& document) const noexcept;
    [[nodiscard]] bool reaches(const PlatformLevel& level) const noexcept;
    [[nodiscard]] bool is_debug() const noexcept;

    const TrustAnchor& root_;
    std::int64_t now_;
    BytesView bytes_;
    BytesView collateral_text_;
    Quote quote_{};
    CertificateList chain_; ///< PCK certificate, PCK CA, root
    PckPlatform platform_{};
    TdxCollateral collateral_{};
    PlatformTcb tcb_{};
    std::string detail_; ///< of the step just made
};

} // namespace assay::attestation
