// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// How much of a text needs no escape, eight bytes at a time.
#pragma once

#include "core/bytes/utf8.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace assay::bytes {

/// Which bytes stand for themselves, beside all of U+0020 to U+007E but '"' and '\'.
enum class Plain : bool {
    ascii, ///< no others
    utf8,  ///< U+007F and all bytes above it
};

namespace detail {

inline constexpr std::uint64_t EACH = 0x0101010101010101U;
inline constexpr std::uint64_t TOP = 0x80 * EACH;

/// The top bit of every byte of @p word that is zero; above the first such byte others may be set.
[[nodiscard]] constexpr std::uint64_t zeros(std::uint64_t word) noexcept {
    return (word - EACH) & ~word & TOP;
}

/// The top bit of the first byte that is not plain; above it others may be set.
template <Plain plain>
[[nodiscard]] constexpr std::uint64_t not_plain(std::uint64_t word) noexcept {
    const std::uint64_t below_space = (word - 0x20 * EACH) & ~word & TOP;
    const std::uint64_t found = below_space | zeros(word ^ '"' * EACH) | zeros(word ^ '\\' * EACH);
    return plain == Plain::utf8 ? found : found | zeros(word ^ 0x7f * EACH) | (word & TOP);
}

[[nodiscard]] constexpr bool is_plain(char c, Plain plain) noexcept {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte >= 0x20 && c != '"' && c != '\\' && (byte < 0x7f || plain == Plain::utf8);
}

} // namespace detail

/// @return the length of the longest plain beginning of @p text.
template <Plain plain>
[[nodiscard]] std::size_t plain_run(std::string_view text) noexcept {
    std::size_t run = 0;
    if constexpr (std::endian::native == std::endian::little) {
        for (; run + 8 <= text.size(); run += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + run, sizeof word);
            if (const std::uint64_t found = detail::not_plain<plain>(word))
                return run + static_cast<std::size_t>(std::countr_zero(found)) / 8;
        }
    }
    while (run < text.size() && detail::is_plain(text[run], plain))
        ++run;
    return run;
}

/// Appends short pieces of text by way of a block of its own: a call of std::string::append for
/// each costs several times as much. What is written reaches the string when the writer is gone.
class RunWriter {
public:
    explicit RunWriter(std::string& out) noexcept : out_{out} {}
    RunWriter(const RunWriter&) = delete;
    RunWriter& operator=(const RunWriter&) = delete;
    ~RunWriter() { flush(); }

    /// Appends the longest plain beginning of @p text. @return its length.
    template <Plain plain>
    std::size_t copy_run(std::string_view text) noexcept {
        std::size_t run = 0;
        if constexpr (std::endian::native == std::endian::little) {
            for (; run + WORD <= text.size(); run += WORD) {
                std::uint64_t word = 0;
                std::memcpy(&word, text.data() + run, WORD);
                char* at = room(WORD);
                std::memcpy(at, &word, WORD);
                if (const std::uint64_t found = detail::not_plain<plain>(word)) {
                    const auto count = static_cast<std::size_t>(std::countr_zero(found)) / 8;
                    used_ += count;
                    return run + count;
                }
                used_ += WORD;
            }
        }
        for (; run < text.size() && detail::is_plain(text[run], plain); ++run) {
            *room(1) = text[run];
            ++used_;
        }
        return run;
    }

    /// Appends the first @p size bytes. A constant length: a few stores instead of a copy.
    template <std::size_t length>
    void put(const std::array<char, length>& piece, std::size_t size = length) noexcept {
        std::memcpy(room(length), piece.data(), length);
        used_ += size;
    }

    void put(char c) noexcept { put(std::array{c}); }

private:
    static constexpr std::size_t WORD = 8;
    static constexpr std::size_t BLOCK = 512;

    /// Inline also where the module is built for size: it runs for every word.
    [[gnu::always_inline]] char* room(std::size_t size) noexcept {
        if (size > BLOCK - used_)
            flush();
        return block_.data() + used_;
    }

    void flush() noexcept {
        out_.append(block_.data(), used_);
        used_ = 0;
    }

    std::string& out_;
    std::size_t used_ = 0;
    std::array<char, BLOCK> block_;
};

inline void put_code_point(RunWriter& out, char32_t code_point) noexcept {
    const EncodedCodePoint encoded = encode_code_point(code_point);
    out.put(encoded.bytes, encoded.size);
}

/// Appends backslash, u and four hex digits. @param unit below U+10000.
inline void put_unicode_escape(RunWriter& out, char32_t unit) noexcept {
    constexpr std::string_view DIGITS = "0123456789abcdef";
    out.put(std::array{'\\', 'u', DIGITS[unit >> 12], DIGITS[unit >> 8 & 0x0f],
                       DIGITS[unit >> 4 & 0x0f], DIGITS[unit & 0x0f]});
}

} // namespace assay::bytes
