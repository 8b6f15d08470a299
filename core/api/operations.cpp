// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/operations.hpp"

#include <array>

namespace assay::api {
namespace {

using Table = std::span<const Operation> (*)() noexcept;

constexpr std::array TABLES = {
    Table{evidence_operations},   Table{signature_operations}, Table{message_operations},
    Table{settlement_operations}, Table{ohttp_operations},     Table{tdx_operations},
    Table{snp_operations},        Table{chain_operations},     Table{chain_unit_operations},
    Table{trie_operations},
};

} // namespace

const Operation* find_operation(std::string_view name) noexcept {
    for (const Table table : TABLES) {
        const Operation* found = find_in(table(), name);
        if (found != nullptr) {
            return found;
        }
    }
    return nullptr;
}

std::string run_frame(BytesView frame) noexcept {
    return run_frame(frame, find_operation);
}

} // namespace assay::api
