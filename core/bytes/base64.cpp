// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/base64.hpp"

#include <array>

namespace assay::bytes {
namespace {

constexpr std::string_view ALPHABET =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t NO_DIGIT = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
    std::array<std::uint8_t, 256> values{};
    values.fill(NO_DIGIT);
    for (std::size_t i = 0; i < ALPHABET.size(); ++i)
        values[static_cast<std::uint8_t>(ALPHABET[i])] = static_cast<std::uint8_t>(i);
    return values;
}
constexpr std::array<std::uint8_t, 256> VALUES = make_values();

/// Number of '=' at the end, at most two are padding.
std::size_t padding_of(std::string_view text) {
    if (text.ends_with("=="))
        return 2;
    return text.ends_with('=') ? 1 : 0;
}

} // namespace

std::string to_base64(BytesView bytes) noexcept {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t rest = bytes.size() - i;
        const std::uint32_t group = static_cast<std::uint32_t>(
            bytes[i] << 16 | (rest > 1 ? bytes[i + 1] << 8 : 0) | (rest > 2 ? bytes[i + 2] : 0));
        out.push_back(ALPHABET[group >> 18]);
        out.push_back(ALPHABET[group >> 12 & 0x3f]);
        out.push_back(rest > 1 ? ALPHABET[group >> 6 & 0x3f] : '=');
        out.push_back(rest > 2 ? ALPHABET[group & 0x3f] : '=');
    }
    return out;
}

std::optional<Bytes> from_base64(std::string_view text) noexcept {
    if (text.size() % 4 != 0)
        return std::nullopt;
    const std::string_view digits = text.substr(0, text.size() - padding_of(text));

    Bytes out;
    out.reserve(digits.size() * 3 / 4);
    std::uint32_t bits = 0;
    unsigned held = 0; // bits of `bits` that are not written yet
    for (const char digit : digits) {
        const std::uint8_t value = VALUES[static_cast<std::uint8_t>(digit)];
        if (value == NO_DIGIT)
            return std::nullopt;
        bits = (bits << 6 | value) & 0xffff;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out.push_back(static_cast<std::uint8_t>(bits >> held));
        }
    }
    if ((bits & ((1U << held) - 1)) != 0)
        return std::nullopt; // a pad bit is set
    return out;
}

} // namespace assay::bytes
