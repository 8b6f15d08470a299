// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// SHA-2 of whole byte strings (FIPS 180-4).
#pragma once

#include "core/base/bytes_view.hpp"

#include <array>

namespace assay::hash {

[[nodiscard]] Hash32 sha256(BytesView bytes) noexcept;
[[nodiscard]] std::array<std::uint8_t, 48> sha384(BytesView bytes) noexcept;
[[nodiscard]] std::array<std::uint8_t, 64> sha512(BytesView bytes) noexcept;

} // namespace assay::hash
