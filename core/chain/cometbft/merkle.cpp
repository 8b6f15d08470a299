// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/cometbft/merkle.hpp"

#include "core/hash/sha2.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace assay::chain {
namespace {

constexpr std::uint8_t LEAF = 0;
constexpr std::uint8_t INNER = 1;

} // namespace

Hash32 merkle_leaf(BytesView leaf) noexcept {
    Bytes preimage{LEAF};
    preimage.insert(preimage.end(), leaf.begin(), leaf.end());
    return hash::sha256(preimage);
}

Hash32 merkle_inner(BytesView left, BytesView right) noexcept {
    std::array<std::uint8_t, 1 + 2 * sizeof(Hash32)> preimage{INNER};
    std::copy_n(left.begin(), sizeof(Hash32), preimage.begin() + 1);
    std::copy_n(right.begin(), sizeof(Hash32), preimage.begin() + 1 + sizeof(Hash32));
    return hash::sha256(preimage);
}

Hash32 merkle_root(std::span<const Bytes> leaves) noexcept {
    if (leaves.empty())
        return hash::sha256({});
    std::vector<Hash32> level;
    level.reserve(leaves.size());
    for (const Bytes& leaf : leaves)
        level.push_back(merkle_leaf(leaf));
    // Level by level: neighbours pair up and an odd last node rises as it is. The same tree as that
    // of the split at the largest power of two.
    for (std::size_t count = level.size(); count > 1; count = (count + 1) / 2) {
        for (std::size_t i = 0; i < count / 2; ++i)
            level[i] = merkle_inner(level[2 * i], level[2 * i + 1]);
        if (count % 2 == 1)
            level[count / 2] = level[count - 1];
    }
    return level[0];
}

std::optional<Hash32> merkle_root_of(std::uint64_t index, std::uint64_t total, const Hash32& leaf,
                                     std::span<const Hash32> aunts) noexcept {
    if (index >= total || aunts.size() > MAX_AUNTS)
        return std::nullopt;
    Hash32 node = leaf;
    // An odd last node rises without an aunt.
    for (; total > 1; index /= 2, total = total / 2 + total % 2) {
        if (index % 2 == 0 && index + 1 == total)
            continue;
        if (aunts.empty())
            return std::nullopt;
        node = index % 2 == 0 ? merkle_inner(node, aunts[0]) : merkle_inner(aunts[0], node);
        aunts = aunts.subspan(1);
    }
    return aunts.empty() ? std::optional{node} : std::nullopt;
}

} // namespace assay::chain
