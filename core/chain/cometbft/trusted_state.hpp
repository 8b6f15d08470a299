// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// A block that was accepted, as bytes that an application stores and hands in the next time. The
/// digest finds damage, not an attacker: whoever can write to the store can put any state there, as
/// he could replace the checkpoint.
#pragma once

#include "core/chain/cometbft/light_client.hpp"

namespace assay::chain {

/// "assay chain state", a version, the members of the block, its validators, SHA-256 of all that.
[[nodiscard]] Bytes encode_state(const TrustedBlock& block) noexcept;

/// @return CHAIN_STATE_CORRUPT for other bytes than encode_state() of this version gives, and for a
/// set of validators that is not the block's.
[[nodiscard]] Result<TrustedBlock> decode_state(BytesView bytes) noexcept;

} // namespace assay::chain
