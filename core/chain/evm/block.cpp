// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/evm/block.hpp"

#include "core/bytes/rlp.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace assay::chain {
namespace {

/// The most bytes of a field that varies; the exact number of one that does not.
struct FieldForm {
    enum class Kind : std::uint8_t { fixed, integer, bytes } kind;
    std::uint16_t size;
};

constexpr FieldForm::Kind FIXED = FieldForm::Kind::fixed;
constexpr FieldForm::Kind INTEGER = FieldForm::Kind::integer;

constexpr std::array<FieldForm, 21> FORMS = {{
    {FIXED, 32},
    {FIXED, 32},
    {FIXED, 20},
    {FIXED, 32},
    {FIXED, 32},
    {FIXED, 32},
    {FIXED, 256},
    {INTEGER, 32},
    {INTEGER, 8},
    {INTEGER, 8},
    {INTEGER, 8},
    {INTEGER, 8},
    {FieldForm::Kind::bytes, 1024},
    {FIXED, 32},
    {FIXED, 8},
    {INTEGER, 32},
    {FIXED, 32},
    {INTEGER, 8},
    {INTEGER, 8},
    {FIXED, 32},
    {FIXED, 32},
}};
constexpr std::size_t STATE_ROOT = 3;
constexpr std::size_t RECEIPTS_ROOT = 5;
constexpr std::size_t NUMBER = 8;
constexpr std::size_t TIMESTAMP = 11;

bool has_form(const bytes::RlpItem& item, FieldForm form) {
    switch (form.kind) {
    case FieldForm::Kind::fixed:
        return item.is_string() && item.content.size() == form.size;
    case FieldForm::Kind::integer:
        return bytes::is_rlp_integer(item, form.size);
    case FieldForm::Kind::bytes:
        break;
    }
    return item.is_string() && item.content.size() <= form.size;
}

bool is_count_of_a_fork(std::size_t count) {
    return (count >= 15 && count <= 17) || count == 20 || count == 21;
}

Hash32 hash_of(const bytes::RlpItem& item) {
    Hash32 hash{};
    std::ranges::copy(item.content, hash.begin());
    return hash;
}

std::uint64_t number_of(const bytes::RlpItem& item) {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : item.content)
        number = number << 8 | byte;
    return number;
}

} // namespace

Result<BlockRoots> verify_block_header(const Hash32& block_hash, BytesView header_rlp,
                                       std::optional<std::uint64_t> height) noexcept {
    constexpr std::size_t MOST_ITEMS = MAX_BLOCK_HEADER; // an item has a byte
    if (header_rlp.size() > MAX_BLOCK_HEADER)
        return Error{ErrorCode::CHAIN_LIMIT_EXCEEDED, "header"};
    if (hash::keccak256(header_rlp) != block_hash)
        return Error{ErrorCode::MPT_PROOF_INVALID, "header"};
    const auto list = bytes::read_rlp(header_rlp);
    const auto items = list ? bytes::rlp_items(*list, MOST_ITEMS) : std::nullopt;
    if (items && items->size() > FORMS.size())
        return ErrorCode::MPT_HEADER_UNSUPPORTED;
    if (!items || !is_count_of_a_fork(items->size()))
        return Error{ErrorCode::MPT_PROOF_MALFORMED, "header"};
    for (std::size_t i = 0; i < items->size(); ++i) {
        if (!has_form((*items)[i], FORMS[i]))
            return Error{ErrorCode::MPT_PROOF_MALFORMED, "header"};
    }
    const BlockRoots roots{block_hash, hash_of((*items)[STATE_ROOT]),
                           hash_of((*items)[RECEIPTS_ROOT]), number_of((*items)[NUMBER]),
                           number_of((*items)[TIMESTAMP])};
    if (height && *height != roots.number)
        return Error{ErrorCode::MPT_PROOF_INVALID, "height"};
    return roots;
}

} // namespace assay::chain
