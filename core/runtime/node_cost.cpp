// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/node_cost.hpp"

#include <algorithm>
#include <vector>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::Op;

/// Dimensions of an operand; none when it is left out or open.
const Dims& at(std::span<const Dims> inputs, std::size_t index) noexcept {
    static const Dims none;
    return index < inputs.size() ? inputs[index] : none;
}

std::uint64_t count(std::span<const std::int64_t> dims) noexcept {
    return dims.empty() ? 0 : onnx::element_count(dims).value_or(0);
}

/// Every element of @p moving meets the weights of one channel: those behind their first axis.
std::uint64_t window(const Dims& moving, const Dims& weights) noexcept {
    return weights.size() < 2 ? 0 : count(moving) * count(std::span{weights}.subspan(1));
}

std::uint64_t recurrent(const Dims& x, const Dims& w, const Dims& r) noexcept {
    return x.size() != 3 ? 0
                         : static_cast<std::uint64_t>(x[0]) * static_cast<std::uint64_t>(x[1]) *
                               (count(w) + count(r));
}

std::uint64_t times_last(const Dims& out, const Dims& left) noexcept {
    return left.empty() ? 0 : count(out) * static_cast<std::uint64_t>(left.back());
}

} // namespace

std::uint64_t multiply_accumulates(const onnx::Node& node,
                                   std::span<const onnx::ValueShape> values) noexcept {
    const auto dims = [values](onnx::ValueId id) {
        return id == onnx::NO_VALUE || !values[id].is_bound() ? Dims{} : values[id].dims;
    };
    std::vector<Dims> inputs(node.inputs.size());
    std::transform(node.inputs.begin(), node.inputs.end(), inputs.begin(), dims);
    return multiply_accumulates(node, inputs,
                                node.outputs.empty() ? Dims{} : dims(node.outputs[0]));
}

std::uint64_t multiply_accumulates(const onnx::Node& node, std::span<const Dims> inputs,
                                   const Dims& output) noexcept {
    const auto in = [inputs](std::size_t index) -> const Dims& { return at(inputs, index); };
    switch (node.op) {
    case Op::conv:
    case Op::conv_integer:
    case Op::deform_conv:
        return window(output, in(1));
    case Op::winograd_conv: // those of the convolution that it stands for
        return count(output) * static_cast<std::uint64_t>(in(0)[1]) * 9;
    case Op::qlinear_conv:
        return window(output, in(3));
    case Op::conv_transpose:
        return window(in(0), in(1));
    case Op::gemm: {
        const Dims a = in(0);
        const bool transposed = node.attributes.integer("transA", 0) != 0;
        return a.size() != 2 ? 0
                             : count(output) * static_cast<std::uint64_t>(a[transposed ? 0 : 1]);
    }
    case Op::matmul:
    case Op::matmul_integer:
    case Op::matmul_nbits:
    case Op::qlinear_matmul:
        return output.empty() ? count(in(0)) : times_last(output, in(0));
    case Op::lstm:
    case Op::gru:
    case Op::rnn:
        return recurrent(in(0), in(1), in(2));
    case Op::attention: {
        const Dims keys = in(1);
        return keys.size() < 3 ? 0
                               : (count(in(0)) + count(output)) *
                                     static_cast<std::uint64_t>(keys[keys.size() - 2]);
    }
    case Op::fused_attention: {
        const auto shape = node.attributes.integers("shape");
        return count(shape.first(4)) * static_cast<std::uint64_t>(shape[4] + shape[5]);
    }
    default:
        return 0;
    }
}

} // namespace assay::runtime
