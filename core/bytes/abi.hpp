// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The Ethereum contract ABI, read strictly (Solidity documentation, "Contract ABI Specification",
/// "Formal Specification of the Encoding"): offsets are the canonical ones, so dynamic parts follow
/// their head in order, without gaps or overlap; padding is zero. Every value has exactly one
/// encoding that this reads.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::bytes {

inline constexpr std::size_t ABI_WORD = 32;

/// The body of one tuple or array: a head of words, then the dynamic parts that it names. Members
/// are read in order; nothing means "not that type", after which the frame is of no use.
class AbiFrame {
public:
    /// The arguments of a call or an event, which is all of @p data. @p data must outlive the frame
    /// and what is read from it.
    /// @return nothing when @p data is shorter than @p head_words words.
    [[nodiscard]] static std::optional<AbiFrame> open(BytesView data,
                                                      std::size_t head_words) noexcept;

    [[nodiscard]] std::optional<Hash32> word() noexcept;
    /// An unsigned integer of at most 64 bits: uint8, uint32 …
    [[nodiscard]] std::optional<std::uint64_t> unsigned_integer(unsigned bits) noexcept;
    [[nodiscard]] std::optional<bool> boolean() noexcept;
    [[nodiscard]] std::optional<Hash32> int128() noexcept;
    [[nodiscard]] std::optional<BytesView> dynamic_bytes() noexcept;
    /// As dynamic_bytes(), and the bytes are UTF-8.
    [[nodiscard]] std::optional<std::string_view> string() noexcept;

    /// Opens a dynamic tuple. The frame that it returns is read whole and given back to close().
    [[nodiscard]] std::optional<AbiFrame> tuple(std::size_t head_words) noexcept;
    /// Opens a dynamic array; size() of the frame that it returns is the number of elements.
    /// @param words_per_element in the head: 1 for dynamic elements
    [[nodiscard]] std::optional<AbiFrame> array(std::size_t words_per_element) noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// Continues behind @p part, which tuple() or array() of this frame gave.
    void close(const AbiFrame& part) noexcept { end_ = part.end_; }

    /// @return whether the head was read and nothing follows the last part.
    [[nodiscard]] bool at_end() const noexcept;

private:
    AbiFrame(BytesView data, std::size_t base, std::size_t head_bytes, std::size_t size) noexcept
        : data_{data}, base_{base}, at_{base}, head_end_{base + head_bytes}, end_{head_end_},
          size_{size} {}

    /// Reads an offset, which must lead to the end of the part before it.
    [[nodiscard]] bool enter() noexcept;
    /// A length word at end_, then behind it.
    [[nodiscard]] std::optional<std::size_t> length() noexcept;
    [[nodiscard]] std::size_t left() const noexcept { return data_.size() - end_; }

    BytesView data_;
    std::size_t base_; ///< what offsets count from
    std::size_t at_;   ///< next word of the head
    std::size_t head_end_;
    std::size_t end_; ///< of the parts read so far; never beyond data_
    std::size_t size_;
};

} // namespace assay::bytes
