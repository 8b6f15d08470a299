// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/protobuf.hpp"

namespace assay::bytes {
namespace {

constexpr std::uint64_t MAX_FIELD_NUMBER = (std::uint64_t{1} << 29) - 1;

} // namespace

std::optional<std::uint64_t> WireReader::varint() noexcept {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (rest_.empty())
            return std::nullopt;
        const std::uint8_t byte = rest_.front();
        rest_ = rest_.subspan(1);
        if (shift == 63 && byte > 1)
            return std::nullopt; // more than 64 bits
        if (byte == 0 && shift != 0 && varints_ == Varints::minimal)
            return std::nullopt;
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    return std::nullopt;
}

std::optional<BytesView> WireReader::take(std::size_t count) noexcept {
    if (count > rest_.size())
        return std::nullopt;
    const BytesView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
}

std::optional<WireField> WireReader::next() noexcept {
    const std::optional<std::uint64_t> key = varint();
    if (!key || (*key >> 3) == 0 || (*key >> 3) > MAX_FIELD_NUMBER)
        return std::nullopt;
    WireField field{static_cast<std::uint32_t>(*key >> 3), static_cast<WireType>(*key & 7), 0, {}};
    switch (field.type) {
    case WireType::varint: {
        const std::optional<std::uint64_t> value = varint();
        if (!value)
            return std::nullopt;
        field.scalar = *value;
        return field;
    }
    case WireType::fixed64: {
        const std::optional<BytesView> raw = take(8);
        if (!raw)
            return std::nullopt;
        field.scalar = little_endian64(*raw);
        return field;
    }
    case WireType::length_delimited: {
        const std::optional<std::uint64_t> length = varint();
        if (!length || *length > rest_.size())
            return std::nullopt;
        field.content = *take(static_cast<std::size_t>(*length));
        return field;
    }
    case WireType::fixed32: {
        const std::optional<BytesView> raw = take(4);
        if (!raw)
            return std::nullopt;
        field.scalar = little_endian32(*raw);
        return field;
    }
    }
    return std::nullopt;
}

std::uint32_t little_endian32(BytesView bytes) noexcept {
    return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8 |
           static_cast<std::uint32_t>(bytes[2]) << 16 | static_cast<std::uint32_t>(bytes[3]) << 24;
}

std::uint64_t little_endian64(BytesView bytes) noexcept {
    return little_endian32(bytes) | static_cast<std::uint64_t>(little_endian32(bytes.subspan(4)))
                                        << 32;
}

} // namespace assay::bytes
