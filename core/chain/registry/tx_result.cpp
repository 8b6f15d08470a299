// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/registry/tx_result.hpp"

#include "core/bytes/protobuf.hpp"
#include "core/chain/cometbft/merkle.hpp"
#include "core/hash/sha2.hpp"

#include <string_view>

namespace assay::chain {
namespace {

using bytes::WireReader;
using bytes::WireType;

/// The one occurrence of a length-delimited field; empty when it is not there. Nothing when the
/// message does not parse or has the field twice.
std::optional<BytesView> field_of(BytesView message, std::uint32_t number) {
    BytesView found;
    bool seen = false;
    for (WireReader in{message}; !in.at_end();) {
        const auto field = in.next();
        if (!field ||
            (field->number == number && (seen || field->type != WireType::length_delimited)))
            return std::nullopt;
        if (field->number == number) {
            seen = true;
            found = field->content;
        }
    }
    return found;
}

/// TxMsgData {2: [Any {1: type, 2: MsgEthereumTxResponse {4: vm_error}}]}, as x/vm writes it. The
/// response of another message has no such field, and says nothing of the EVM.
bool is_evm_success(BytesView data) {
    constexpr std::string_view TYPE = "/cosmos.evm.vm.v1.MsgEthereumTxResponse";
    const auto any = field_of(data, 2);
    const auto type = any ? field_of(*any, 1) : std::nullopt;
    const auto response = any ? field_of(*any, 2) : std::nullopt;
    const auto vm_error = response ? field_of(*response, 4) : std::nullopt;
    return type && as_text(*type) == TYPE && vm_error && vm_error->empty();
}

/// Nothing when the result does not parse.
std::optional<bool> is_success(BytesView result, Execution execution) {
    BytesView data;
    std::uint64_t code = 0;
    for (WireReader in{result}; !in.at_end();) {
        const auto field = in.next();
        if (!field)
            return std::nullopt;
        if (field->number == 1)
            code |= field->type == WireType::varint ? field->scalar : 1;
        if (field->number == 2)
            data = field->content;
    }
    return code == 0 && (execution == Execution::any || is_evm_success(data));
}

} // namespace

Result<void> verify_tx(const Hash32& data_hash, const Hash32& last_results_hash,
                       const TxInclusion& inclusion, Execution execution) noexcept {
    const auto& [index, total, tx, tx_aunts, result, result_aunts] = inclusion;
    const auto tx_root = merkle_root_of(index, total, merkle_leaf(hash::sha256(tx)), tx_aunts);
    const auto result_root = merkle_root_of(index, total, merkle_leaf(result), result_aunts);
    if (tx_root != data_hash || result_root != last_results_hash)
        return ErrorCode::TX_PROOF_INVALID;
    const auto success = is_success(result, execution);
    if (!success)
        return ErrorCode::TX_PROOF_INVALID;
    return *success ? Result<void>::ok() : ErrorCode::TX_NOT_SUCCESSFUL;
}

} // namespace assay::chain
