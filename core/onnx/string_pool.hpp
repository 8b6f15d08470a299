// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Strings of a session. An element of a string tensor is a 64-bit pointer to one of them, 0 for
// the empty string, so that every kernel that only moves elements moves strings too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace assay::onnx {

class StringPool {
public:
    /// @return the element that stands for @p text; valid as long as the pool.
    [[nodiscard]] std::uint64_t intern(std::string_view text) noexcept;

    /// @return the text of an element that intern() gave.
    [[nodiscard]] static std::string_view text(std::uint64_t element) noexcept;
    /// @return the bytes of all their texts.
    [[nodiscard]] static std::uint64_t bytes_of(std::span<const std::uint64_t> elements) noexcept;

    /// Bytes that a string takes besides its text, about.
    static constexpr std::uint64_t OVERHEAD = 96;
    /// Bytes of all strings, about.
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

private:
    std::set<std::string, std::less<>> strings_;
    std::uint64_t bytes_ = 0;
};

} // namespace assay::onnx
