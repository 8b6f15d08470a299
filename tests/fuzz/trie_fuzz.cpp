// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The first byte says what the rest is: an ICS23 proof, RLP, the nodes of a Merkle-Patricia proof,
// a block's header. A key is never both there and not there under one root; RLP is written again as
// it was read; a node that was changed is not walked.
#include "core/bytes/rlp.hpp"
#include "core/chain/evm/block.hpp"
#include "core/chain/evm/receipt.hpp"
#include "core/chain/evm/trie.hpp"
#include "core/chain/ics23/verify.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace {

using namespace assay;

/// Root, a key of the length that the next byte says, then the proof.
void read_ics23(BytesView rest) {
    if (rest.size() < sizeof(Hash32) + 1 || rest.size() < sizeof(Hash32) + 1 + rest[sizeof(Hash32)])
        return;
    const BytesView root = rest.first(sizeof(Hash32));
    const BytesView key = rest.subspan(sizeof(Hash32) + 1, rest[sizeof(Hash32)]);
    const auto proof = chain::CommitmentProof::parse(rest.subspan(sizeof(Hash32) + 1 + key.size()));
    if (!proof)
        return;
    for (const chain::Tree tree : {chain::Tree::iavl, chain::Tree::simple}) {
        if (!chain::check_shape(tree, *proof))
            continue;
        const BytesView value = proof->exist ? proof->exist->value : BytesView{};
        if (chain::verify_existence(root, key, value, *proof) &&
            chain::verify_absence(tree, root, key, *proof))
            std::abort();
    }
}

Bytes written(const bytes::RlpItem& item) {
    Bytes out;
    if (item.is_string()) {
        bytes::append_rlp_string(out, item.content);
        return out;
    }
    Bytes content;
    for (BytesView rest = item.content; !rest.empty();) {
        const Bytes member = written(*bytes::take_rlp(rest)); // read_rlp() saw all of it
        content.insert(content.end(), member.begin(), member.end());
    }
    constexpr std::size_t LONG = 56;
    if (content.size() < LONG) {
        out.push_back(static_cast<std::uint8_t>(0xc0 + content.size()));
    } else {
        Bytes digits;
        for (std::size_t left = content.size(); left != 0; left >>= 8)
            digits.insert(digits.begin(), static_cast<std::uint8_t>(left));
        out.push_back(static_cast<std::uint8_t>(0xf7 + digits.size()));
        out.insert(out.end(), digits.begin(), digits.end());
    }
    out.insert(out.end(), content.begin(), content.end());
    return out;
}

void read_rlp(BytesView rest) {
    const auto item = bytes::read_rlp(rest);
    if (item && !std::ranges::equal(written(*item), rest))
        std::abort();
}

/// Nodes, each behind two bytes of length; the first one's hash is the root.
void walk(BytesView rest) {
    if (rest.empty())
        return;
    const std::uint8_t index = rest[0];
    rest = rest.subspan(1);
    std::vector<Bytes> nodes;
    while (rest.size() >= 2 && nodes.size() <= chain::MAX_TRIE_NODES) {
        const std::size_t size = std::min<std::size_t>(rest[0] << 8 | rest[1], rest.size() - 2);
        nodes.emplace_back(rest.begin() + 2, rest.begin() + 2 + static_cast<std::ptrdiff_t>(size));
        rest = rest.subspan(2 + size);
    }
    if (nodes.empty())
        return;
    const Hash32 root = hash::keccak256(nodes[0]);
    static_cast<void>(chain::verify_receipt(root, index, nodes));
    const Hash32 key = hash::keccak256(BytesView{&index, 1});
    const auto value = chain::walk_trie(root, key, nodes, chain::MAX_STATE_NODE);
    for (Bytes& node : nodes) {
        if (!value || node.empty())
            break;
        node.back() ^= 1;
        const auto changed = chain::walk_trie(root, key, nodes, chain::MAX_STATE_NODE);
        if (changed)
            std::abort();
        node.back() ^= 1;
    }
}

void read_header(BytesView header) {
    const auto roots = chain::verify_block_header(hash::keccak256(header), header, std::nullopt);
    if (roots && chain::verify_block_header(hash::keccak256(header), header, roots->number + 1))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const BytesView rest{data + 1, size - 1};
    switch (data[0] % 4) {
    case 0:
        read_ics23(rest);
        break;
    case 1:
        read_rlp(rest);
        break;
    case 2:
        walk(rest);
        break;
    default:
        read_header(rest);
    }
    return 0;
}
