// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What the caller demands of a genuine TDX or SGX quote: attestation.md §2.2. Members:
///   measurements  required; each entry pins fields of the report by name: mrtd, rtmr0, rtmr1,
///                 rtmr2 at least and any other field of a TD, or mrenclave at least and any other
///                 field of an SGX enclave; with optional "from" and "until" (Unix seconds,
///                 inclusive): outside of them it does not match
///   report_data   hex; another length than 64 bytes never matches
///   accept_status list of TCB statuses; default those that a platform with current software can
///                 have; Revoked never passes
///   allow_debug, require_sept_ve_disable  default false
/// Hex is of either case, with or without 0x.
#pragma once

#include "core/attestation/policy_values.hpp"
#include "core/attestation/tdx_claims.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/bytes/json.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::attestation {

/// Steps 13 and 14; the defaults apply where there is no policy.
struct TdxRules {
    bool allow_debug = false;
    bool require_sept_ve_disable = false;
    /// One bit for each TcbStatus; the default is UpToDate, SWHardeningNeeded, ConfigurationNeeded
    /// and ConfigurationAndSWHardeningNeeded.
    std::uint8_t accept = 0x0f;

    /// Each step is recorded in @p checks. Precondition: claims.tcb.
    /// @return TDX_DEBUG_MODE, TDX_ATTRIBUTES, TDX_TCB_OUT_OF_DATE, TDX_TCB_POLICY.
    [[nodiscard]] Result<void> check(const TdxClaims& claims, CheckList& checks) const noexcept;
};

class TdxPolicy {
public:
    /// Step 0. @param foreign_members names at the top level that are someone else's and are
    /// skipped; every other unknown name is refused.
    /// @return TDX_POLICY_EMPTY when `measurements` is absent, empty or has an unusable entry;
    /// POLICY_INVALID for anything else that is not of the form above.
    [[nodiscard]] static Result<TdxPolicy>
    parse(const bytes::JsonValue& policy,
          std::span<const std::string_view> foreign_members = {}) noexcept;

    [[nodiscard]] const TdxRules& rules() const noexcept { return rules_; }
    /// The report data that the evidence must have; nothing when the policy leaves it open.
    [[nodiscard]] const std::optional<Bytes>& report_data() const noexcept { return report_data_; }
    /// Steps 15 and 16. @param now Unix seconds.
    /// @return TDX_MEASUREMENT_MISMATCH, TDX_REPORT_DATA_MISMATCH.
    [[nodiscard]] Result<void> check(const TdxClaims& claims, std::int64_t now,
                                     CheckList& checks) const noexcept;

private:
    struct Entry {
        Tee tee;
        std::vector<std::pair<ReportField, Bytes>> pins;
        PolicyWindow window;
    };
    [[nodiscard]] static std::optional<Entry> read_entry(const bytes::JsonValue& value) noexcept;
    [[nodiscard]] static bool matches(const Entry& entry, const TdxClaims& claims) noexcept;
    [[nodiscard]] bool read_member(const bytes::JsonMember& member) noexcept;

    std::vector<Entry> measurements_;
    TdxRules rules_;
    std::optional<Bytes> report_data_;
};

} // namespace assay::attestation
