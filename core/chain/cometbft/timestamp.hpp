// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Moments of blocks and votes (chain-state.md §1): nanoseconds count, they are signed.
#pragma once

#include "core/base/bytes_view.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::chain {

struct Timestamp {
    std::int64_t seconds = 0; ///< Unix
    std::uint32_t nanoseconds = 0;

    [[nodiscard]] friend auto operator<=>(const Timestamp&, const Timestamp&) noexcept = default;
};

/// Reads `YYYY-MM-DDTHH:MM:SS[.1–9 digits]Z` of a day that exists, years 1 to 9999.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept;

/// @return the protobuf message `{1: seconds, 2: nanos}`.
[[nodiscard]] Bytes encode_timestamp(const Timestamp& time) noexcept;

} // namespace assay::chain
