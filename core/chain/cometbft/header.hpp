// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Block headers (chain-state.md §2).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/chain/cometbft/timestamp.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::chain {

/// What a commit and the next header call a block.
struct BlockId {
    Bytes hash;
    std::uint64_t parts_total = 0;
    Bytes parts_hash;
};

struct Header {
    /// Members of bytes in the order in which they are hashed.
    enum Field : std::uint8_t {
        last_commit_hash,
        data_hash,
        validators_hash,
        next_validators_hash,
        consensus_hash,
        app_hash,
        last_results_hash,
        evidence_hash,
        proposer_address,
        FIELDS
    };

    std::uint64_t block_version = 0;
    std::uint64_t app_version = 0;
    std::string chain_id;
    std::uint64_t height = 0;
    Timestamp time;
    BlockId last_block_id;
    std::array<Bytes, FIELDS> fields;

    /// @return CHAIN_HEADER_MALFORMED for whatever §1 and §2.2 refuse.
    [[nodiscard]] static Result<Header> parse(const bytes::JsonValue* json) noexcept;

    /// A field that parse() found to be 32 bytes: validators, next_validators, app hash.
    [[nodiscard]] Hash32 hash_field(Field field) const noexcept;
};

/// A block id, of whatever lengths. @return nothing for JSON that is not of the form.
[[nodiscard]] std::optional<BlockId> parse_block_id(const bytes::JsonValue* json) noexcept;
/// The message {1: hash, 2: {1: total, 2: hash}}; the inner one is always present.
[[nodiscard]] Bytes encode_block_id(const BlockId& id) noexcept;

/// @return the 14 leaves of §2.1.
[[nodiscard]] std::vector<Bytes> header_leaves(const Header& header) noexcept;
[[nodiscard]] Hash32 header_hash(const Header& header) noexcept;

} // namespace assay::chain
