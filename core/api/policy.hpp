// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The policy object: the members of attestation.md §1.7 and, beside them, those of verify_api.hpp.
#pragma once

#include "core/attestation/policy.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/bytes/json.hpp"
#include "core/receipt/profile.hpp"
#include "core/receipt/receipt.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::api {

/// A root certificate that the caller pins instead of the vendor's.
struct NamedRoot {
    std::string name;
    Bytes der;

    /// Reads {"name": text, "der": base64}.
    [[nodiscard]] static Result<NamedRoot> parse(const bytes::JsonValue& root) noexcept;
};

/// What the policies of all families share: whose root is trusted, and how much trust is enough.
struct TrustPolicy {
    std::optional<NamedRoot> root;
    std::vector<TrustLevel> accept;

    /// Reads the members `root` and `accept` of a policy object.
    [[nodiscard]] static Result<TrustPolicy> parse(const bytes::JsonValue& policy) noexcept;

    [[nodiscard]] bool accepts(TrustLevel level) const noexcept;
};

/// What the application trusts and demands (api.md "Policy").
struct Policy : TrustPolicy {
    /// Present in every call that has a document to measure.
    std::optional<attestation::NitroPolicy> nitro;
    std::optional<receipt::ProfileTable> profiles;
    receipt::FreshnessPolicy freshness;

    /// Whether the call has a document to measure. Without one a policy needs no measurements: the
    /// trust level is then `unproven`, which the default does not accept.
    enum class Measurements : std::uint8_t { required, unused };

    /// @param object the member `policy` of the options, or nullptr.
    /// @return POLICY_INVALID, or NITRO_PCR_POLICY_EMPTY where measurements are required and there
    /// are none (attestation.md §1.7 step 0).
    [[nodiscard]] static Result<Policy> parse(const bytes::JsonValue* object,
                                              Measurements measurements) noexcept;
};

} // namespace assay::api
