// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The payload of a Nitro document: attestation.md §1.4 step 3. Nothing here is authenticated.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace assay::attestation {

inline constexpr std::size_t PCR_COUNT = 32;
inline constexpr std::size_t PCR_BYTES = 48;

/// The fields of a payload; views into it.
struct NitroFields {
    std::string_view module_id;
    std::uint64_t timestamp_ms = 0;                       ///< since 1970, above zero
    std::array<std::optional<BytesView>, PCR_COUNT> pcrs; ///< PCR_BYTES each
    BytesView certificate;
    std::vector<BytesView> cabundle; ///< root first
    BytesView public_key;            ///< empty when absent
    BytesView user_data;             ///< empty when absent
    BytesView nonce;                 ///< empty when absent
};

/// Judges the fields in the order of the specification's table.
/// @return NITRO_LIMIT, NITRO_MALFORMED or NITRO_ALG_UNSUPPORTED with the field as path.
[[nodiscard]] Result<NitroFields> parse_nitro_payload(BytesView payload) noexcept;

} // namespace assay::attestation
