// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What a registry says of one TEE, by whichever way the evidence goes (chain-state.md §7 to §9):
///   {trusted, path, proof, code_proof?, implementation_proof?}
///                                        proven: blocks from the checkpoint, then slots
///   {calldata}                           calldata: the registration, its attestation verified
///   again {answers, state_time_s}              quorum, or unproven from a single provider
#pragma once

#include "core/api/chain_config.hpp"
#include "core/base/verdict.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/chain/cometbft/light_client.hpp"
#include "core/chain/registry/decision.hpp"

#include <optional>

namespace assay::api {

/// Largest text of evidence, bytes → CHAIN_LIMIT_EXCEEDED.
inline constexpr std::size_t MAX_CHAIN_EVIDENCE = std::size_t{4} << 20;

/// What was shown, and how well.
struct JudgedRegistry {
    TrustLevel trust = TrustLevel::unproven;
    Hash32 tee_id{};
    chain::TeeRecord record;
    std::uint64_t height = 0;
    std::optional<chain::TrustedBlock> block{}; ///< that carries the state; of a proof only
    struct Agreement {
        std::size_t agree = 0;
        std::uint64_t of = 0;
        Hash32 block_hash{};
    };
    std::optional<Agreement> quorum{};
    /// Of calldata: when the attestation says that it was made; keys that it binds.
    struct Registered {
        std::uint64_t attested_at_s = 0;
        Bytes signing_key;
        Bytes tls_certificate;
        std::string endpoint;
    };
    std::optional<Registered> registered{};
};

/// Text of evidence as JSON. @return CHAIN_LIMIT_EXCEEDED, CHAIN_HEADER_MALFORMED
[[nodiscard]] Result<bytes::JsonValue> parse_chain_evidence(BytesView text) noexcept;

/// Walks from the checkpoint or the stored state, whichever is there (a state goes first), to a
/// block at @p target_height. @return phases 0 to 3 of §5.2
[[nodiscard]] Result<chain::TrustedBlock> follow(const ChainConfig& config,
                                                 const bytes::JsonValue& evidence,
                                                 std::optional<std::uint64_t> target_height,
                                                 CheckList& checks) noexcept;

/// Everything but the trust policy, which judges last.
[[nodiscard]] Result<JudgedRegistry> judge_registry(const ChainConfig& config,
                                                    const chain::RegistryQuery& query,
                                                    const bytes::JsonValue& evidence,
                                                    CheckList& checks) noexcept;

void write_registry(bytes::JsonWriter& out, const JudgedRegistry& judged) noexcept;
void write_block(bytes::JsonWriter& out, const chain::TrustedBlock& block) noexcept;

} // namespace assay::api
