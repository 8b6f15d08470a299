// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// encodeData of one value that is neither an array nor a struct (EIP-712 "Definition of
// encodeData").
#pragma once

#include "core/bytes/json.hpp"
#include "core/signatures/eip712_types.hpp"

#include <optional>

namespace assay::signatures {

/// Integers are JSON integers, decimal strings or "0x" strings; bytes and addresses "0x" strings
/// with two digits a byte (the case of an address's digits means nothing); bool is true or false.
/// @return the 32-byte word; nothing when the value has another form, is out of range or not as
/// long
///   as its type, or a string holds a lone surrogate. Precondition: @p base is no struct.
[[nodiscard]] std::optional<Hash32> encode_atomic(Eip712Base base,
                                                  const bytes::JsonValue& value) noexcept;

} // namespace assay::signatures
