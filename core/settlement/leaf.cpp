// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/settlement/leaf.hpp"

#include "core/bytes/abi.hpp"
#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"
#include "core/receipt/signing_key.hpp"

#include <array>

namespace assay::settlement {

Hash32 leaf_hash(const Leaf& leaf) noexcept {
    constexpr std::uint64_t HEAD_BYTES = 5 * bytes::ABI_WORD;
    constexpr std::array<std::uint8_t, bytes::ABI_WORD> ZEROS{};
    const std::size_t tail = leaf.signature.size() % bytes::ABI_WORD;
    const BytesView padding = BytesView{ZEROS}.first(tail == 0 ? 0 : bytes::ABI_WORD - tail);
    const Hash32 inner = hash::Keccak256{}
                             .update(leaf.tee_id)
                             .update(leaf.input_hash)
                             .update(leaf.output_hash)
                             .update(bytes::word_from_u64(HEAD_BYTES))
                             .update(leaf.timestamp)
                             .update(bytes::word_from_u64(leaf.signature.size()))
                             .update(leaf.signature)
                             .update(padding)
                             .finish();
    return hash::keccak256(inner);
}

Result<void> verify_leaf_signature(BytesView spki, const Leaf& leaf, CheckList& checks) noexcept {
    const auto key = receipt::read_signing_key(spki, checks);
    if (!key)
        return key.error();
    if (const auto id = receipt::check_tee_id(*key, leaf.tee_id, checks); !id)
        return id.error();
    const Hash32 message = hash::Keccak256{} // receipt.md §1
                               .update(leaf.input_hash)
                               .update(leaf.output_hash)
                               .update(leaf.timestamp)
                               .finish();
    if (!signatures::verify_rsa_pss_sha256(key->key, message, leaf.signature)) {
        const Error error{ErrorCode::RECEIPT_SIGNATURE_INVALID, "leaf.signature"};
        checks.failed("signature", error);
        return error;
    }
    checks.passed("signature", "RSA-PSS with SHA-256, over request, output and time");
    return Result<void>::ok();
}

} // namespace assay::settlement
