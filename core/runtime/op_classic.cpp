// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Operators that have a shape rule of their own in core/onnx, which also takes open dimensions,
// and a kernel for float32; bfloat16 and float16 are computed as float32.
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <cstring>
#include <deque>

namespace assay::runtime {
namespace {

using onnx::ElementType;
using onnx::ShapeRule;
using onnx::ValueShape;

bool is_widened(ElementType type) noexcept {
    return type == ElementType::float16 || type == ElementType::bfloat16;
}

/// What the shape rule says, with @p widened types as float32.
bool infer(OpCall& call, ShapeRule rule, std::vector<ValueShape>& shapes, bool widened) noexcept {
    std::vector<ValueShape> known(call.input_count());
    std::vector<const ValueShape*> inputs(call.input_count());
    std::deque<onnx::Tensor> constants;
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (!call.has(i)) {
            continue;
        }
        const TensorRef& x = call.in(i);
        known[i] = ValueShape{widened && is_widened(x.type) ? ElementType::float32 : x.type, true,
                              onnx::Dims(x.dims.begin(), x.dims.end()), nullptr};
        // Only Reshape reads elements.
        if (x.data != nullptr && x.type == ElementType::int64) {
            Result<onnx::Tensor> copy = onnx::Tensor::make(x.type, known[i].dims);
            if (!copy) {
                call.fail(copy.error().code);
                return false;
            }
            std::memcpy(copy->elements.data(), x.data, copy->elements.size());
            known[i].constant = &constants.emplace_back(*std::move(copy));
        }
        inputs[i] = &known[i];
    }
    onnx::ShapeContext context{call.node(), call.phase(), inputs, shapes};
    if (const Result<void> done = rule(context); !done) {
        call.fail(done.error());
        return false;
    }
    return true;
}

constexpr double STEPS_PER_TAP = 6;

void compute_widened(const OpCall& call, Kernel kernel, std::span<const TensorRef> outputs) {
    std::deque<Reading<float>> readings;
    std::deque<Writing<float>> writings;
    std::vector<TensorRef> inputs(call.inputs().begin(), call.inputs().end());
    std::vector<TensorRef> results(outputs.begin(), outputs.end());
    for (TensorRef& input : inputs) {
        if (is_widened(input.type)) {
            const float* data = readings.emplace_back(input).data();
            input.type = ElementType::float32;
            input.data = reinterpret_cast<std::uint8_t*>(const_cast<float*>(data)); // only read
        }
    }
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (results[i].data != nullptr && is_widened(results[i].type)) {
            results[i].data =
                reinterpret_cast<std::uint8_t*>(writings.emplace_back(outputs[i]).data());
            results[i].type = ElementType::float32;
        }
    }
    kernel(KernelCall{call.node(), inputs, results});
}

/// A pooling window may be of any size, and each element of it is looked for. @return false after
/// it failed the call.
bool may_pool(OpCall& call, const TensorRef& y) noexcept {
    double steps = 0;
    if (call.op() == onnx::Op::max_pool || call.op() == onnx::Op::average_pool) {
        steps = STEPS_PER_TAP * static_cast<double>(y.count());
        for (const std::int64_t size : call.attributes().integers("kernel_shape")) {
            steps *= static_cast<double>(size);
        }
    }
    return call.spend(steps);
}

void run(OpCall& call, ShapeRule rule, Kernel kernel) noexcept {
    const bool widened = is_widened(call.in(0).type);
    std::vector<ValueShape> shapes(call.node().outputs.size());
    std::array<TensorRef, 5> outputs{};
    const std::size_t count = std::min(outputs.size(), shapes.size());
    if (call.planned()) {
        for (std::size_t i = 0; i < count; ++i) {
            outputs[i] = call.out(i, ElementType::undefined, {});
        }
    } else {
        if (!infer(call, rule, shapes, widened)) {
            return;
        }
        for (std::size_t i = 0; i < count; ++i) {
            const bool narrow = widened && shapes[i].type == ElementType::float32;
            if (shapes[i].has_rank) {
                outputs[i] = call.out(i, narrow ? call.in(0).type : shapes[i].type, shapes[i].dims);
            } else {
                call.unknown();
            }
        }
    }
    if (outputs[0].data == nullptr || !may_pool(call, outputs[0])) {
        return;
    }
    if (widened) {
        compute_widened(call, kernel, std::span{outputs}.first(count));
    } else {
        kernel(KernelCall{call.node(), call.inputs(), std::span{outputs}.first(count)});
    }
}

} // namespace

void op_average_pool(OpCall& call) noexcept {
    run(call, onnx::infer_pool, run_average_pool);
}
void op_max_pool(OpCall& call) noexcept {
    run(call, onnx::infer_pool, run_max_pool);
}
void op_batch_normalization(OpCall& call) noexcept {
    run(call, onnx::infer_batch_normalization, run_batch_normalization);
}
void op_conv(OpCall& call) noexcept {
    run(call, onnx::infer_conv, run_conv);
}
void op_flatten(OpCall& call) noexcept {
    run(call, onnx::infer_flatten, run_copy);
}
void op_gemm(OpCall& call) noexcept {
    run(call, onnx::infer_gemm, run_gemm);
}
void op_global_average_pool(OpCall& call) noexcept {
    run(call, onnx::infer_global_pool, run_global_average_pool);
}
void op_reshape(OpCall& call) noexcept {
    run(call, onnx::infer_reshape, run_copy);
}

void op_identity(OpCall& call) noexcept {
    if (call.by_node() && call.value(0).kind != Value::Kind::tensor) {
        return call.give(0, call.value(0));
    }
    run(call, onnx::infer_identity, run_copy);
}

} // namespace assay::runtime
