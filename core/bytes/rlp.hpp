// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Recursive length prefix, canonical form only (Ethereum Yellow Paper, appendix B; chain-state.md
/// §10): a byte below 0x80 is itself, the long form is for 56 bytes and more, lengths have no
/// leading zero, nothing follows the item.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace assay::bytes {

/// Deepest nesting of lists.
inline constexpr std::size_t RLP_DEPTH = 16;

/// One item: its content, and all of it with the prefix. Views of the input.
struct RlpItem {
    enum class Kind : bool { string, list } kind;
    BytesView content;
    BytesView whole;

    [[nodiscard]] bool is_string() const noexcept { return kind == Kind::string; }
    [[nodiscard]] bool is_list() const noexcept { return kind == Kind::list; }
};

/// Takes the first item off @p rest. What is inside a list is not looked at.
/// @return nothing for bytes that are not canonical.
[[nodiscard]] std::optional<RlpItem> take_rlp(BytesView& rest) noexcept;

/// The items of a list, each checked to its depth.
/// @return nothing for no list, for items that are not canonical, and for more than @p limit items.
[[nodiscard]] std::optional<std::vector<RlpItem>> rlp_items(const RlpItem& list,
                                                            std::size_t limit) noexcept;

/// @return the one item that @p bytes are, canonical to its depth; nothing otherwise, and for more
/// than RLP_DEPTH lists in each other.
[[nodiscard]] std::optional<RlpItem> read_rlp(BytesView bytes) noexcept;

/// @return whether @p item is an unsigned integer of at most @p size bytes without a leading zero.
[[nodiscard]] bool is_rlp_integer(const RlpItem& item, std::size_t size) noexcept;

/// Appends the encoding of a byte string.
void append_rlp_string(Bytes& out, BytesView content) noexcept;

} // namespace assay::bytes
