// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Strict reader for one CBOR item (RFC 8949), the subset of attestation.md §1.3: integers, strings
/// of definite length, arrays and maps of either length form, null, true, false; any head form,
/// shortest or not. Refused: tags, floats, undefined, other simple values, indefinite strings, text
/// that is not UTF-8, map keys that are not integer or text, equal keys (by value) in one map.
/// tinycbor decodes the heads; nesting, limits and these rules are ours.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::bytes {

/// What a caller allows, and how its failures are called.
struct CborRules {
    std::size_t depth;    ///< containers that an item may lie in
    std::size_t elements; ///< elements of one array, pairs of one map
    ErrorCode malformed;
    ErrorCode limit;
    /// Items in all, containers included: where the input is large, each costs memory.
    std::size_t items = std::numeric_limits<std::size_t>::max();
};

enum class CborKind : std::uint8_t {
    unsigned_integer,
    negative_integer,
    byte_string,
    text_string,
    array,
    map,
    boolean,
    null,
};

/// One item in document order. `span` counts the item and everything inside it, so that the next
/// sibling lies `span` nodes on.
struct CborNode {
    CborKind kind;
    std::uint64_t number; ///< integer n (negative: -1 - n), boolean 0 or 1, elements or pairs
    BytesView bytes;      ///< content of a string, in the input
    std::size_t span;
};

/// A place in a CborTree; valid as long as the tree and the input.
class CborItem {
public:
    explicit CborItem(const CborNode* node) noexcept : node_{node} {}

    [[nodiscard]] CborKind kind() const noexcept { return node_->kind; }
    [[nodiscard]] bool is(CborKind kind) const noexcept { return node_->kind == kind; }
    /// The n of an integer: the value, or -1 - value of a negative one.
    [[nodiscard]] std::uint64_t number() const noexcept { return node_->number; }
    [[nodiscard]] BytesView bytes() const noexcept { return node_->bytes; }
    [[nodiscard]] std::string_view text() const noexcept { return as_text(node_->bytes); }
    /// Elements of an array, pairs of a map.
    [[nodiscard]] std::size_t size() const noexcept {
        return static_cast<std::size_t>(node_->number);
    }

    /// First element of an array, first key of a map. Precondition: a container, size() > 0.
    [[nodiscard]] CborItem first() const noexcept { return CborItem{node_ + 1}; }
    /// The item behind this one in the same container; behind a key comes its value.
    /// Precondition: this is not the last one.
    [[nodiscard]] CborItem next() const noexcept { return CborItem{node_ + node_->span}; }
    /// @return the value under text key @p key. Precondition: a map.
    [[nodiscard]] std::optional<CborItem> find(std::string_view key) const noexcept;
    /// @return the value under the integer key @p key >= 0. Precondition: a map.
    [[nodiscard]] std::optional<CborItem> find(std::uint64_t key) const noexcept;

private:
    const CborNode* node_;
};

/// One whole item. The strings are views into the input, which must outlive the tree.
class CborTree {
public:
    /// @return the tree; rules.limit or rules.malformed, whichever the bytes meet first, with the
    /// byte offset as path. Bytes left over behind the item are malformed. Work and memory are
    /// bounded by input.size().
    [[nodiscard]] static Result<CborTree> parse(BytesView input, const CborRules& rules) noexcept;

    [[nodiscard]] CborItem root() const noexcept { return CborItem{nodes_.data()}; }

private:
    explicit CborTree(std::vector<CborNode> nodes) noexcept : nodes_{std::move(nodes)} {}

    std::vector<CborNode> nodes_;
};

} // namespace assay::bytes
