// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The options of an evidence bundle's verification. All that is trusted or demanded comes from
// here, nothing from the bundle. Members of the policy: those of receipts and Nitro documents
// (policy.hpp), of TDX quotes (attestation.md §2.2), of SEV-SNP reports (§3.2) and
//   measurements  entries of all three families in one list: a text or an entry with measurement is
//                 of SEV-SNP, one that pins PCRs of Nitro, any other of TDX. A member of a family
//                 that has no entry is POLICY_INVALID: it would silently mean nothing
//   ark_sha256    as for verify_snp_report
//   request_is    "sent" (default) or "sdk-input"
//   signing_key   {"spki": base64, "profile"?: name}: the key of receipts and leaves where no
//                 attestation vouches for one; the trust is then unproven
//   settlement    {"roots"?: ["0x…"], "emitter"?: "0x…"}: what the bundle's root and the address
//                 of its event are compared with; an emitter demands an event, unless the root is
//                 one of these
//   chain         the configuration of chain_config.hpp without its clock, for the registry part
//   zk            the keys that proofs may be under (evidence_proof.hpp)
//   links         "require" (default), or the names of links that may be assumed: "key", "times",
//   "zk"
#pragma once

#include "core/api/chain_config.hpp"
#include "core/api/evidence_proof.hpp"
#include "core/api/options.hpp"
#include "core/api/policy.hpp"
#include "core/api/settlement.hpp"
#include "core/api/verify_steps.hpp"
#include "core/attestation/snp.hpp"
#include "core/attestation/snp_policy.hpp"
#include "core/attestation/tdx_policy.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/receipt/profile.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::api {

struct EvidencePolicy {
    Policy common; ///< root, accept, profiles, freshness; nitro where there are entries
    std::optional<attestation::TdxPolicy> tdx{};
    std::optional<attestation::SnpPolicy> snp{};
    attestation::SnpRoots snp_roots{};
    SnpRootsFrom snp_roots_from = SnpRootsFrom::vendor;
    /// Whether there are entries, each of a family: `unusable` when not, although a list or another
    /// demand on an attestation is there. An attestation is then the family's …_POLICY_EMPTY, with
    /// entries of other families only its mismatch; a bundle without one is POLICY_INVALID.
    enum class Entries : std::uint8_t { absent, unusable, usable } entries = Entries::absent;
    /// The other members that ask something of an attestation, each after a space.
    std::string demands{};
    bool demands_content = false; ///< whether one is a value that only an attestation can show

    receipt::RequestIs request_is = receipt::RequestIs::sent;
    struct SigningKey {
        Bytes spki;
        std::optional<receipt::Profile> profile{};
    };
    std::optional<SigningKey> signing_key{};
    SettlementPins settlement{};
    std::vector<ProofKey> proof_keys{}; ///< empty: proofs are refused
    bool may_assume_key = false;
    bool may_assume_times = false;
    bool may_assume_proof = false;

    /// @return POLICY_INVALID, or the family's …_POLICY_EMPTY for an unusable entry of its own.
    [[nodiscard]] static Result<EvidencePolicy> parse(const bytes::JsonValue* object) noexcept;
};

struct EvidenceOptions {
    Clock clock;
    EvidencePolicy policy;
    std::optional<ChainConfig> chain{};

    /// Members now, now_source, policy. @return POLICY_INVALID and as EvidencePolicy::parse() and
    /// ChainConfig::parse().
    [[nodiscard]] static Result<EvidenceOptions> parse(BytesView text) noexcept;
};

} // namespace assay::api
