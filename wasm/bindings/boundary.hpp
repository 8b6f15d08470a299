// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The edge between JavaScript and the core. Inputs are (pointer, length) pairs into one arena that
// JavaScript fills after reserve(); results are copied out by JavaScript before the next call. A
// pair that does not lie inside the arena is a bug of the JavaScript side and traps.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/error.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

namespace assay::wasm {

/// An address or a byte count of the module's memory.
using Word = std::uint32_t;
static_assert(sizeof(void*) == sizeof(Word));

/// The one block that holds the inputs of a call.
class Arena {
public:
    /// Larger blocks are given back by the next smaller request, so one large input does not pin
    /// memory.
    static constexpr std::size_t KEPT_BYTES = std::size_t{1} << 20;

    /// @return the address of at least @p size bytes, 16-byte aligned, valid until the next call; 0
    /// when @p size is above @p limit or the memory is exhausted. What the block held is lost.
    [[nodiscard]] Word reserve(std::size_t size, std::size_t limit) noexcept {
        if (size > limit)
            return 0;
        const bool oversized = size_ > KEPT_BYTES && size <= KEPT_BYTES;
        if (size > size_ || block_ == nullptr || oversized) {
            const std::size_t wanted = size < KEPT_BYTES / 16 ? KEPT_BYTES / 16 : size;
            std::free(block_);
            block_ = static_cast<std::uint8_t*>(std::malloc(wanted));
            size_ = block_ == nullptr ? 0 : wanted;
        }
        return address(block_);
    }

    /// @return the bytes of the pair; empty for a length of 0, whatever the pointer.
    [[nodiscard]] BytesView input(Word pointer, Word length) const noexcept {
        return {at(pointer, length), length};
    }

    /// @return where JavaScript wants @p length bytes of output.
    [[nodiscard]] std::uint8_t* output(Word pointer, Word length) const noexcept {
        return at(pointer, length);
    }

    [[nodiscard]] static Word address(const void* object) noexcept {
        return static_cast<Word>(reinterpret_cast<std::uintptr_t>(object));
    }

private:
    [[nodiscard]] std::uint8_t* at(Word pointer, Word length) const noexcept {
        if (length == 0)
            return block_;
        const Word start = address(block_);
        const Word offset = pointer - start;
        if (block_ == nullptr || pointer < start || offset > size_ || length > size_ - offset)
            __builtin_trap();
        return block_ + offset;
    }

    std::uint8_t* block_ = nullptr;
    std::size_t size_ = 0;
};

/// The text of the last verdict. Its address is that of a record {u32 pointer, u32 length}.
class TextResult {
public:
    /// @return the address of the record; it and the text are valid until the next call.
    [[nodiscard]] Word publish(std::string text) noexcept {
        text_ = std::move(text);
        record_ = {Arena::address(text_.data()), static_cast<Word>(text_.size())};
        return Arena::address(&record_);
    }

private:
    struct Record {
        Word pointer;
        Word length;
    };

    std::string text_;
    Record record_{};
};

/// @return 0 for success, else the number of error_codes.def.
template <typename T>
[[nodiscard]] Word code_of(const Result<T>& result) noexcept {
    return result ? 0 : static_cast<Word>(result.error().code);
}

} // namespace assay::wasm
