// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What a caller demands of a chain's state, as JSON (chain-state.md §5.1, §7.2, §9; api.md
/// "verifyRegistry"). Members, all but chain_id and now with a default or for some calls only:
///   chain_id           text
///   now, now_source    as for every call, but with nanoseconds: Unix seconds or RFC 3339 text in Z
///   trust              {height, header_hash | validators_hash}, hex: the checkpoint; it or a state
///   is
///                      required wherever blocks are followed
///   state              base64 of a state that an earlier call gave. With both, a state that is not
///                      above the checkpoint is refused
///   trusting_period_s, max_clock_drift_s, max_state_age_s, trust_level {numerator, denominator}
///   registry           {address, slots?, fields?, code_hash?, implementation? {slot, address,
///                      code_hash}}; the last of a proxy, whose own code is pinned too
///   quorum             {needed, of}
///   accept             trust levels; default proven
///   root               {name, der}: what attestations of registrations lead to; default AWS's
#pragma once

#include "core/api/options.hpp"
#include "core/api/policy.hpp"
#include "core/chain/cometbft/light_client.hpp"
#include "core/chain/registry/decision.hpp"
#include "core/chain/registry/layout.hpp"

#include <optional>

namespace assay::api {

/// How many of the named operators must agree.
struct ChainQuorum {
    std::uint64_t needed = 0;
    std::uint64_t of = 0;
};

struct ChainConfig {
    chain::LightOptions light;
    Clock::Source now_source = Clock::Source::caller;
    std::optional<chain::Pin> pin{};
    std::optional<chain::TrustedBlock> state{};
    std::optional<chain::RegistryLayout> registry{};
    std::optional<ChainQuorum> quorum{};
    TrustPolicy trust{.root = {}, .accept = {TrustLevel::proven}};

    /// @return CONFIG_INVALID, CHAIN_STATE_CORRUPT, CHAIN_HEIGHT_MISMATCH for a state below the
    /// checkpoint, CHAIN_ANCHOR_MISMATCH for another block at its height
    [[nodiscard]] static Result<ChainConfig> parse(BytesView text) noexcept;
    /// The same where the moment is named beside it: a clock in @p json is CONFIG_INVALID.
    [[nodiscard]] static Result<ChainConfig> parse(const bytes::JsonValue& json,
                                                   const Clock& clock) noexcept;
};

/// Reads {height, tee_id, spki_der?, allowed_pcr_hashes?, registered_at?, ohttp?,
/// tls_certificate?}. @return CONFIG_INVALID
[[nodiscard]] Result<chain::RegistryQuery> parse_query(const bytes::JsonValue& json) noexcept;

/// The member registry. @return CONFIG_INVALID
[[nodiscard]] Result<chain::RegistryLayout> parse_layout(const bytes::JsonValue* json) noexcept;

/// `YYYY-MM-DDTHH:MM:SS[.fraction]Z`.
[[nodiscard]] std::string timestamp_text(const chain::Timestamp& time) noexcept;

/// Moment as assumed.
void note_chain_clock(CheckList& checks, const ChainConfig& config) noexcept;

} // namespace assay::api
