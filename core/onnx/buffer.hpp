// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Aligned memory for tensor elements, and a tensor that owns its elements.
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/types.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>

namespace assay::onnx {

/// Zero-filled bytes on a 64-byte boundary, followed by readable padding: vector kernels read past
/// the end of their inputs (XNN_EXTRA_BYTES).
class Buffer {
public:
    static constexpr std::size_t ALIGNMENT = 64;
    static constexpr std::size_t PADDING = 128;

    Buffer() noexcept = default;

    /// @return a buffer of @p size bytes, or ONNX_LIMIT when there is no memory.
    [[nodiscard]] static Result<Buffer> allocate(std::uint64_t size) noexcept;
    /// @return bytes of another buffer, which must outlive this one and its moves.
    [[nodiscard]] static Buffer view(std::span<std::uint8_t> bytes) noexcept;

    [[nodiscard]] std::uint8_t* data() noexcept { return bytes_.get(); }
    [[nodiscard]] const std::uint8_t* data() const noexcept { return bytes_.get(); }
    /// Bytes without the padding.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool is_view() const noexcept { return bytes_.get_deleter().is_view; }

private:
    struct Release {
        Release() noexcept : is_view{false} {}
        explicit Release(bool views) noexcept : is_view{views} {}
        void operator()(std::uint8_t* bytes) const noexcept {
            if (!is_view) {
                ::operator delete (bytes, std::align_val_t{ALIGNMENT});
            }
        }
        bool is_view;
    };
    std::unique_ptr<std::uint8_t, Release> bytes_;
    std::size_t size_ = 0;
};

/// A constant of a model.
struct Tensor {
    ElementType type = ElementType::undefined;
    Dims dims;
    Buffer elements;

    /// @return a zero-filled tensor, or ONNX_LIMIT when it is too large.
    [[nodiscard]] static Result<Tensor> make(ElementType type, Dims dims) noexcept;

    [[nodiscard]] std::uint64_t count() const noexcept { return *element_count(dims); }
    /// Whether its elements were given back: it is known by its address and shape only.
    [[nodiscard]] bool is_released() const noexcept { return elements.data() == nullptr; }
    /// The elements. Precondition: T is what `type` says.
    template <typename T>
    [[nodiscard]] std::span<const T> as() const noexcept {
        return {reinterpret_cast<const T*>(elements.data()), static_cast<std::size_t>(count())};
    }
    template <typename T>
    [[nodiscard]] std::span<T> as() noexcept {
        return {reinterpret_cast<T*>(elements.data()), static_cast<std::size_t>(count())};
    }
};

} // namespace assay::onnx
