// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"

#include <algorithm>

namespace assay::bytes {
namespace {

constexpr std::string_view PREFIX = "0x";

} // namespace

void append_hex(std::string& out, BytesView bytes) noexcept {
    constexpr std::string_view DIGITS = "0123456789abcdef";
    std::size_t at = out.size();
    out.resize(at + 2 * bytes.size());
    for (const std::uint8_t byte : bytes) {
        out[at++] = DIGITS[byte >> 4];
        out[at++] = DIGITS[byte & 0x0f];
    }
}

std::string to_hex(BytesView bytes) noexcept {
    std::string out;
    append_hex(out, bytes);
    return out;
}

std::string to_hex_0x(BytesView bytes) noexcept {
    std::string out{PREFIX};
    append_hex(out, bytes);
    return out;
}

std::optional<std::uint8_t> hex_digit(char digit) noexcept {
    if (digit >= '0' && digit <= '9')
        return static_cast<std::uint8_t>(digit - '0');
    if (digit >= 'a' && digit <= 'f')
        return static_cast<std::uint8_t>(digit - 'a' + 10);
    if (digit >= 'A' && digit <= 'F')
        return static_cast<std::uint8_t>(digit - 'A' + 10);
    return std::nullopt;
}

std::optional<Bytes> from_hex(std::string_view text) noexcept {
    if (text.size() % 2 != 0)
        return std::nullopt;
    Bytes out(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hex_digit(text[i]);
        const auto low = hex_digit(text[i + 1]);
        if (!high || !low)
            return std::nullopt;
        out[i / 2] = static_cast<std::uint8_t>(*high << 4 | *low);
    }
    return out;
}

std::optional<Hash32> hash_from_hex(std::string_view text) noexcept {
    Hash32 hash{};
    if (text.size() != 2 * hash.size())
        return std::nullopt;
    const auto decoded = from_hex(text);
    if (!decoded)
        return std::nullopt;
    std::copy(decoded->begin(), decoded->end(), hash.begin());
    return hash;
}

std::optional<Bytes> from_hex_0x(std::string_view text) noexcept {
    return text.starts_with(PREFIX) ? from_hex(text.substr(PREFIX.size())) : std::nullopt;
}

std::optional<Hash32> hash_from_hex_0x(std::string_view text) noexcept {
    return text.starts_with(PREFIX) ? hash_from_hex(text.substr(PREFIX.size())) : std::nullopt;
}

} // namespace assay::bytes
