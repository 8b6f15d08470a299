// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/buffer.hpp"

#include <cstring>
#include <limits>
#include <utility>

namespace assay::onnx {

Result<Buffer> Buffer::allocate(std::uint64_t size) noexcept {
    if (size > std::numeric_limits<std::size_t>::max() / 2) {
        return ErrorCode::ONNX_LIMIT;
    }
    const std::size_t bytes = static_cast<std::size_t>(size) + PADDING;
    void* memory = ::operator new (bytes, std::align_val_t{ALIGNMENT}, std::nothrow);
    if (memory == nullptr) {
        return ErrorCode::ONNX_LIMIT;
    }
    std::memset(memory, 0, bytes);
    Buffer buffer;
    buffer.bytes_.reset(static_cast<std::uint8_t*>(memory));
    buffer.size_ = static_cast<std::size_t>(size);
    return buffer;
}

Buffer Buffer::view(std::span<std::uint8_t> bytes) noexcept {
    Buffer buffer;
    buffer.bytes_ = {bytes.data(), Release{true}};
    buffer.size_ = bytes.size();
    return buffer;
}

Result<Tensor> Tensor::make(ElementType type, Dims dims) noexcept {
    const std::optional<std::uint64_t> bytes = byte_count(type, dims);
    if (!bytes) {
        return ErrorCode::ONNX_LIMIT;
    }
    Result<Buffer> buffer = Buffer::allocate(*bytes);
    if (!buffer) {
        return buffer.error();
    }
    return Tensor{type, std::move(dims), *std::move(buffer)};
}

} // namespace assay::onnx
