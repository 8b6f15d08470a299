// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// AMD SEV-SNP reports. attestation.md §3. Options, beside `now` and `now_source` (verify_api.hpp):
//   ark_sha256  {"Milan" | "Genoa" | "Turin": hex32}, SHA-256 of the root that each product line
//               may have, at least one; default AMD's own; for verify_snp_report a member of the
//               policy
//   policy      verify_snp_report only: core/attestation/snp_policy.hpp, ark_sha256, accept
#include "core/api/attestation_json.hpp"
#include "core/api/operations.hpp"
#include "core/api/options.hpp"
#include "core/api/verdict_json.hpp"
#include "core/api/verify_steps.hpp"
#include "core/attestation/snp.hpp"

#include <array>
#include <string>

namespace assay::api {
namespace {

using bytes::JsonValue;

/// report, endorsement key, chain, revocation lists: the first four fields.
Result<attestation::SnpCertificates> read_certificates(Fields f) {
    const attestation::SnpCertificates certificates{.vek = f[1], .chain = f[2], .crls = f[3]};
    const auto small = check_snp_certificates(certificates);
    return small ? Result<attestation::SnpCertificates>{certificates} : small.error();
}

void note_roots(CheckList& checks, const JsonValue* pins) {
    note_snp_roots(checks, pins == nullptr ? SnpRootsFrom::vendor : SnpRootsFrom::caller);
}

std::string claims_text(const attestation::SnpClaims& claims, Judged judged,
                        const CheckList& checks, TrustLevel trust) {
    bytes::JsonWriter value;
    write_snp(value, claims, judged);
    return success_text(value.take(), checks, trust);
}

/// report, VCEK or VLEK (DER), chain (PEM), revocation lists (DER, one after the other; empty:
/// none), options.
std::string verify_report(Fields f) noexcept {
    constexpr std::array<std::string_view, 3> OPTIONS = {"now", "now_source", "policy"};
    constexpr std::array<std::string_view, 2> FOREIGN = {"ark_sha256", "accept"};
    CheckList checks;
    const auto options = TimedOptions::parse(f[4], OPTIONS);
    if (!options) {
        return failure_text(options.error(), checks);
    }
    const auto object = options->policy(ErrorCode::SNP_POLICY_EMPTY);
    if (!object) {
        return failure_text(object.error(), checks);
    }
    const auto policy = attestation::SnpPolicy::parse(**object, FOREIGN);
    if (!policy) {
        return failure_text(policy.error(), checks);
    }
    const JsonValue* pins = (*object)->find("ark_sha256");
    const auto roots = parse_snp_roots(pins);
    if (!roots) {
        return failure_text(roots.error(), checks);
    }
    const auto trust = TrustPolicy::parse(**object);
    if (!trust) {
        return failure_text(trust.error(), checks);
    }
    const auto certificates = read_certificates(f);
    if (!certificates) {
        return failure_text(certificates.error(), checks);
    }
    note_clock(checks, options->clock);
    note_roots(checks, pins);
    const auto report =
        attestation::verify_snp(*roots, *policy, options->clock.now, f[0], *certificates, checks);
    if (!report) {
        return failure_text(report.error(), checks);
    }
    if (const auto trusted = check_trust(*trust, TrustLevel::attested, checks); !trusted) {
        return failure_text(trusted.error(), checks);
    }
    return claims_text(report->claims(), Judged::verified, checks, TrustLevel::attested);
}

/// As verify_report, without a policy.
std::string authenticate_report(Fields f) noexcept {
    constexpr std::array<std::string_view, 3> OPTIONS = {"now", "now_source", "ark_sha256"};
    CheckList checks;
    const auto options = TimedOptions::parse(f[4], OPTIONS);
    if (!options) {
        return failure_text(options.error(), checks);
    }
    const JsonValue* pins = options->object.find("ark_sha256");
    const auto roots = parse_snp_roots(pins);
    if (!roots) {
        return failure_text(roots.error(), checks);
    }
    const auto certificates = read_certificates(f);
    if (!certificates) {
        return failure_text(certificates.error(), checks);
    }
    note_clock(checks, options->clock);
    note_roots(checks, pins);
    const auto report =
        attestation::authenticate_snp(*roots, options->clock.now, f[0], *certificates, checks);
    if (!report) {
        return failure_text(report.error(), checks);
    }
    note_no_policy(checks);
    return claims_text(report->claims(), Judged::genuine, checks, TrustLevel::unproven);
}

constexpr std::array OPERATIONS = {
    Operation{"verify_snp_report", 5, verify_report},
    Operation{"authenticate_snp_report", 5, authenticate_report},
};

} // namespace

std::span<const Operation> snp_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
