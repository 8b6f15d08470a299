// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Steps that the verdicts over attested evidence share.
#pragma once

#include "core/api/policy.hpp"
#include "core/attestation/nitro.hpp"
#include "core/attestation/snp.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/bytes/json.hpp"
#include "core/receipt/profile.hpp"
#include "core/receipt/reply.hpp"
#include "core/signatures/p384.hpp"

#include <cstdint>
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

/// The policy's root, or Intel's.
[[nodiscard]] attestation::TrustAnchor
intel_anchor_of(const std::optional<NamedRoot>& root) noexcept;
inline constexpr std::string_view INTEL_ROOT = "the Intel SGX root, pinned by its fingerprint";

/// Records the root as assumed. @param vendors what is said of the default.
void note_root(
    CheckList& checks, const std::optional<NamedRoot>& root,
    std::string_view vendors = "the AWS Nitro root, pinned by its published fingerprint") noexcept;

/// The member `ark_sha256`, {"Milan" | "Genoa" | "Turin": hex32}, at least one; AMD's own roots for
/// nullptr. @return POLICY_INVALID
[[nodiscard]] Result<attestation::SnpRoots>
parse_snp_roots(const bytes::JsonValue* object) noexcept;

enum class SnpRootsFrom : std::uint8_t { vendor, caller };
void note_snp_roots(CheckList& checks, SnpRootsFrom from) noexcept;

/// @return INPUT_LIMIT for a certificate, chain or list above 1 MiB; real ones are up to 5 kB.
[[nodiscard]] Result<void>
check_snp_certificates(const attestation::SnpCertificates& certificates) noexcept;

/// receipt.md §2: the profile that the policy's table names for the attested enclave; a row in
/// @p checks. @return RECEIPT_PROFILE_UNKNOWN, RECEIPT_REQUEST_UNSUPPORTED.
[[nodiscard]] Result<receipt::Profile>
profile_by_table(const std::optional<receipt::ProfileTable>& profiles,
                 const std::optional<Hash32>& measurement_hash, std::string_view request,
                 receipt::RequestIs request_is, CheckList& checks) noexcept;

/// A reply's form when the caller does not name it: no text is well-formed as both.
[[nodiscard]] receipt::ResponseIs form_of(std::string_view response) noexcept;

/// Records that evidence was authenticated only.
void note_no_policy(CheckList& checks) noexcept;

/// api.md "trust". Judged last: a weak anchor is a question that a caller may overrule, and must
/// not hide a forgery.
[[nodiscard]] Result<void> check_trust(const TrustPolicy& policy, TrustLevel trust,
                                       CheckList& checks) noexcept;

} // namespace assay::api
