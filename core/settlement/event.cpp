// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/settlement/event.hpp"

#include "core/bytes/abi.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace assay::settlement {
namespace {

constexpr std::string_view BATCH = "BatchSettlement(bytes32,uint256,bytes)";
constexpr std::string_view INDIVIDUAL =
    "IndividualSettlement(bytes32,address,bytes32,bytes32,uint256,bytes,bytes)";

Error invalid(std::string_view path) {
    return {ErrorCode::ABI_INVALID, path};
}

Bytes copy(BytesView view) {
    return {view.begin(), view.end()};
}

std::optional<Address> address_of(const Hash32& word) {
    const auto split = word.end() - std::tuple_size_v<Address>;
    if (std::any_of(word.begin(), split, [](std::uint8_t byte) { return byte != 0; }))
        return std::nullopt;
    Address address{};
    std::copy(split, word.end(), address.begin());
    return address;
}

Result<SettlementEvent> decode_batch(const Log& log) {
    if (log.topics.size() != 2)
        return invalid("topics");
    auto data = bytes::AbiFrame::open(log.data, 2);
    const auto size = data ? data->word() : std::nullopt;
    const auto blob_id = size ? data->dynamic_bytes() : std::nullopt;
    if (!blob_id || !data->at_end())
        return invalid("data");
    return SettlementEvent{BatchSettlement{log.topics[1], *size, copy(*blob_id)}};
}

Result<SettlementEvent> decode_individual(const Log& log) {
    const auto payer = log.topics.size() == 3 ? address_of(log.topics[2]) : std::nullopt;
    if (!payer)
        return invalid("topics");
    auto data = bytes::AbiFrame::open(log.data, 5);
    if (!data)
        return invalid("data");
    const auto input_hash = data->word();
    const auto output_hash = data->word();
    const auto timestamp = data->word();
    const auto blob_id = data->dynamic_bytes();
    const auto signature = blob_id ? data->dynamic_bytes() : std::nullopt;
    if (!signature || !data->at_end())
        return invalid("data");
    return SettlementEvent{IndividualSettlement{
        {log.topics[1], *input_hash, *output_hash, copy(*signature), *timestamp},
        *payer,
        copy(*blob_id)}};
}

} // namespace

Result<SettlementEvent> decode_settlement_event(const Log& log) noexcept {
    if (log.data.size() > MAX_LOG_BYTES)
        return Error{ErrorCode::INPUT_LIMIT, "data"};
    if (!log.topics.empty() && log.topics[0] == hash::keccak256(as_bytes(BATCH)))
        return decode_batch(log);
    if (!log.topics.empty() && log.topics[0] == hash::keccak256(as_bytes(INDIVIDUAL)))
        return decode_individual(log);
    return invalid("topics[0]");
}

} // namespace assay::settlement
