// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/evm/receipt.hpp"

#include "core/bytes/rlp.hpp"
#include "core/chain/evm/trie.hpp"

#include <algorithm>

namespace assay::chain {
namespace {

using bytes::RlpItem;

constexpr std::size_t BLOOM_BYTES = 256;
constexpr std::size_t MAX_TOPICS = 4;

bool is_of_size(const RlpItem& item, std::size_t size) {
    return item.is_string() && item.content.size() == size;
}

bool read_log(const RlpItem& item, EvmLog& out) {
    const auto parts = bytes::rlp_items(item, 3);
    if (!parts || parts->size() != 3 || !is_of_size((*parts)[0], sizeof(Address)) ||
        !(*parts)[2].is_string()) {
        return false;
    }
    const auto topics = bytes::rlp_items((*parts)[1], MAX_TOPICS);
    if (!topics)
        return false;
    for (const RlpItem& topic : *topics) {
        if (!is_of_size(topic, sizeof(Hash32)))
            return false;
        std::ranges::copy(topic.content, out.topics.emplace_back().begin());
    }
    std::ranges::copy((*parts)[0].content, out.address.begin());
    out.data = (*parts)[2].content;
    return true;
}

bool read_receipt(BytesView value, EvmReceipt& out) {
    constexpr std::uint8_t LIST = 0xc0;
    constexpr std::uint8_t LAST_TYPE = 0x7f;
    constexpr std::size_t GAS_BYTES = 8;
    out.raw = value;
    if (!value.empty() && value[0] < LIST) {
        out.type = value[0];
        if (out.type == 0 || out.type > LAST_TYPE)
            return false;
        value = value.subspan(1);
    }
    const auto list = bytes::read_rlp(value);
    const auto parts = list ? bytes::rlp_items(*list, 4) : std::nullopt;
    if (!parts || parts->size() != 4)
        return false;
    const RlpItem& status = (*parts)[0];
    const bool state_root = is_of_size(status, sizeof(Hash32));
    if (!state_root) {
        if (!bytes::is_rlp_integer(status, 1) || (!status.content.empty() && status.content[0] > 1))
            return false;
        out.status = static_cast<std::uint8_t>(status.content.size());
    }
    const auto logs = bytes::rlp_items((*parts)[3], (*parts)[3].content.size());
    if ((state_root && out.type != 0) || !bytes::is_rlp_integer((*parts)[1], GAS_BYTES) ||
        !is_of_size((*parts)[2], BLOOM_BYTES) || !logs) {
        return false;
    }
    return std::ranges::all_of(
        *logs, [&](const RlpItem& log) { return read_log(log, out.logs.emplace_back()); });
}

} // namespace

Result<EvmReceipt> verify_receipt(const Hash32& receipts_root, std::uint64_t index,
                                  std::span<const Bytes> nodes) noexcept {
    Bytes digits;
    for (std::uint64_t left = index; left != 0; left >>= 8)
        digits.insert(digits.begin(), static_cast<std::uint8_t>(left));
    Bytes key;
    bytes::append_rlp_string(key, digits);
    const auto found = walk_trie(receipts_root, key, nodes, MAX_RECEIPT_NODE);
    if (!found)
        return found.error();
    if (!*found)
        return ErrorCode::MPT_PROOF_INVALID;
    EvmReceipt receipt;
    if (!read_receipt(**found, receipt))
        return ErrorCode::MPT_PROOF_MALFORMED;
    return receipt;
}

} // namespace assay::chain
