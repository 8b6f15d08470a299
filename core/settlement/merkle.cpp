// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/settlement/merkle.hpp"

#include "core/base/sort.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

namespace assay::settlement {
namespace {

bool before(const Hash32& a, const Hash32& b) {
    return std::memcmp(a.data(), b.data(), a.size()) < 0;
}

Hash32 parent(const Hash32& a, const Hash32& b) {
    const bool ordered = before(a, b);
    return hash::Keccak256{}.update(ordered ? a : b).update(ordered ? b : a).finish();
}

Error invalid() {
    return {ErrorCode::MERKLE_PROOF_INVALID, "proof"};
}

} // namespace

Result<void> verify_proof(const Hash32& root, const Hash32& leaf,
                          std::span<const Hash32> proof) noexcept {
    if (proof.size() > MAX_PROOF_NODES)
        return invalid();
    Hash32 node = leaf;
    for (const Hash32& sibling : proof)
        node = parent(node, sibling);
    if (node != root)
        return invalid();
    return Result<void>::ok();
}

Result<void> verify_multiproof(const Hash32& root, std::span<const Hash32> leaves,
                               std::span<const Hash32> proof,
                               std::span<const std::uint8_t> flags) noexcept {
    if (leaves.empty() || proof.size() > MAX_PROOF_NODES ||
        leaves.size() + proof.size() != flags.size() + 1)
        return invalid();
    std::vector<Hash32> nodes(leaves.size() +
                              flags.size()); // the leaves, then the pairs made of them
    std::copy(leaves.begin(), leaves.end(), nodes.begin());
    std::size_t made = leaves.size();
    std::size_t next_node = 0;
    std::size_t next_proof = 0;
    for (const std::uint8_t flag : flags) {
        const std::size_t wanted = flag != 0 ? 2 : 1;
        if (made - next_node < wanted || (flag == 0 && next_proof == proof.size()))
            return invalid();
        const Hash32& left = nodes[next_node++];
        nodes[made++] = parent(left, flag != 0 ? nodes[next_node++] : proof[next_proof++]);
    }
    // All but the last node were used up, or a leaf would not lie below the root.
    if (next_proof != proof.size() || next_node + 1 != made || nodes.back() != root)
        return invalid();
    return Result<void>::ok();
}

Result<Hash32> tree_root(std::span<const Hash32> leaves) noexcept {
    if (leaves.empty())
        return invalid();
    if (leaves.size() > MAX_TREE_LEAVES)
        return Error{ErrorCode::INPUT_LIMIT, "leaves"};
    // The array of 2n - 1 nodes from its end: leaves by rising hash, then their parents, the root
    // last.
    std::vector<Hash32> nodes(2 * leaves.size() - 1);
    std::size_t made = 0;
    for (const std::uint32_t i : sorted_order<before>(leaves))
        nodes[made++] = leaves[i];
    for (std::size_t i = 0; made < nodes.size(); i += 2)
        nodes[made++] = parent(nodes[i], nodes[i + 1]);
    return nodes.back();
}

} // namespace assay::settlement
