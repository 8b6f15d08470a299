// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// How one evidence bundle is judged: part by part, then what links them. In three files: the
// attestation, the links, everything else.
#pragma once

#include "core/api/evidence_policy.hpp"
#include "core/api/evidence_proof.hpp"
#include "core/api/registry.hpp"
#include "core/api/settlement.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/evidence/bundle.hpp"
#include "core/receipt/receipt.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::api {

/// What a genuine attestation says that other parts are compared with.
struct Enclave {
    std::string claims{}; ///< JSON
    /// keccak256 of the measurements that name an image: the key of the policy's profile table.
    std::optional<Hash32> measurement_hash{};
    std::optional<std::uint64_t> time_s{}; ///< Unix seconds; a quote and a report have none
    /// SHA-256 of the key that a Nitro document names.
    std::optional<Hash32> signing_key{};
    enum class Binds : std::uint8_t { nothing, this_key, another_key };
};

class Judgement {
public:
    Judgement(const EvidenceOptions& options, const evidence::Bundle& bundle, BytesView p384,
              const ProofHelp& help) noexcept
        : policy_{options.policy}, chain_{options.chain}, clock_{options.clock}, bundle_{bundle},
          p384_{p384}, help_{help} {
        if (policy_.signing_key) {
            key_ = policy_.signing_key->spki;
        }
        if (bundle_.attestation && bundle_.attestation->key) {
            key_ = *bundle_.attestation->key;
        }
    }

    std::string run() noexcept;

private:
    // Parts, in their order.
    Result<void> attest() noexcept;
    Result<void> judge_registry() noexcept;
    Result<void> judge_receipt() noexcept;
    Result<void> judge_settlement() noexcept;
    Result<void> date_leaves() noexcept;
    Result<void> judge_proof() noexcept;
    Result<void> refuse_rest() noexcept;
    Result<void> judge_links() noexcept;

    // Of the attestation.
    Result<void> miss_attestation() noexcept;
    static bool is_past(ErrorCode code) noexcept;
    std::optional<Enclave> judge_at_registration(CheckList& rows) noexcept;
    Result<Enclave> judge_attestation(const evidence::Attestation& given,
                                      CheckList& rows) const noexcept;
    static Error no_entry(ErrorCode code, CheckList& rows) noexcept;
    Result<Enclave> judge_nitro(const evidence::Attestation& given, std::int64_t now,
                                CheckList& rows) const noexcept;
    Result<Enclave> judge_tdx(const evidence::Attestation& given, CheckList& rows) const noexcept;
    Result<Enclave> judge_snp(const evidence::Attestation& given, CheckList& rows) const noexcept;
    Enclave::Binds binding() const noexcept;

    // Of the links.
    /// EVIDENCE_LINK_MISMATCH at that link.
    Result<void> contradict(CheckList& rows, const char* link, const char* detail) noexcept;
    Result<void> link_key(CheckList& rows) noexcept;
    Result<void> link_registry(CheckList& rows) noexcept;
    Result<void> link_settlement(CheckList& rows) noexcept;
    Result<void> link_root(CheckList& rows) noexcept;
    Result<void> link_times(CheckList& rows) noexcept;
    Result<void> link_proof(CheckList& rows) noexcept;

    // Of the rest.
    Result<void> fail(CheckList& checks, std::string_view check, Error error,
                      std::string_view detail = {}) noexcept;
    Result<void> judge_request() noexcept;
    Result<receipt::Profile> profile_of(std::string_view request) noexcept;
    Result<receipt::Profile> pinned_profile() noexcept;
    bool pins_profile() const noexcept;
    /// UINT64_MAX for what no clock shows.
    static std::uint64_t time_of(const settlement::Leaf& leaf) noexcept;
    std::optional<std::uint64_t> answered_at() const noexcept;
    Result<void> refuse(bool present, std::string_view part) noexcept;
    Result<JudgedRegistry> registry_of(const evidence::Bundle::Registry& part,
                                       CheckList& rows) noexcept;
    /// Judged when it is first asked for: verifying a commit takes long.
    const Result<JudgedRegistry>& registry_once() noexcept;
    TrustLevel trust_of_path() const noexcept;
    std::string value() const noexcept;

    const EvidencePolicy& policy_;
    const std::optional<ChainConfig>& chain_;
    const Clock& clock_;
    const evidence::Bundle& bundle_;
    BytesView p384_;
    const ProofHelp& help_;
    Bytes registered_key_{}; ///< backs key_ where the registry's query names it
    BytesView key_{};        ///< of the bundle's attestation, else of the policy; empty: none
    CheckList checks_{};
    std::optional<Enclave> enclave_{};
    std::optional<Result<JudgedRegistry>> judged_registry_{};
    CheckList registry_rows_{};
    std::optional<JudgedRegistry> registry_{}; ///< once its turn has come
    std::optional<receipt::VerifiedReceipt> receipt_{};
    std::optional<Hash32> request_hash_{}; ///< of a request without a reply, beside a settlement
    std::optional<JudgedSettlement> settlement_{};
    std::optional<JudgedProof> proof_{};
    bool proven_ = true; ///< nothing on the path so far is the bundle's or the caller's bare word
};

} // namespace assay::api
