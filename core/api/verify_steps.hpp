// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Steps that the verdicts over attested evidence share.
#pragma once

#include "core/api/policy.hpp"
#include "core/attestation/nitro.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/signatures/p384.hpp"

#include <optional>
#include <string_view>

namespace assay::api {

/// The verifier that the call asks for: the core's own, or the platform's recorded answers.
class ChosenP384Verifier {
public:
    explicit ChosenP384Verifier(BytesView results) noexcept {
        if (!results.empty()) {
            replay_.emplace(results);
        }
    }
    [[nodiscard]] signatures::P384Verifier& get() noexcept {
        if (replay_) {
            return *replay_;
        }
        return core_;
    }

private:
    signatures::CoreP384Verifier core_;
    std::optional<signatures::ReplayP384Verifier> replay_;
};

/// The policy's root, or the AWS one.
[[nodiscard]] attestation::TrustAnchor anchor_of(const std::optional<NamedRoot>& root) noexcept;

/// Records the root as assumed. @param vendors what is said of the default.
void note_root(CheckList& checks, const std::optional<NamedRoot>& root,
               std::string_view vendors =
                   "the AWS Nitro root, pinned by its published fingerprint") noexcept;

/// Records that evidence was authenticated only.
void note_no_policy(CheckList& checks) noexcept;

/// api.md "trust". Judged last: a weak anchor is a question that a caller may overrule, and must
/// not hide a forgery.
[[nodiscard]] Result<void> check_trust(const TrustPolicy& policy, TrustLevel trust,
                                       CheckList& checks) noexcept;

} // namespace assay::api
