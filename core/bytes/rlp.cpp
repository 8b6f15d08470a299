// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/rlp.hpp"

namespace assay::bytes {
namespace {

constexpr std::uint8_t STRING = 0x80;
constexpr std::uint8_t LIST = 0xc0;
constexpr std::size_t LONG_FROM = 56; ///< bytes of content

/// Walks the lists within @p list; nothing is kept.
bool is_canonical(const RlpItem& item, std::size_t depth) {
    if (item.is_string())
        return true;
    if (depth == RLP_DEPTH)
        return false;
    for (BytesView rest = item.content; !rest.empty();) {
        const auto child = take_rlp(rest);
        if (!child || !is_canonical(*child, depth + 1))
            return false;
    }
    return true;
}

} // namespace

std::optional<RlpItem> take_rlp(BytesView& rest) noexcept {
    if (rest.empty())
        return std::nullopt;
    const BytesView from = rest;
    const std::uint8_t prefix = from[0];
    if (prefix < STRING) {
        rest = from.subspan(1);
        return RlpItem{RlpItem::Kind::string, from.first(1), from.first(1)};
    }
    const auto kind = prefix < LIST ? RlpItem::Kind::string : RlpItem::Kind::list;
    std::size_t length = prefix - (prefix < LIST ? STRING : LIST);
    std::size_t head = 1;
    if (length >= LONG_FROM) {
        const std::size_t digits = length - LONG_FROM + 1;
        if (digits > sizeof(std::uint32_t) || digits > from.size() - 1 || from[1] == 0)
            return std::nullopt;
        length = 0;
        for (; head <= digits; ++head)
            length = length << 8 | from[head];
        if (length < LONG_FROM)
            return std::nullopt;
    }
    if (length > from.size() - head)
        return std::nullopt;
    const BytesView content = from.subspan(head, length);
    if (kind == RlpItem::Kind::string && length == 1 && content[0] < STRING)
        return std::nullopt; // it would be itself
    rest = from.subspan(head + length);
    return RlpItem{kind, content, from.first(head + length)};
}

std::optional<std::vector<RlpItem>> rlp_items(const RlpItem& list, std::size_t limit) noexcept {
    if (!list.is_list())
        return std::nullopt;
    std::vector<RlpItem> items;
    for (BytesView rest = list.content; !rest.empty();) {
        const auto item = take_rlp(rest);
        if (!item || items.size() == limit)
            return std::nullopt;
        items.push_back(*item);
    }
    return items;
}

std::optional<RlpItem> read_rlp(BytesView bytes) noexcept {
    const auto item = take_rlp(bytes);
    return item && bytes.empty() && is_canonical(*item, 0) ? item : std::nullopt;
}

bool is_rlp_integer(const RlpItem& item, std::size_t size) noexcept {
    return item.is_string() && item.content.size() <= size &&
           (item.content.empty() || item.content[0] != 0);
}

void append_rlp_string(Bytes& out, BytesView content) noexcept {
    if (content.size() != 1 || content[0] >= STRING) {
        if (content.size() < LONG_FROM) {
            out.push_back(static_cast<std::uint8_t>(STRING + content.size()));
        } else {
            Bytes length;
            for (std::size_t left = content.size(); left != 0; left >>= 8)
                length.insert(length.begin(), static_cast<std::uint8_t>(left));
            out.push_back(static_cast<std::uint8_t>(STRING + LONG_FROM - 1 + length.size()));
            out.insert(out.end(), length.begin(), length.end());
        }
    }
    out.insert(out.end(), content.begin(), content.end());
}

} // namespace assay::bytes
