// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The calldata of a registration (chain-state.md §8), strict ABI. Decoded only: the attestation in
/// it is verified by the caller.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/chain/json_fields.hpp"

#include <string_view>

namespace assay::chain {

inline constexpr std::size_t MAX_CALLDATA = std::size_t{256} << 10;

/// Views of the calldata.
struct Registration {
    BytesView attestation;
    BytesView signing_public_key;
    BytesView tls_certificate;
    Address payment_address{};
    std::string_view endpoint;
    std::uint8_t tee_type = 0;
    Hash32 tee_id{}; ///< keccak256(signing_public_key)
};

/// @return CHAIN_LIMIT_EXCEEDED, CALLDATA_MALFORMED
[[nodiscard]] Result<Registration> decode_registration(BytesView calldata) noexcept;

} // namespace assay::chain
