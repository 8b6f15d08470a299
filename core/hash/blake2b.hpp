// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// BLAKE2b-512 (RFC 7693) with a personalisation (BLAKE2 specification, section 2.5), without key
/// and salt.
#pragma once

#include "core/base/bytes_view.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace assay::hash {

class Blake2b {
public:
    static constexpr std::size_t PERSONAL_BYTES = 16;
    /// @param personal exactly PERSONAL_BYTES characters
    explicit Blake2b(std::string_view personal) noexcept;
    Blake2b& update(BytesView bytes) noexcept;
    /// @return the hash; the object is used up.
    [[nodiscard]] std::array<std::uint8_t, 64> finish() noexcept;

private:
    static constexpr std::size_t BLOCK = 128;
    void compress(bool last) noexcept;

    std::array<std::uint64_t, 8> state_;
    std::array<std::uint8_t, BLOCK> block_{};
    std::size_t held_ = 0; ///< a full block waits: the last one is marked
    std::uint64_t length_ = 0;
};

} // namespace assay::hash
