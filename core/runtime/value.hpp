// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a name stands for while a graph runs node by node: a tensor, a sequence, a map, or nothing.
#pragma once

#include "core/onnx/buffer.hpp"

#include <memory>
#include <vector>

namespace assay::runtime {

struct Value {
    enum class Kind : std::uint8_t {
        none, ///< an optional that is absent
        tensor,
        sequence,
        map, ///< two items: the keys and the values, tensors of rank 1
    };

    Kind kind = Kind::none;
    std::shared_ptr<const onnx::Tensor> tensor{};
    std::shared_ptr<const std::vector<Value>> items{};

    [[nodiscard]] static Value of(std::shared_ptr<const onnx::Tensor> tensor) noexcept {
        return {Kind::tensor, std::move(tensor), nullptr};
    }
    [[nodiscard]] static Value of(std::vector<Value> items, Kind kind = Kind::sequence) noexcept {
        return {kind, nullptr, std::make_shared<const std::vector<Value>>(std::move(items))};
    }
};

/// Bytes that a tensor takes besides its elements, about: alignment and padding of its buffer, the
/// object, its counter and its dimensions.
inline constexpr std::uint64_t TENSOR_OVERHEAD = 448;

/// Sequence elements above which no sequence grows (inference.md §8).
inline constexpr std::size_t MAX_SEQUENCE = 1'000'000;

} // namespace assay::runtime
