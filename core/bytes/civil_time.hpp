// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Dates of the proleptic Gregorian calendar, as certificates, receipts and RFC 3339 write them.
#pragma once

#include <cstdint>
#include <optional>

namespace assay::bytes {

/// UTC. Leap seconds do not exist in any of the formats that are read here.
struct CivilTime {
    int year; ///< 0 to 9999
    int month;
    int day;
    int hour;
    int minute;
    int second;
};

/// @return Unix seconds; nothing for a date or a time of day that does not exist.
[[nodiscard]] std::optional<std::int64_t> unix_seconds(const CivilTime& time) noexcept;

} // namespace assay::bytes
