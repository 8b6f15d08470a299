// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/der.hpp"

#include "core/bytes/civil_time.hpp"

#include <algorithm>
#include <array>

namespace assay::bytes {
namespace {

constexpr std::uint8_t HIGH_BIT = 0x80;
/// Octets of a long-form length. Four reach far beyond any input; more never fit one.
constexpr std::size_t LENGTH_OCTETS = 4;

struct Length {
    std::size_t value;
    std::size_t octets; ///< that encode it
};

/// X.690 §8.1.3, §10.1: definite, in the fewest octets.
std::optional<Length> read_length(BytesView rest) {
    if (rest.empty()) {
        return std::nullopt;
    }
    if (rest[0] < HIGH_BIT) {
        return Length{rest[0], 1};
    }
    const std::size_t count = rest[0] & 0x7fU;
    if (count == 0 || count > LENGTH_OCTETS || count >= rest.size() || rest[1] == 0) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const std::uint8_t octet : rest.subspan(1, count)) {
        value = value << 8 | octet;
    }
    if (value < HIGH_BIT || value > rest.size()) {
        return std::nullopt;
    }
    return Length{static_cast<std::size_t>(value), 1 + count};
}

/// @return the number of @p count decimal digits at @p from, or nothing.
std::optional<int> digits(BytesView text, std::size_t from, std::size_t count) {
    int value = 0;
    for (const std::uint8_t c : text.subspan(from, count)) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

std::optional<DerElement> DerCursor::read() noexcept {
    constexpr std::uint8_t LONG_TAG = 0x1f;
    if (rest_.empty() || (rest_[0] & LONG_TAG) == LONG_TAG) {
        return std::nullopt;
    }
    const auto length = read_length(rest_.subspan(1));
    if (!length || length->value > rest_.size() - 1 - length->octets) {
        return std::nullopt;
    }
    const std::size_t header = 1 + length->octets;
    const DerElement element{rest_[0], rest_.subspan(header, length->value),
                             rest_.first(header + length->value)};
    rest_ = rest_.subspan(element.encoding.size());
    return element;
}

std::optional<DerElement> DerCursor::read(std::uint8_t tag) noexcept {
    return next_is(tag) ? read() : std::nullopt;
}

std::optional<DerElement> der_whole(BytesView input, std::uint8_t tag) noexcept {
    DerCursor cursor{input};
    const auto element = cursor.read(tag);
    return cursor.at_end() ? element : std::nullopt;
}

std::optional<bool> der_boolean(BytesView content) noexcept {
    if (content.size() != 1 || (content[0] != 0 && content[0] != 0xff)) {
        return std::nullopt;
    }
    return content[0] != 0;
}

bool is_der_integer(BytesView content) noexcept {
    if (content.empty()) {
        return false;
    }
    if (content.size() == 1) {
        return true;
    }
    const bool next_high = (content[1] & HIGH_BIT) != 0;
    return !(content[0] == 0x00 && !next_high) && !(content[0] == 0xff && next_high);
}

std::optional<BytesView> der_unsigned(BytesView content) noexcept {
    if (!is_der_integer(content) || (content[0] & HIGH_BIT) != 0) {
        return std::nullopt;
    }
    return content[0] == 0 ? content.subspan(1) : content;
}

std::optional<DerBits> der_bit_string(BytesView content) noexcept {
    if (content.empty() || content[0] > 7 || (content.size() == 1 && content[0] != 0)) {
        return std::nullopt;
    }
    const std::uint8_t unused = content[0];
    if ((content.back() & ((1U << unused) - 1U)) != 0) {
        return std::nullopt;
    }
    return DerBits{unused, content.subspan(1)};
}

bool is_der_oid(BytesView content) noexcept {
    if (content.empty() || (content.back() & HIGH_BIT) != 0) {
        return false;
    }
    bool starts_arc = true; // an arc's first octet may not be 80: leading zeros (X.690 §8.19.2)
    return std::all_of(content.begin(), content.end(), [&starts_arc](std::uint8_t octet) {
        const bool padded = starts_arc && octet == HIGH_BIT;
        starts_arc = (octet & HIGH_BIT) == 0;
        return !padded;
    });
}

std::optional<std::int64_t> der_time(const DerElement& element) noexcept {
    const bool utc = element.tag == der_tag::UTC_TIME;
    if (!utc && element.tag != der_tag::GENERALIZED_TIME) {
        return std::nullopt;
    }
    const BytesView text = element.content;
    const std::size_t year_digits = utc ? 2 : 4;
    if (text.size() != year_digits + 11 || text.back() != 'Z') {
        return std::nullopt;
    }
    const auto year_field = digits(text, 0, year_digits);
    std::array<int, 5> fields{}; // month, day, hour, minute, second
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto field = digits(text, year_digits + 2 * i, 2);
        if (!field) {
            return std::nullopt;
        }
        fields[i] = *field;
    }
    if (!year_field) {
        return std::nullopt;
    }
    const int year = !utc ? *year_field : *year_field + (*year_field < 50 ? 2000 : 1900);
    const auto [month, day, hour, minute, second] = fields;
    return unix_seconds({year, month, day, hour, minute, second});
}

} // namespace assay::bytes
