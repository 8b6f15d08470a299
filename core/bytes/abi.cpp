// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/abi.hpp"

#include "core/bytes/utf8.hpp"
#include "core/bytes/word.hpp"

#include <algorithm>

namespace assay::bytes {

std::optional<AbiFrame> AbiFrame::open(BytesView data, std::size_t head_words) noexcept {
    if (head_words > data.size() / ABI_WORD)
        return std::nullopt;
    return AbiFrame{data, 0, head_words * ABI_WORD, head_words};
}

std::optional<Hash32> AbiFrame::word() noexcept {
    if (at_ == head_end_)
        return std::nullopt;
    Hash32 value{};
    std::copy_n(data_.begin() + static_cast<std::ptrdiff_t>(at_), ABI_WORD, value.begin());
    at_ += ABI_WORD;
    return value;
}

std::optional<std::uint64_t> AbiFrame::unsigned_integer(unsigned bits) noexcept {
    const auto value = word();
    const auto number = value ? word_to_u64(*value) : std::nullopt;
    if (!number || (bits < 64 && *number >> bits != 0))
        return std::nullopt;
    return number;
}

std::optional<bool> AbiFrame::boolean() noexcept {
    const auto number = unsigned_integer(1);
    if (!number)
        return std::nullopt;
    return *number == 1;
}

std::optional<Hash32> AbiFrame::int128() noexcept {
    auto value = word();
    if (!value || !is_int128(*value))
        return std::nullopt;
    return value;
}

bool AbiFrame::enter() noexcept {
    const auto offset = unsigned_integer(64);
    return offset && *offset == end_ - base_;
}

std::optional<std::size_t> AbiFrame::length() noexcept {
    if (left() < ABI_WORD)
        return std::nullopt;
    AbiFrame here{data_, end_, ABI_WORD, 1};
    const auto value = here.unsigned_integer(64);
    end_ += ABI_WORD;
    if (!value || *value > left()) // no element is shorter than a byte
        return std::nullopt;
    return static_cast<std::size_t>(*value);
}

std::optional<BytesView> AbiFrame::dynamic_bytes() noexcept {
    if (!enter())
        return std::nullopt;
    const auto size = length();
    if (!size)
        return std::nullopt;
    const std::size_t padded = (*size + ABI_WORD - 1) / ABI_WORD * ABI_WORD;
    if (padded > left())
        return std::nullopt;
    const BytesView part = data_.subspan(end_, padded);
    end_ += padded;
    const BytesView padding = part.subspan(*size);
    if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte != 0; }))
        return std::nullopt;
    return part.first(*size);
}

std::optional<std::string_view> AbiFrame::string() noexcept {
    const auto content = dynamic_bytes();
    if (!content || !is_utf8(as_text(*content)))
        return std::nullopt;
    return as_text(*content);
}

std::optional<AbiFrame> AbiFrame::tuple(std::size_t head_words) noexcept {
    if (!enter() || head_words > left() / ABI_WORD)
        return std::nullopt;
    return AbiFrame{data_, end_, head_words * ABI_WORD, head_words};
}

std::optional<AbiFrame> AbiFrame::array(std::size_t words_per_element) noexcept {
    if (!enter())
        return std::nullopt;
    const auto count = length();
    if (!count || *count > left() / ABI_WORD / words_per_element)
        return std::nullopt;
    return AbiFrame{data_, end_, *count * words_per_element * ABI_WORD, *count};
}

bool AbiFrame::at_end() const noexcept {
    return at_ == head_end_ && left() == 0;
}

} // namespace assay::bytes
