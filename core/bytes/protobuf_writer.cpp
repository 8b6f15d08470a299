// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/protobuf_writer.hpp"

#include "core/bytes/protobuf.hpp"

namespace assay::bytes {
namespace {

void append_key(Bytes& out, std::uint32_t number, WireType type) {
    append_varint(out, std::uint64_t{number} << 3 | static_cast<std::uint64_t>(type));
}

} // namespace

void append_varint(Bytes& out, std::uint64_t value) noexcept {
    for (; value >= 0x80; value >>= 7)
        out.push_back(static_cast<std::uint8_t>(value | 0x80));
    out.push_back(static_cast<std::uint8_t>(value));
}

void append_varint_field(Bytes& out, std::uint32_t number, std::uint64_t value) noexcept {
    if (value == 0)
        return;
    append_key(out, number, WireType::varint);
    append_varint(out, value);
}

void append_fixed64_field(Bytes& out, std::uint32_t number, std::uint64_t value) noexcept {
    if (value == 0)
        return;
    append_key(out, number, WireType::fixed64);
    for (unsigned i = 0; i < sizeof value; ++i, value >>= 8)
        out.push_back(static_cast<std::uint8_t>(value));
}

void append_bytes_field(Bytes& out, std::uint32_t number, BytesView content) noexcept {
    if (!content.empty())
        append_message_field(out, number, content);
}

void append_message_field(Bytes& out, std::uint32_t number, BytesView content) noexcept {
    append_key(out, number, WireType::length_delimited);
    append_varint(out, content.size());
    out.insert(out.end(), content.begin(), content.end());
}

} // namespace assay::bytes
