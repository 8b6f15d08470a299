// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/registry/calldata.hpp"

#include "core/bytes/abi.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>

namespace assay::chain {

Result<Registration> decode_registration(BytesView calldata) noexcept {
    constexpr ErrorCode MALFORMED = ErrorCode::CALLDATA_MALFORMED;
    constexpr std::array<std::uint8_t, 4> SELECTOR = {0x15, 0xc9, 0xbd, 0xb4};
    constexpr std::size_t HEAD_WORDS = 6;
    if (calldata.size() > MAX_CALLDATA)
        return Error{ErrorCode::CHAIN_LIMIT_EXCEEDED, "calldata"};
    if (calldata.size() < SELECTOR.size() ||
        !std::ranges::equal(calldata.first(SELECTOR.size()), SELECTOR)) {
        return Error{MALFORMED, "selector"};
    }
    auto frame = bytes::AbiFrame::open(calldata.subspan(SELECTOR.size()), HEAD_WORDS);
    if (!frame)
        return MALFORMED;
    // Members are read in order: the frame has a place.
    const auto attestation = frame->dynamic_bytes();
    const auto key = attestation ? frame->dynamic_bytes() : std::nullopt;
    const auto certificate = key ? frame->dynamic_bytes() : std::nullopt;
    const auto payment = certificate ? frame->word() : std::nullopt;
    const auto endpoint = payment ? frame->string() : std::nullopt;
    const auto type = endpoint ? frame->unsigned_integer(8) : std::nullopt;
    constexpr std::size_t PADDING = sizeof(Hash32) - sizeof(Address);
    if (!type || !frame->at_end() ||
        !std::all_of(payment->begin(), payment->begin() + PADDING,
                     [](std::uint8_t byte) { return byte == 0; })) {
        return MALFORMED;
    }
    Registration out{.attestation = *attestation,
                     .signing_public_key = *key,
                     .tls_certificate = *certificate,
                     .endpoint = *endpoint,
                     .tee_type = static_cast<std::uint8_t>(*type),
                     .tee_id = hash::keccak256(*key)};
    std::copy(payment->begin() + PADDING, payment->end(), out.payment_address.begin());
    return out;
}

} // namespace assay::chain
