// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Our own kernels: plain loops, right for every legal use of an operator. They run what XNNPACK has
// no form for, fold constants, and are the reference that the XNNPACK path is tested against.
#pragma once

#include "core/onnx/graph.hpp"
#include "core/onnx/types.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::runtime {

/// Elements that someone else owns. `data` is null for an input that is left out.
struct TensorRef {
    onnx::ElementType type = onnx::ElementType::undefined;
    std::span<const std::int64_t> dims;
    std::uint8_t* data = nullptr;

    [[nodiscard]] std::size_t count() const noexcept {
        std::size_t product = 1;
        for (const std::int64_t dim : dims) {
            product *= static_cast<std::size_t>(dim);
        }
        return product;
    }
    template <typename T>
    [[nodiscard]] T* as() const noexcept {
        return reinterpret_cast<T*>(data);
    }
};

/// One call: shapes and types have passed the operator's shape rule, outputs do not overlap inputs.
struct KernelCall {
    const onnx::Node& node;
    std::span<const TensorRef> inputs;
    std::span<const TensorRef> outputs;

    [[nodiscard]] bool has_input(std::size_t index) const noexcept {
        return index < inputs.size() && inputs[index].data != nullptr;
    }
    [[nodiscard]] bool has_output(std::size_t index) const noexcept {
        return index < outputs.size() && outputs[index].data != nullptr;
    }
};

/// Allocates nothing and cannot fail.
using Kernel = void (*)(const KernelCall&) noexcept;

void run_batch_normalization(const KernelCall& call) noexcept;
void run_gemm(const KernelCall& call) noexcept;
void run_conv(const KernelCall& call) noexcept;
void run_max_pool(const KernelCall& call) noexcept;
void run_average_pool(const KernelCall& call) noexcept;
void run_global_average_pool(const KernelCall& call) noexcept;
/// Identity, Reshape, Flatten: the same elements in the same order.
void run_copy(const KernelCall& call) noexcept;

} // namespace assay::runtime
