// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Keccak-256 as Ethereum uses it: rate 136 bytes, padding 0x01, not SHA3-256 (attestation.md §4,
// receipt.md §1).
#pragma once

#include "core/base/bytes_view.hpp"

#include <array>
#include <cstddef>

namespace assay::hash {

/// Hashes bytes that come in pieces. No allocation.
class Keccak256 {
public:
    Keccak256& update(BytesView bytes) noexcept;
    /// @return the hash of everything given so far; the object is new again.
    [[nodiscard]] Hash32 finish() noexcept;

private:
    static constexpr std::size_t LANES = 25;
    static constexpr std::size_t RATE = 136;

    std::array<std::uint64_t, LANES> state_{};
    std::array<std::uint8_t, RATE> block_{};
    std::size_t held_ = 0; ///< bytes in block_, always below RATE
};

[[nodiscard]] Hash32 keccak256(BytesView bytes) noexcept;

} // namespace assay::hash
