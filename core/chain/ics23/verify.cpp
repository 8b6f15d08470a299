// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/ics23/verify.hpp"

#include "core/bytes/protobuf.hpp"
#include "core/bytes/protobuf_writer.hpp"
#include "core/hash/sha2.hpp"

#include <algorithm>
#include <array>

namespace assay::chain {
namespace {

constexpr std::uint64_t SHA256 = 1;
constexpr std::uint64_t NO_HASH = 0;
constexpr std::uint64_t VAR_PROTO = 1;
constexpr std::uint8_t HASH_LENGTH = sizeof(Hash32);

/// Where the child that we come from stands in a step.
enum class Side : std::uint8_t { none, left, right };

/// The three zig-zag varints in front of every IAVL node; what follows them is `rest`.
struct IavlHead {
    std::uint64_t height = 0;
    std::uint64_t size = 0;
    std::size_t bytes = 0;
    BytesView rest;
};

bool read_head(BytesView prefix, IavlHead& out) {
    bytes::WireReader in{prefix, bytes::Varints::minimal};
    std::uint64_t numbers[3] = {};
    for (std::uint64_t& number : numbers) {
        const auto raw = in.varint();
        if (!raw || (*raw & 1) != 0) // odd is negative
            return false;
        number = *raw >> 1;
    }
    out = {numbers[0], numbers[1], prefix.size() - in.rest().size(), in.rest()};
    return true;
}

/// A hash with its length in front.
bool is_counted_hash(BytesView bytes) {
    return bytes.size() == 1 + sizeof(Hash32) && bytes[0] == HASH_LENGTH;
}

/// The child's place in a step of IAVL; @p head was read from its prefix.
Side iavl_side(const IavlHead& head, BytesView suffix) {
    const BytesView rest = head.rest;
    if (rest.size() == 1 && rest[0] == HASH_LENGTH && is_counted_hash(suffix))
        return Side::left;
    if (rest.size() == 2 + sizeof(Hash32) && is_counted_hash(rest.first(1 + sizeof(Hash32))) &&
        rest.back() == HASH_LENGTH && suffix.empty())
        return Side::right;
    return Side::none;
}

Side simple_side(const InnerOp& step) {
    constexpr std::uint8_t INNER = 1;
    if (step.prefix.empty() || step.prefix[0] != INNER)
        return Side::none;
    if (step.prefix.size() == 1 && step.suffix.size() == sizeof(Hash32))
        return Side::left;
    if (step.prefix.size() == 1 + sizeof(Hash32) && step.suffix.empty())
        return Side::right;
    return Side::none;
}

Side side_of(Tree tree, const InnerOp& step) {
    IavlHead head;
    if (tree == Tree::simple)
        return simple_side(step);
    return read_head(step.prefix, head) ? iavl_side(head, step.suffix) : Side::none;
}

bool has_iavl_shape(const ExistenceProof& proof) {
    constexpr std::uint64_t MAX_HEIGHT = 127;
    constexpr std::size_t MIN_HEAD = 4;
    constexpr std::size_t MAX_HEAD = 12;
    IavlHead below;
    if (!read_head(proof.leaf.prefix, below) || below.height != 0 || below.size != 1 ||
        !below.rest.empty()) {
        return false;
    }
    std::uint64_t layer = 0;
    for (const InnerOp& step : proof.path) {
        ++layer;
        IavlHead head;
        if (step.hash != SHA256 || !read_head(step.prefix, head) || head.height < layer ||
            head.height > MAX_HEIGHT || head.height <= below.height || head.size <= below.size ||
            head.bytes + 1 < MIN_HEAD || head.bytes + 1 > MAX_HEAD ||
            iavl_side(head, step.suffix) == Side::none) {
            return false;
        }
        below = head;
    }
    return true;
}

bool has_simple_shape(const ExistenceProof& proof) {
    return proof.leaf.prefix.size() == 1 && proof.leaf.prefix[0] == 0 &&
           std::ranges::all_of(proof.path, [](const InnerOp& step) {
               return step.hash == SHA256 && simple_side(step) != Side::none;
           });
}

bool has_shape(Tree tree, const std::optional<ExistenceProof>& proof) {
    if (!proof)
        return true;
    const LeafOp& leaf = proof->leaf;
    return proof->path.size() <= MAX_ICS23_STEPS && leaf.hash == SHA256 &&
           leaf.prehash_key == NO_HASH && leaf.prehash_value == SHA256 &&
           leaf.length == VAR_PROTO &&
           (tree == Tree::iavl ? has_iavl_shape(*proof) : has_simple_shape(*proof));
}

void append(Bytes& out, BytesView bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}

/// §6.1. Precondition: the shapes were checked. @return whether the proof leads from its own key
/// and value to @p root.
bool leads_to(BytesView root, const ExistenceProof& proof) {
    constexpr std::size_t LONGEST_STEP = 128; // no shape lets through a longer one
    if (proof.key.empty() || proof.value.empty())
        return false;
    Bytes leaf{proof.leaf.prefix.begin(), proof.leaf.prefix.end()};
    bytes::append_varint(leaf, proof.key.size());
    append(leaf, proof.key);
    leaf.push_back(HASH_LENGTH);
    append(leaf, hash::sha256(proof.value));
    Hash32 node = hash::sha256(leaf);
    std::array<std::uint8_t, LONGEST_STEP> preimage;
    for (const InnerOp& step : proof.path) {
        const std::size_t size = step.prefix.size() + node.size() + step.suffix.size();
        if (size > preimage.size())
            return false;
        auto at = std::ranges::copy(step.prefix, preimage.begin()).out;
        at = std::ranges::copy(node, at).out;
        std::ranges::copy(step.suffix, at);
        node = hash::sha256(BytesView{preimage}.first(size));
    }
    return std::ranges::equal(node, root);
}

bool all_on(Tree tree, std::span<const InnerOp> path, Side side) {
    return std::ranges::all_of(path,
                               [&](const InnerOp& step) { return side_of(tree, step) == side; });
}

/// Whether no leaf stands between the two, which lie in one tree.
bool are_neighbours(Tree tree, std::span<const InnerOp> left, std::span<const InnerOp> right) {
    while (!left.empty() && !right.empty()) {
        const InnerOp& a = left.back();
        const InnerOp& b = right.back();
        const bool same =
            std::ranges::equal(a.prefix, b.prefix) && std::ranges::equal(a.suffix, b.suffix);
        left = left.first(left.size() - 1);
        right = right.first(right.size() - 1);
        if (!same) {
            return side_of(tree, a) == Side::left && side_of(tree, b) == Side::right &&
                   all_on(tree, left, Side::right) && all_on(tree, right, Side::left);
        }
    }
    return false;
}

} // namespace

Result<void> check_shape(Tree tree, const CommitmentProof& proof) noexcept {
    return has_shape(tree, proof.exist) && has_shape(tree, proof.left) &&
                   has_shape(tree, proof.right)
               ? Result<void>::ok()
               : ErrorCode::ICS23_SPEC_MISMATCH;
}

Result<void> verify_existence(BytesView root, BytesView key, BytesView value,
                              const CommitmentProof& proof) noexcept {
    return proof.exist && std::ranges::equal(proof.exist->key, key) &&
                   std::ranges::equal(proof.exist->value, value) && leads_to(root, *proof.exist)
               ? Result<void>::ok()
               : ErrorCode::ICS23_PROOF_INVALID;
}

Result<void> verify_absence(Tree tree, BytesView root, BytesView key,
                            const CommitmentProof& proof) noexcept {
    constexpr ErrorCode INVALID = ErrorCode::ICS23_PROOF_INVALID;
    const auto& [exist, absent_key, left, right] = proof;
    if (exist || (!left && !right) ||
        (!absent_key.empty() && !std::ranges::equal(absent_key, key)) ||
        (left && !leads_to(root, *left)) || (right && !leads_to(root, *right)) ||
        (left && !std::ranges::lexicographical_compare(left->key, key)) ||
        (right && !std::ranges::lexicographical_compare(key, right->key))) {
        return INVALID;
    }
    const bool gap = !left    ? all_on(tree, right->path, Side::left)
                     : !right ? all_on(tree, left->path, Side::right)
                              : are_neighbours(tree, left->path, right->path);
    return gap ? Result<void>::ok() : INVALID;
}

} // namespace assay::chain
