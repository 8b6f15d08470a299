// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/evm/trie.hpp"

#include "core/bytes/rlp.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <array>

namespace assay::chain {
namespace {

using bytes::RlpItem;

constexpr std::size_t BRANCH_ITEMS = 17;
constexpr std::size_t SHORT_ITEMS = 2;

/// The nibbles of a key that are left.
class Nibbles {
public:
    explicit Nibbles(BytesView key) noexcept : key_{key} {}

    [[nodiscard]] bool empty() const noexcept { return at_ == 2 * key_.size(); }
    [[nodiscard]] std::uint8_t take() noexcept {
        const std::uint8_t byte = key_[at_ / 2];
        return ++at_ % 2 == 1 ? byte >> 4 : byte & 0x0f;
    }
    /// Takes the nibbles of @p path, from its nibble @p from. @return whether they are there.
    [[nodiscard]] bool take_path(BytesView path, std::size_t from) noexcept {
        for (Nibbles other = path_from(path, from); !other.empty();) {
            if (empty() || take() != other.take())
                return false;
        }
        return true;
    }

private:
    static Nibbles path_from(BytesView path, std::size_t from) noexcept {
        Nibbles out{path};
        out.at_ = from;
        return out;
    }

    BytesView key_;
    std::size_t at_ = 0;
};

bool is_reference(const RlpItem& item) {
    return item.is_list() ? item.whole.size() < sizeof(Hash32)
                          : item.content.size() == sizeof(Hash32);
}

/// What one node says of the key.
struct Step {
    enum class Kind : std::uint8_t { value, absent, child } kind;
    RlpItem item{RlpItem::Kind::string, {}, {}};
};

std::optional<Step> step_branch(const std::vector<RlpItem>& items, Nibbles& key) {
    for (std::size_t i = 0; i + 1 < BRANCH_ITEMS; ++i) {
        const bool nothing = items[i].is_string() && items[i].content.empty();
        if (!nothing && !is_reference(items[i]))
            return std::nullopt;
    }
    if (!items.back().is_string())
        return std::nullopt;
    const bool here = key.empty();
    const RlpItem& next = here ? items.back() : items[key.take()];
    if (next.content.empty() && next.is_string())
        return Step{Step::Kind::absent};
    return Step{here ? Step::Kind::value : Step::Kind::child, next};
}

std::optional<Step> step_short(const RlpItem& path, const RlpItem& next, Nibbles& key) {
    constexpr std::uint8_t ODD = 1;
    constexpr std::uint8_t LEAF = 2;
    if (!path.is_string() || path.content.empty())
        return std::nullopt;
    const std::uint8_t flags = path.content[0] >> 4;
    const bool odd = (flags & ODD) != 0;
    const bool leaf = (flags & LEAF) != 0;
    const bool no_nibbles = !odd && path.content.size() == 1;
    const bool padded = !odd && (path.content[0] & 0x0f) != 0;
    const bool fits =
        leaf ? next.is_string() && !next.content.empty() : is_reference(next) && !no_nibbles;
    if (flags > (ODD | LEAF) || padded || !fits)
        return std::nullopt;
    if (!key.take_path(path.content, odd ? 1 : 2) || (leaf && !key.empty()))
        return Step{Step::Kind::absent};
    return Step{leaf ? Step::Kind::value : Step::Kind::child, next};
}

/// Nothing for bytes that are no node.
std::optional<Step> step_node(BytesView node, Nibbles& key) {
    const auto list = bytes::read_rlp(node);
    const auto items = list ? bytes::rlp_items(*list, BRANCH_ITEMS) : std::nullopt;
    if (!items)
        return std::nullopt;
    if (items->size() == BRANCH_ITEMS)
        return step_branch(*items, key);
    return items->size() == SHORT_ITEMS ? step_short((*items)[0], (*items)[1], key) : std::nullopt;
}

} // namespace

const Hash32& empty_trie_root() noexcept {
    static constexpr Hash32 ROOT = {0x56, 0xe8, 0x1f, 0x17, 0x1b, 0xcc, 0x55, 0xa6,
                                    0xff, 0x83, 0x45, 0xe6, 0x92, 0xc0, 0xf8, 0x6e,
                                    0x5b, 0x48, 0xe0, 0x1b, 0x99, 0x6c, 0xad, 0xc0,
                                    0x01, 0x62, 0x2f, 0xb5, 0xe3, 0x63, 0xb4, 0x21};
    return ROOT;
}

Result<std::optional<BytesView>> walk_trie(const Hash32& root, BytesView key,
                                           std::span<const Bytes> nodes,
                                           std::size_t max_node) noexcept {
    constexpr ErrorCode INVALID = ErrorCode::MPT_PROOF_INVALID;
    constexpr std::uint8_t EMPTY_NODE = 0x80;
    if (nodes.size() > MAX_TRIE_NODES ||
        std::ranges::any_of(nodes, [&](const Bytes& node) { return node.size() > max_node; })) {
        return ErrorCode::CHAIN_LIMIT_EXCEEDED;
    }
    const bool no_entry = nodes.empty() || (nodes.size() == 1 && nodes[0] == Bytes{EMPTY_NODE});
    if (root == empty_trie_root() || no_entry) {
        if (root == empty_trie_root() && no_entry)
            return std::optional<BytesView>{};
        return INVALID;
    }
    Nibbles rest{key};
    std::size_t used = 0;
    BytesView reference = root;
    BytesView node;
    for (;;) {
        if (!reference.empty()) { // a hash; an embedded node is at hand
            if (used == nodes.size() ||
                !std::ranges::equal(hash::keccak256(nodes[used]), reference))
                return INVALID;
            node = nodes[used++];
        }
        const auto step = step_node(node, rest);
        if (!step)
            return ErrorCode::MPT_PROOF_MALFORMED;
        if (step->kind != Step::Kind::child) {
            if (used != nodes.size())
                return INVALID;
            return step->kind == Step::Kind::value ? std::optional{step->item.content}
                                                   : std::optional<BytesView>{};
        }
        const bool embedded = step->item.is_list();
        node = step->item.whole;
        reference = embedded ? BytesView{} : step->item.content;
    }
}

} // namespace assay::chain
