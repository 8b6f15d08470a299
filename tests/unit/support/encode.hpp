// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes CBOR and DER for tests, in the canonical form unless the caller asks for another.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::test {

[[nodiscard]] Bytes concat(const std::vector<Bytes>& parts);
[[nodiscard]] Bytes bytes_of(BytesView view);
/// @p hex may hold spaces.
[[nodiscard]] Bytes hex(std::string_view hex);

/// RFC 8949: major type and argument, shortest head.
[[nodiscard]] Bytes cbor_head(std::uint8_t major, std::uint64_t argument);
[[nodiscard]] Bytes cbor_uint(std::uint64_t value);
[[nodiscard]] Bytes cbor_bytes(BytesView content);
[[nodiscard]] Bytes cbor_text(std::string_view text);
[[nodiscard]] Bytes cbor_array(const std::vector<Bytes>& items);
/// Keys and values, each encoded.
[[nodiscard]] Bytes cbor_map(const std::vector<std::pair<Bytes, Bytes>>& pairs);

/// X.690: one element, shortest length.
[[nodiscard]] Bytes der(std::uint8_t tag, BytesView content);
[[nodiscard]] Bytes der_nested(std::uint8_t tag, const std::vector<Bytes>& parts);
/// A BIT STRING without unused bits.
[[nodiscard]] Bytes der_bits(BytesView content);
/// A non-negative INTEGER from its big-endian magnitude.
[[nodiscard]] Bytes der_integer(BytesView magnitude);

} // namespace assay::test
