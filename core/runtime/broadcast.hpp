// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Walks over tensors by strides: broadcasting, transposing, slicing.
#pragma once

#include "core/onnx/limits.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::runtime {

using Strides = std::array<std::int64_t, onnx::MAX_RANK>;

/// Element strides of a dense tensor.
[[nodiscard]] Strides dense_strides(std::span<const std::int64_t> dims) noexcept;

/// Element strides of @p dims seen as @p rank dimensions; 0 where it is broadcast.
[[nodiscard]] Strides broadcast_strides(std::span<const std::int64_t> dims,
                                        std::size_t rank) noexcept;

/// Visits a box in row-major order with the offsets of N tensors in it.
template <std::size_t N>
class Walk {
public:
    Walk(std::span<const std::int64_t> dims, const std::array<Strides, N>& strides) noexcept
        : dims_{dims}, strides_{strides} {}

    [[nodiscard]] std::int64_t offset(std::size_t tensor) const noexcept { return at_[tensor]; }
    [[nodiscard]] std::int64_t index(std::size_t axis) const noexcept { return index_[axis]; }

    void next() noexcept {
        for (std::size_t axis = dims_.size(); axis-- > 0;) {
            ++index_[axis];
            for (std::size_t i = 0; i < N; ++i) {
                at_[i] += strides_[i][axis];
            }
            if (index_[axis] < dims_[axis]) {
                return;
            }
            for (std::size_t i = 0; i < N; ++i) {
                at_[i] -= strides_[i][axis] * dims_[axis];
            }
            index_[axis] = 0;
        }
    }

private:
    std::span<const std::int64_t> dims_;
    std::array<Strides, N> strides_;
    std::array<std::int64_t, N> at_{};
    Strides index_{};
};

} // namespace assay::runtime
