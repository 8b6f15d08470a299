// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/civil_time.hpp"

#include <array>
#include <cstddef>

namespace assay::bytes {
namespace {

int days_in_month(int year, int month) {
    constexpr std::array<int, 12> DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : DAYS[static_cast<std::size_t>(month - 1)];
}

/// Days of the years 0 … year - 1.
std::int64_t days_before(std::int64_t year) {
    return year == 0 ? 0 : year * 365 + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1;
}

} // namespace

std::optional<std::int64_t> unix_seconds(const CivilTime& time) noexcept {
    const auto [year, month, day, hour, minute, second] = time;
    if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month) || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 59) {
        return std::nullopt;
    }
    std::int64_t days = days_before(year) - days_before(1970) + day - 1;
    for (int each = 1; each < month; ++each) {
        days += days_in_month(year, each);
    }
    return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

} // namespace assay::bytes
