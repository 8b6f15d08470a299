// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/time_text.hpp"

#include "core/bytes/civil_time.hpp"
#include "core/bytes/integer_text.hpp"

namespace assay::api {
namespace {

constexpr std::int64_t DAY_S = 86'400;

/// Takes fields of fixed width off the front of a text.
class Fields {
public:
    explicit Fields(std::string_view text) noexcept : rest_{text} {}

    std::optional<int> digits(std::size_t width) noexcept {
        if (rest_.size() < width) {
            return std::nullopt;
        }
        int value = 0;
        for (const char c : rest_.substr(0, width)) {
            if (c < '0' || c > '9') {
                return std::nullopt;
            }
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(width);
        return value;
    }

    bool take(std::string_view any_of) noexcept {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    [[nodiscard]] bool at_digit() const noexcept {
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }
    [[nodiscard]] bool done() const noexcept { return rest_.empty(); }

private:
    std::string_view rest_;
};

/// RFC 3339 §5.6 time-numoffset or "Z": seconds to subtract.
std::optional<std::int64_t> parse_offset(Fields& in) noexcept {
    if (in.take("Zz")) {
        return 0;
    }
    const bool east = in.take("+");
    if (!east && !in.take("-")) {
        return std::nullopt;
    }
    const auto hours = in.digits(2);
    if (!hours || *hours > 23 || !in.take(":")) {
        return std::nullopt;
    }
    const auto minutes = in.digits(2);
    if (!minutes || *minutes > 59) {
        return std::nullopt;
    }
    const std::int64_t seconds = std::int64_t{*hours} * 3600 + std::int64_t{*minutes} * 60;
    return east ? seconds : -seconds;
}

std::optional<std::int64_t> parse_rfc3339(std::string_view text) noexcept {
    Fields in{text};
    const auto year = in.digits(4);
    if (!year || !in.take("-")) {
        return std::nullopt;
    }
    const auto month = in.digits(2);
    if (!month || !in.take("-")) {
        return std::nullopt;
    }
    const auto day = in.digits(2);
    if (!day || !in.take("Tt")) {
        return std::nullopt;
    }
    const auto hour = in.digits(2);
    if (!hour || !in.take(":")) {
        return std::nullopt;
    }
    const auto minute = in.digits(2);
    if (!minute || !in.take(":")) {
        return std::nullopt;
    }
    const auto second = in.digits(2);
    if (!second) {
        return std::nullopt;
    }
    if (in.take(".")) {
        if (!in.at_digit()) {
            return std::nullopt;
        }
        while (in.digits(1)) {}
    }
    const auto offset = parse_offset(in);
    if (!offset || !in.done()) {
        return std::nullopt;
    }
    const auto local = bytes::unix_seconds({*year, *month, *day, *hour, *minute, *second});
    return local ? std::optional{*local - *offset} : std::nullopt;
}

void append_padded(std::string& text, std::int64_t value, std::size_t width) noexcept {
    const std::string digits = std::to_string(value);
    if (digits.size() < width) {
        text.append(width - digits.size(), '0');
    }
    text += digits;
}

} // namespace

std::optional<std::int64_t> parse_time(std::string_view text) noexcept {
    const auto seconds = bytes::read_signed(text);
    const auto moment = seconds ? seconds : parse_rfc3339(text);
    return moment && *moment <= LATEST_UNIX_TIME ? moment : std::nullopt;
}

std::string format_time(std::int64_t unix_seconds) noexcept {
    std::int64_t days = unix_seconds / DAY_S;
    std::int64_t second = unix_seconds % DAY_S;
    if (second < 0) {
        second += DAY_S;
        --days;
    }
    // civil_from_days, the inverse of bytes::unix_seconds (H. Hinnant, "chrono-Compatible Low-Level
    // Date Algorithms").
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const std::int64_t doe = days - era * 146'097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const std::int64_t mp = (5 * doy + 2) / 153;
    const std::int64_t day = doy - (153 * mp + 2) / 5 + 1;
    const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
    const std::int64_t year = yoe + era * 400 + (month <= 2 ? 1 : 0);

    if (year < 0) {
        return std::to_string(unix_seconds);
    }
    std::string text;
    append_padded(text, year, 4);
    text += '-';
    append_padded(text, month, 2);
    text += '-';
    append_padded(text, day, 2);
    text += 'T';
    append_padded(text, second / 3600, 2);
    text += ':';
    append_padded(text, second / 60 % 60, 2);
    text += ':';
    append_padded(text, second % 60, 2);
    text += 'Z';
    return text;
}

} // namespace assay::api
