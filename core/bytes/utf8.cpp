// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/utf8.hpp"

#include <cassert>
#include <cstdint>
#include <cstring>

namespace assay::bytes {
namespace {

constexpr char32_t REPLACEMENT = 0xfffd;

std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
    return at < text.size() && (byte_at(text, at) & 0xc0) == 0x80;
}

char32_t low_bits(std::string_view text, std::size_t at) {
    return byte_at(text, at) & 0x3fU;
}

/// Bytes of ASCII at the start of @p text, eight at a time.
std::size_t ascii_run(std::string_view text) {
    std::size_t run = 0;
    for (; run + 8 <= text.size(); run += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + run, sizeof word);
        if ((word & 0x8080808080808080U) != 0)
            break;
    }
    while (run < text.size() && byte_at(text, run) < 0x80)
        ++run;
    return run;
}

} // namespace

CodePoint first_code_point(std::string_view text) noexcept {
    assert(!text.empty());
    const std::uint8_t lead = byte_at(text, 0);
    if (lead < 0x80)
        return {lead, 1};
    if (lead >= 0xc2 && lead <= 0xdf && is_continuation(text, 1))
        return {(lead & 0x1fU) << 6 | low_bits(text, 1), 2};
    if (lead >= 0xe0 && lead <= 0xef && is_continuation(text, 1) && is_continuation(text, 2)) {
        const char32_t value = (lead & 0x0fU) << 12 | low_bits(text, 1) << 6 | low_bits(text, 2);
        if (value >= 0x800)
            return {value, 3};
    }
    if (lead >= 0xf0 && lead <= 0xf4 && is_continuation(text, 1) && is_continuation(text, 2) &&
        is_continuation(text, 3)) {
        const char32_t value = (lead & 0x07U) << 18 | low_bits(text, 1) << 12 |
                               low_bits(text, 2) << 6 | low_bits(text, 3);
        if (value >= 0x10000 && value <= 0x10ffff)
            return {value, 4};
    }
    return {REPLACEMENT, 1};
}

std::size_t utf8_prefix(std::string_view text) noexcept {
    std::size_t at = 0;
    while (true) {
        at += ascii_run(text.substr(at));
        if (at == text.size())
            return at;
        const CodePoint next = first_code_point(text.substr(at));
        if (next.size == 1 || is_surrogate(next.value))
            return at; // a non-ASCII code point never has one byte
        at += next.size;
    }
}

EncodedCodePoint encode_code_point(char32_t code_point) noexcept {
    assert(code_point <= 0x10ffff);
    const auto byte = [](char32_t value) { return static_cast<char>(value); };
    const auto tail = [&](int shift) { return byte(0x80 | (code_point >> shift & 0x3f)); };
    if (code_point < 0x80)
        return {{byte(code_point)}, 1};
    if (code_point < 0x800)
        return {{byte(0xc0 | code_point >> 6), tail(0)}, 2};
    if (code_point < 0x10000)
        return {{byte(0xe0 | code_point >> 12), tail(6), tail(0)}, 3};
    return {{byte(0xf0 | code_point >> 18), tail(12), tail(6), tail(0)}, 4};
}

} // namespace assay::bytes
