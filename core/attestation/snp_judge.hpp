// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Steps 1 to 6 of attestation.md §3.2, in one object that carries what earlier steps found to later
// ones. Only for snp.cpp.
#pragma once

#include "core/attestation/pem.hpp"
#include "core/attestation/snp.hpp"
#include "core/attestation/snp_report.hpp"
#include "core/attestation/x509.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace assay::attestation {

class SnpJudge {
public:
    /// Everything referred to outlives the judge. @param now Unix seconds.
    SnpJudge(const SnpRoots& roots, const SnpRules& rules, std::int64_t now, BytesView report,
             const SnpCertificates& certificates) noexcept
        : roots_{roots}, rules_{rules}, now_{now}, bytes_{report}, given_{certificates} {}

    /// Makes the steps in their order and records each.
    /// @return ok or the code of the first that fails.
    [[nodiscard]] Result<void> run(CheckList& checks) noexcept;
    /// Precondition of both: run() returned ok.
    [[nodiscard]] const SnpReport& report() const noexcept { return report_; }
    [[nodiscard]] SnpClaims claims() const noexcept;

private:
    struct Step {
        std::string_view name;
        Result<void> (SnpJudge::*make)() noexcept;
    };
    static const Step STEPS[];

    Result<void> parse() noexcept;
    Result<void> read_certificates() noexcept;
    Result<void> check_root() noexcept;
    Result<void> check_links() noexcept;
    Result<void> check_validity() noexcept;
    Result<void> check_key() noexcept;
    Result<void> check_revocation() noexcept;
    Result<void> check_signature() noexcept;
    Result<void> match_tcb() noexcept;
    Result<void> match_key_kind() noexcept;
    Result<void> match_product() noexcept;
    Result<void> check_guest_policy() noexcept;
    Result<void> check_tcb_order() noexcept;
    Result<void> check_least_tcb() noexcept;

    [[nodiscard]] SnpTcb tcb(const SnpField& field) const noexcept;
    [[nodiscard]] bool is_of_chip() const noexcept;
    /// Records for which keys no revocation list was given.
    void note_revocation(CheckList& checks) const noexcept;

    const SnpRoots& roots_;
    const SnpRules& rules_;
    std::int64_t now_;
    BytesView bytes_;
    const SnpCertificates& given_;
    SnpReport report_{};
    Certificate vek_{};
    CertificateList chain_; ///< ASK, ARK
    SnpLine line_{};
    std::array<bool, 2> looked_up_{}; ///< whether a list was given that could name ASK, VEK
};

} // namespace assay::attestation
