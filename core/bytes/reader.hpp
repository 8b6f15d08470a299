// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A cursor over bytes that cannot leave them. Lengths are compared with what is left, never added
// to a position first, so no declared length can overflow.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <optional>

namespace assay::bytes {

class Reader {
public:
    /// @p bytes must outlive the reader and every view that it returns.
    explicit Reader(BytesView bytes) noexcept : bytes_{bytes} {}

    [[nodiscard]] std::size_t position() const noexcept { return at_; }
    [[nodiscard]] std::size_t remaining() const noexcept { return bytes_.size() - at_; }
    [[nodiscard]] bool at_end() const noexcept { return remaining() == 0; }

    /// The next byte, not consumed; nothing at the end.
    [[nodiscard]] std::optional<std::uint8_t> peek() const noexcept;
    /// Consumes one byte; nothing at the end.
    [[nodiscard]] std::optional<std::uint8_t> u8() noexcept;
    /// Consumes @p size bytes as one unsigned integer, most significant first. Precondition: size
    /// is at most 8. Nothing, and nothing consumed, when fewer are left.
    [[nodiscard]] std::optional<std::uint64_t> big_endian(std::size_t size) noexcept;
    /// The same, least significant first.
    [[nodiscard]] std::optional<std::uint64_t> little_endian(std::size_t size) noexcept;
    /// Consumes @p size bytes. Nothing, and nothing consumed, when fewer are left.
    [[nodiscard]] std::optional<BytesView> take(std::uint64_t size) noexcept;

private:
    BytesView bytes_;
    std::size_t at_ = 0;
};

} // namespace assay::bytes
