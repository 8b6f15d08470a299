// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes the protobuf wire format as gogoproto does: fields in the order of the calls, scalars that
// are zero and byte strings that are empty left out (chain-state.md §1).
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstdint>

namespace assay::bytes {

void append_varint(Bytes& out, std::uint64_t value) noexcept;

/// A field of wire type 0; nothing when @p value is zero. Negative numbers take ten bytes.
void append_varint_field(Bytes& out, std::uint32_t number, std::uint64_t value) noexcept;

/// A field of wire type 1; nothing when @p value is zero.
void append_fixed64_field(Bytes& out, std::uint32_t number, std::uint64_t value) noexcept;

/// A field of wire type 2; nothing when @p content is empty.
void append_bytes_field(Bytes& out, std::uint32_t number, BytesView content) noexcept;

/// The same for a message that is always present: written even when it is empty.
void append_message_field(Bytes& out, std::uint32_t number, BytesView content) noexcept;

} // namespace assay::bytes
