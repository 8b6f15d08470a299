// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/reader.hpp"

#include <cassert>

namespace assay::bytes {

std::optional<std::uint8_t> Reader::peek() const noexcept {
    if (at_end())
        return std::nullopt;
    return bytes_[at_];
}

std::optional<std::uint8_t> Reader::u8() noexcept {
    if (at_end())
        return std::nullopt;
    return bytes_[at_++];
}

std::optional<std::uint64_t> Reader::big_endian(std::size_t size) noexcept {
    assert(size <= sizeof(std::uint64_t));
    const auto bytes = take(size);
    if (!bytes)
        return std::nullopt;
    std::uint64_t value = 0;
    for (const std::uint8_t byte : *bytes)
        value = value << 8 | byte;
    return value;
}

std::optional<std::uint64_t> Reader::little_endian(std::size_t size) noexcept {
    assert(size <= sizeof(std::uint64_t));
    const auto bytes = take(size);
    if (!bytes)
        return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = value << 8 | (*bytes)[i];
    return value;
}

std::optional<BytesView> Reader::take(std::uint64_t size) noexcept {
    if (size > remaining())
        return std::nullopt;
    const BytesView taken = bytes_.subspan(at_, static_cast<std::size_t>(size));
    at_ += taken.size();
    return taken;
}

} // namespace assay::bytes
