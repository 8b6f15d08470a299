// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Validator sets (chain-state.md §3), in the order in which they were delivered.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/bytes/json.hpp"
#include "core/chain/json_fields.hpp"

#include <cstdint>
#include <vector>

namespace assay::chain {

inline constexpr std::size_t MAX_VALIDATORS = 1000;

struct Validator {
    Hash32 key;
    std::uint64_t power;
    Address address; ///< first 20 bytes of SHA-256(key)
};

/// A set that passed the checks of §3.
class ValidatorSet {
public:
    /// @return CHAIN_VALSET_MALFORMED, CHAIN_LIMIT_EXCEEDED, CHAIN_KEY_UNSUPPORTED.
    [[nodiscard]] static Result<ValidatorSet> parse(const bytes::JsonValue* json) noexcept;
    /// The same from keys and powers, 40 bytes each (trusted_state.hpp).
    [[nodiscard]] static Result<ValidatorSet>
    create(std::span<const std::pair<Hash32, std::uint64_t>> members) noexcept;

    [[nodiscard]] const std::vector<Validator>& members() const noexcept { return members_; }
    [[nodiscard]] std::uint64_t total_power() const noexcept { return total_power_; }
    /// The Merkle root over the members, which the header names.
    [[nodiscard]] const Hash32& hash() const noexcept { return hash_; }
    /// @return nullptr for a stranger.
    [[nodiscard]] const Validator* find(const Address& address) const noexcept;

private:
    ValidatorSet() noexcept = default;
    [[nodiscard]] bool add(const Hash32& key, std::uint64_t power) noexcept;
    /// @return whether no address is there twice.
    [[nodiscard]] bool finish() noexcept;

    std::vector<Validator> members_;
    std::vector<std::uint32_t> by_address_;
    std::uint64_t total_power_ = 0;
    Hash32 hash_{};
};

/// The leaf of one member: {1: {1: key}, 2: power}.
[[nodiscard]] Bytes validator_leaf(const Hash32& key, std::uint64_t power) noexcept;

} // namespace assay::chain
