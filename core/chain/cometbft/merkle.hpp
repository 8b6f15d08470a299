// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The Merkle tree of CometBFT (chain-state.md §1; RFC 6962 §2.1): SHA-256, leaf H(0x00 || leaf),
/// inner node H(0x01 || left || right), split at the largest power of two below the count.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace assay::chain {

/// Most nodes of a proof of inclusion (chain-state.md §11).
inline constexpr std::size_t MAX_AUNTS = 64;

[[nodiscard]] Hash32 merkle_leaf(BytesView leaf) noexcept;
[[nodiscard]] Hash32 merkle_inner(BytesView left, BytesView right) noexcept;

/// @return the root; H("") of no leaf at all.
[[nodiscard]] Hash32 merkle_root(std::span<const Bytes> leaves) noexcept;

/// @param leaf hash of the leaf, as merkle_leaf() gives it
/// @param aunts from the leaf to the root
/// @return the root that they lead to; nothing when the number of aunts is not that of the place.
[[nodiscard]] std::optional<Hash32> merkle_root_of(std::uint64_t index, std::uint64_t total,
                                                   const Hash32& leaf,
                                                   std::span<const Hash32> aunts) noexcept;

} // namespace assay::chain
