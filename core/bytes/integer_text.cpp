// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/integer_text.hpp"

#include <limits>

namespace assay::bytes {

std::optional<std::uint64_t> read_unsigned(std::string_view text) noexcept {
    constexpr std::uint64_t MAX = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t value = 0;
    for (const char character : text) {
        const auto digit = static_cast<std::uint64_t>(character) - '0';
        if (digit > 9 || value > (MAX - digit) / 10)
            return std::nullopt;
        value = value * 10 + digit;
    }
    return text.empty() ? std::nullopt : std::optional{value};
}

std::optional<std::int64_t> read_signed(std::string_view text) noexcept {
    const bool negative = text.starts_with('-');
    const auto magnitude = read_unsigned(text.substr(negative ? 1 : 0));
    // The most negative number has no positive twin.
    const std::uint64_t limit =
        static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) + (negative ? 1 : 0);
    if (!magnitude || *magnitude > limit)
        return std::nullopt;
    return static_cast<std::int64_t>(negative ? 0 - *magnitude : *magnitude);
}

} // namespace assay::bytes
