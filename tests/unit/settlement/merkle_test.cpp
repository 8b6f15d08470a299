// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/settlement/merkle.hpp"

#include "tests/unit/settlement/sample.hpp"
#include "tests/unit/support/codes.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <vector>

namespace assay::settlement {
namespace {

using test::hash_of;
using test::outcome;

std::vector<Hash32> leaves(std::size_t count = 5) {
    std::vector<Hash32> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(leaf_hash(test::sample_leaf(static_cast<unsigned>(i + 1))));
    return out;
}

const Hash32 ROOT = hash_of(test::TREE_ROOT);

/// Of leaf 1.
std::vector<Hash32> proof() {
    return {hash_of(test::LEAF_HASHES[3]), hash_of(test::LEAF_HASHES[1]),
            hash_of(test::INNER_NODE)};
}

TEST_CASE("leaves hash as OpenZeppelin's tree hashes them", "[merkle]") {
    for (std::size_t i = 0; i < test::LEAF_HASHES.size(); ++i)
        CHECK(bytes::to_hex(leaves()[i]) == test::LEAF_HASHES[i]);
}

TEST_CASE("trees have the root that OpenZeppelin's have", "[merkle]") {
    auto all = leaves();
    CHECK(tree_root(all).value() == ROOT);
    std::reverse(all.begin(), all.end());
    CHECK(tree_root(all).value() == ROOT);
    CHECK(tree_root(leaves(2)).value() == hash_of(test::ROOT_OF_TWO));
    CHECK(tree_root(leaves(1)).value() == leaves()[0]);
    CHECK(tree_root(leaves(4)).value() != ROOT);
    CHECK(outcome(tree_root({})) == "MERKLE_PROOF_INVALID");
    CHECK(outcome(tree_root(std::vector<Hash32>(MAX_TREE_LEAVES + 1))) == "INPUT_LIMIT");
}

TEST_CASE("proofs lead from a leaf to the root", "[merkle]") {
    CHECK(outcome(verify_proof(ROOT, leaves()[0], proof())) == "OK");
    CHECK(outcome(verify_proof(leaves()[0], leaves()[0], {})) == "OK"); // a tree of one
}

TEST_CASE("changed proofs lead nowhere", "[merkle]") {
    const Hash32 leaf = leaves()[0];
    for (std::size_t i = 0; i < proof().size(); ++i) {
        auto changed = proof();
        changed[i][31] ^= 1;
        CHECK(outcome(verify_proof(ROOT, leaf, changed)) == "MERKLE_PROOF_INVALID");
        auto shorter = proof();
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK(outcome(verify_proof(ROOT, leaf, shorter)) == "MERKLE_PROOF_INVALID");
    }
    auto longer = proof();
    longer.push_back(ROOT);
    CHECK(outcome(verify_proof(ROOT, leaf, longer)) == "MERKLE_PROOF_INVALID");
    CHECK(outcome(verify_proof(ROOT, leaf, {})) == "MERKLE_PROOF_INVALID");
    CHECK(outcome(verify_proof(ROOT, leaves()[1], proof())) == "MERKLE_PROOF_INVALID");
    Hash32 root = ROOT;
    root[0] ^= 0x80;
    CHECK(outcome(verify_proof(root, leaf, proof())) == "MERKLE_PROOF_INVALID");
}

TEST_CASE("proofs have at most 64 nodes", "[merkle]") {
    // A path that does lead to its root, one node too long.
    const std::vector<Hash32> zeros(MAX_PROOF_NODES + 1);
    std::vector<Hash32> roots = {leaves()[0]};
    for (std::size_t i = 0; i < zeros.size(); ++i)
        roots.push_back(tree_root(std::vector{roots.back(), Hash32{}}).value());
    const std::span<const Hash32> nodes{zeros};
    CHECK(outcome(verify_proof(roots[MAX_PROOF_NODES], leaves()[0],
                               nodes.first(MAX_PROOF_NODES))) == "OK");
    CHECK(outcome(verify_proof(roots[MAX_PROOF_NODES + 1], leaves()[0], nodes)) ==
          "MERKLE_PROOF_INVALID");
    // The same path as a multiproof of one leaf.
    const std::vector one = {leaves()[0]};
    const std::vector<std::uint8_t> flags(MAX_PROOF_NODES + 1);
    CHECK(outcome(verify_multiproof(roots[MAX_PROOF_NODES], one, nodes.first(MAX_PROOF_NODES),
                                    std::span{flags}.first(MAX_PROOF_NODES))) == "OK");
    CHECK(outcome(verify_multiproof(roots[MAX_PROOF_NODES + 1], one, nodes, flags)) ==
          "MERKLE_PROOF_INVALID");
}

/// OpenZeppelin's multiproof of leaves 1, 3, 5.
struct Multi {
    std::vector<Hash32> leaves;
    std::vector<Hash32> proof;
    std::vector<std::uint8_t> flags;
};

Multi multi() {
    const auto all = leaves();
    return {{all[0], all[2], all[4]},
            {hash_of(test::LEAF_HASHES[3]), hash_of(test::LEAF_HASHES[1])},
            {0, 1, 0, 1}};
}

std::string judge(const Multi& m) {
    return outcome(verify_multiproof(ROOT, m.leaves, m.proof, m.flags));
}

TEST_CASE("multiproofs show several leaves at once", "[merkle]") {
    CHECK(judge(multi()) == "OK");
    const std::vector one = {leaves()[0]};
    CHECK(outcome(verify_multiproof(ROOT, one, proof(), std::vector<std::uint8_t>(3))) == "OK");
    CHECK(outcome(verify_multiproof(one[0], one, {}, {})) == "OK");
}

TEST_CASE("multiproofs that leave something open are refused", "[merkle]") {
    for (std::size_t i = 0; i < multi().flags.size(); ++i) {
        Multi m = multi();
        m.flags[i] ^= 1;
        CHECK(judge(m) == "MERKLE_PROOF_INVALID");
    }
    Multi swapped = multi();
    std::swap(swapped.leaves[0], swapped.leaves[2]);
    CHECK(judge(swapped) == "MERKLE_PROOF_INVALID");
    Multi foreign = multi();
    foreign.leaves[1] = leaves()[1];
    CHECK(judge(foreign) == "MERKLE_PROOF_INVALID");
    Multi shorter = multi();
    shorter.proof.pop_back();
    CHECK(judge(shorter) == "MERKLE_PROOF_INVALID");
    shorter.flags.pop_back();
    CHECK(judge(shorter) == "MERKLE_PROOF_INVALID");
    // Nothing to check: without leaves the root would prove itself.
    const std::vector node = {ROOT};
    CHECK(outcome(verify_multiproof(ROOT, {}, node, {})) == "MERKLE_PROOF_INVALID");
    // A leaf that no pair takes up.
    Multi idle = multi();
    idle.leaves.push_back(leaves()[1]);
    idle.flags.push_back(1);
    CHECK(judge(idle) == "MERKLE_PROOF_INVALID");
    // More nodes than any tree of so few leaves has.
    const std::vector one = {leaves()[0]};
    CHECK(outcome(verify_multiproof(ROOT, one, std::vector<Hash32>(200),
                                    std::vector<std::uint8_t>(200))) == "MERKLE_PROOF_INVALID");
}

} // namespace
} // namespace assay::settlement
