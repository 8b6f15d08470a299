// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What the caller demands of a genuine SEV-SNP report: attestation.md §3.2. Members:
///   measurements  required; each entry is the measurement (hex, 48 bytes), or {"measurement": hex}
///                 with optional "from" and "until" (Unix seconds, inclusive): outside of them it
///                 does not match
///   report_data, host_data  hex; another length than the field's never matches
///   max_vmpl      0 (default) to 3
///   min_tcb       {"fmc", "bl", "tee", "snp", "ucode"}: least security version of each part; one
///                 that is not named has none
///   chip_id       hex, 64 bytes: the chip that the endorsement key must be of. Needed for a report
///                 that leaves its own out (attestation.md §3.2 step 4)
///   allow_debug   default false
/// Hex is of either case, with or without 0x.
#pragma once

#include "core/attestation/policy_values.hpp"
#include "core/attestation/snp_report.hpp"
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

/// What the steps before the policy's own take from it; the defaults apply where there is none.
struct SnpRules {
    bool allow_debug = false;
    SnpTcb min_tcb{};
    std::optional<Bytes> chip_id;
};

class SnpPolicy {
public:
    /// Step 0. @param foreign_members names at the top level that are someone else's and are
    /// skipped; every other unknown name is refused.
    /// @return SNP_POLICY_EMPTY when `measurements` is absent, empty or has an unusable entry;
    /// POLICY_INVALID for anything else that is not of the form above.
    [[nodiscard]] static Result<SnpPolicy>
    parse(const bytes::JsonValue& policy,
          std::span<const std::string_view> foreign_members = {}) noexcept;

    [[nodiscard]] const SnpRules& rules() const noexcept { return rules_; }
    /// The report data that the evidence must have; nothing when the policy leaves it open.
    [[nodiscard]] const std::optional<Bytes>& report_data() const noexcept { return report_data_; }
    /// Step 7. @param now Unix seconds. @return SNP_VMPL, SNP_MEASUREMENT_MISMATCH,
    /// SNP_HOST_DATA_MISMATCH, SNP_REPORT_DATA_MISMATCH.
    [[nodiscard]] Result<void> check(const SnpReport& report, std::int64_t now,
                                     CheckList& checks) const noexcept;

private:
    struct Entry {
        Bytes measurement;
        PolicyWindow window;
    };
    [[nodiscard]] static std::optional<Entry> read_entry(const bytes::JsonValue& value) noexcept;
    [[nodiscard]] bool read_member(const bytes::JsonMember& member) noexcept;
    [[nodiscard]] bool read_min_tcb(const bytes::JsonValue& value) noexcept;

    std::vector<Entry> measurements_;
    SnpRules rules_;
    std::uint32_t max_vmpl_ = 0;
    std::optional<Bytes> report_data_;
    std::optional<Bytes> host_data_;
};

} // namespace assay::attestation
