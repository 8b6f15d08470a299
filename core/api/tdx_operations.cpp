// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Intel TDX and SGX quotes. attestation.md §2. Options, beside `now` and `now_source`
// (verify_api.hpp):
//   root    {"name": text, "der": base64}; default the Intel SGX Root CA; for verify_tdx_quote a
//           member of the policy
//   policy  verify_tdx_quote only: core/attestation/tdx_policy.hpp, root, accept
#include "core/api/attestation_json.hpp"
#include "core/api/operations.hpp"
#include "core/api/options.hpp"
#include "core/api/verdict_json.hpp"
#include "core/api/verify_steps.hpp"
#include "core/attestation/tdx.hpp"

#include <array>
#include <utility>

namespace assay::api {
namespace {

using bytes::JsonValue;

std::string claims_text(const attestation::TdxClaims& claims, Judged judged,
                        const CheckList& checks, TrustLevel trust) {
    bytes::JsonWriter value;
    write_tdx(value, claims, judged);
    return success_text(value.take(), checks, trust);
}

/// quote, collateral (JSON text; empty: none), options.
std::string verify_quote(Fields f) noexcept {
    constexpr std::array<std::string_view, 3> OPTIONS = {"now", "now_source", "policy"};
    constexpr std::array<std::string_view, 2> FOREIGN = {"root", "accept"};
    CheckList checks;
    const auto options = TimedOptions::parse(f[2], OPTIONS);
    if (!options) {
        return failure_text(options.error(), checks);
    }
    const auto object = options->policy(ErrorCode::TDX_POLICY_EMPTY);
    if (!object) {
        return failure_text(object.error(), checks);
    }
    const auto policy = attestation::TdxPolicy::parse(**object, FOREIGN);
    if (!policy) {
        return failure_text(policy.error(), checks);
    }
    const auto trust = TrustPolicy::parse(**object);
    if (!trust) {
        return failure_text(trust.error(), checks);
    }
    note_clock(checks, options->clock);
    note_root(checks, trust->root, INTEL_ROOT);
    const auto quote = attestation::verify_tdx(intel_anchor_of(trust->root), *policy,
                                               options->clock.now, f[0], f[1], checks);
    if (!quote) {
        return failure_text(quote.error(), checks);
    }
    if (const auto trusted = check_trust(*trust, TrustLevel::attested, checks); !trusted) {
        return failure_text(trusted.error(), checks);
    }
    return claims_text(quote->claims(), Judged::verified, checks, TrustLevel::attested);
}

/// quote, collateral, options.
std::string authenticate_quote(Fields f) noexcept {
    CheckList checks;
    const auto options = AuthenticateOptions::parse(f[2]);
    if (!options) {
        return failure_text(options.error(), checks);
    }
    note_clock(checks, options->clock);
    note_root(checks, options->root, INTEL_ROOT);
    const auto quote = attestation::authenticate_tdx(intel_anchor_of(options->root),
                                                     options->clock.now, f[0], f[1], checks);
    if (!quote) {
        return failure_text(quote.error(), checks);
    }
    note_no_policy(checks);
    return claims_text(quote->claims(), Judged::genuine, checks, TrustLevel::unproven);
}

/// quote, options.
std::string check_signature(Fields f) noexcept {
    CheckList checks;
    const auto options = AuthenticateOptions::parse(f[1]);
    if (!options) {
        return failure_text(options.error(), checks);
    }
    note_clock(checks, options->clock);
    note_root(checks, options->root, INTEL_ROOT);
    const auto quote = attestation::check_tdx_signature(intel_anchor_of(options->root),
                                                        options->clock.now, f[0], checks);
    if (!quote) {
        return failure_text(quote.error(), checks);
    }
    note_no_policy(checks);
    return claims_text(quote->claims(), Judged::genuine, checks, TrustLevel::unproven);
}

constexpr std::array OPERATIONS = {
    Operation{"verify_tdx_quote", 3, verify_quote},
    Operation{"authenticate_tdx_quote", 3, authenticate_quote},
    Operation{"check_tdx_quote_signature", 2, check_signature},
};

} // namespace

std::span<const Operation> tdx_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
