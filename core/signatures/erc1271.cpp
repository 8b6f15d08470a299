// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/erc1271.hpp"

#include "core/bytes/word.hpp"

#include <algorithm>
#include <array>

namespace assay::signatures {
namespace {

constexpr std::size_t WORD = 32;
/// First four bytes of keccak256("isValidSignature(bytes32,bytes)"): the selector is the answer
/// too.
constexpr std::array<std::uint8_t, 4> MAGIC = {0x16, 0x26, 0xba, 0x7e};

} // namespace

Bytes erc1271_call_data(const Hash32& digest, BytesView signature) noexcept {
    const std::size_t padding = (WORD - signature.size() % WORD) % WORD;
    Bytes data;
    data.reserve(MAGIC.size() + 3 * WORD + signature.size() + padding);
    const auto append = [&](BytesView part) { data.insert(data.end(), part.begin(), part.end()); };
    append(MAGIC);
    append(digest);
    append(bytes::word_from_u64(2 * WORD)); // the signature stands behind two words of head
    append(bytes::word_from_u64(signature.size()));
    append(signature);
    data.resize(data.size() + padding);
    return data;
}

Result<void> check_erc1271_result(BytesView returned) noexcept {
    if (returned.size() != WORD)
        return ErrorCode::SIGNATURE_MALFORMED;
    Hash32 expected{};
    std::ranges::copy(MAGIC, expected.begin());
    if (!std::ranges::equal(returned, expected))
        return ErrorCode::SIGNATURE_INVALID;
    return Result<void>::ok();
}

} // namespace assay::signatures
