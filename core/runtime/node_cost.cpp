// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/node_cost.hpp"

#include <optional>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::Op;

class Costs {
public:
    Costs(const onnx::Node& node, std::span<const onnx::ValueShape> values) noexcept
        : node_{node}, values_{values} {}

    /// Dimensions of an operand; none when it is left out or open.
    [[nodiscard]] Dims in(std::size_t index) const noexcept { return of(node_.inputs, index); }
    [[nodiscard]] Dims out() const noexcept { return of(node_.outputs, 0); }

private:
    [[nodiscard]] Dims of(std::span<const onnx::ValueId> ids, std::size_t index) const noexcept {
        if (index >= ids.size() || ids[index] == onnx::NO_VALUE ||
            !values_[ids[index]].is_bound()) {
            return {};
        }
        return values_[ids[index]].dims;
    }

    const onnx::Node& node_;
    std::span<const onnx::ValueShape> values_;
};

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
    const Costs costs{node, values};
    switch (node.op) {
    case Op::conv:
    case Op::conv_integer:
    case Op::deform_conv:
        return window(costs.out(), costs.in(1));
    case Op::winograd_conv: // those of the convolution that it stands for
        return count(costs.out()) * static_cast<std::uint64_t>(costs.in(0)[1]) * 9;
    case Op::qlinear_conv:
        return window(costs.out(), costs.in(3));
    case Op::conv_transpose:
        return window(costs.in(0), costs.in(1));
    case Op::gemm: {
        const Dims a = costs.in(0);
        const bool transposed = node.attributes.integer("transA", 0) != 0;
        return a.size() != 2
                   ? 0
                   : count(costs.out()) * static_cast<std::uint64_t>(a[transposed ? 0 : 1]);
    }
    case Op::matmul:
    case Op::matmul_integer:
    case Op::matmul_nbits:
    case Op::qlinear_matmul:
        return costs.out().empty() ? count(costs.in(0)) : times_last(costs.out(), costs.in(0));
    case Op::lstm:
    case Op::gru:
    case Op::rnn:
        return recurrent(costs.in(0), costs.in(1), costs.in(2));
    case Op::attention: {
        const Dims keys = costs.in(1);
        return keys.size() < 3 ? 0
                               : (count(costs.in(0)) + count(costs.out())) *
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
