// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/verify_steps.hpp"

#include "core/bytes/hex.hpp"
#include "core/hash/sha2.hpp"

#include <string>

namespace assay::api {

using attestation::TrustAnchor;

TrustAnchor anchor_of(const std::optional<NamedRoot>& root) noexcept {
    return root ? TrustAnchor::certificate(root->der, root->name) : TrustAnchor::aws_nitro();
}

void note_root(CheckList& checks, const std::optional<NamedRoot>& root,
               std::string_view vendors) noexcept {
    if (root) {
        checks.assumed("root of trust", root->name + ", named by the policy; SHA-256 " +
                                            bytes::to_hex(hash::sha256(root->der)));
    } else {
        checks.assumed("root of trust", std::string{vendors});
    }
}

void note_no_policy(CheckList& checks) noexcept {
    checks.not_covered("policy", "none was applied: this says nothing about what the enclave runs");
}

Result<void> check_trust(const TrustPolicy& policy, TrustLevel trust, CheckList& checks) noexcept {
    if (!policy.accepts(trust)) {
        const Error error{ErrorCode::TRUST_INSUFFICIENT, "policy.accept"};
        checks.failed("trust level", error, std::string{name(trust)});
        return error;
    }
    checks.passed("trust level", std::string{name(trust)});
    return Result<void>::ok();
}

} // namespace assay::api
