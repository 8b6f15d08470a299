// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/lowering.hpp"

#include <bit>
#include <limits>

namespace assay::runtime {
namespace {

using onnx::ValueId;
using onnx::ValueShape;

constexpr float INFINITE = std::numeric_limits<float>::infinity();

/// Attributes of Gemm with their defaults.
struct GemmForm {
    explicit GemmForm(const onnx::Node& node) noexcept
        : trans_a{node.attributes.integer("transA", 0) != 0}, trans_b{node.attributes.integer(
                                                                          "transB", 0) != 0},
          alpha{node.attributes.real("alpha", 1)}, beta{node.attributes.real("beta", 1)} {}

    bool trans_a;
    bool trans_b;
    float alpha;
    float beta;
};

/// Whether C holds one value per column, or one for all: then it is a bias.
bool is_bias(std::span<const std::int64_t> dims) noexcept {
    return dims.size() < 2 || dims[0] == 1;
}

/// @return B · alpha as a constant of B's shape.
std::uint32_t scaled_constant(Lowering& lowering, ValueId id, float factor) noexcept {
    if (factor == 1) {
        return lowering.plain(id);
    }
    const ValueShape& shape = lowering.value(id);
    std::uint32_t defined = XNN_INVALID_VALUE_ID;
    float* to = lowering.new_constant(xnn_dims(shape.dims), Keep::while_packing, defined);
    if (to != nullptr) {
        lowering.name(to, id, SCALED | std::bit_cast<std::uint32_t>(factor));
        for (const float element : shape.constant->as<float>()) {
            *to++ = element * factor;
        }
    }
    return defined;
}

/// @return C · beta as one value per column.
std::uint32_t bias(Lowering& lowering, ValueId id, std::size_t columns, float beta) noexcept {
    const std::span<const float> from = lowering.value(id).constant->as<float>();
    std::uint32_t defined = XNN_INVALID_VALUE_ID;
    float* to = lowering.new_constant({columns}, Keep::while_packing, defined);
    lowering.name(to, id, SCALED | std::bit_cast<std::uint32_t>(beta));
    for (std::size_t i = 0; to != nullptr && i < columns; ++i) {
        to[i] = from[from.size() == 1 ? 0 : i] * beta;
    }
    return defined;
}

/// Multiplies by a scalar. @return @p from itself for a factor of 1.
std::uint32_t scale(Lowering& lowering, std::uint32_t from, const XnnDims& dims,
                    float factor) noexcept {
    if (factor == 1) {
        return from;
    }
    std::uint32_t scalar = XNN_INVALID_VALUE_ID;
    if (float* value = lowering.new_constant({1}, Keep::while_running, scalar); value != nullptr) {
        *value = factor;
    }
    const std::uint32_t to = lowering.temporary(dims);
    if (lowering.ok()) {
        lowering.check(xnn_define_binary(lowering.subgraph(), xnn_binary_multiply, nullptr, from,
                                         scalar, to, 0));
    }
    return to;
}

} // namespace

void lower_gemm(Lowering& lowering, const NodeView& view) noexcept {
    const GemmForm form{view.node};
    const XnnDims dims = xnn_dims(view.output(0).dims);
    std::uint32_t a = lowering.plain(view.node.inputs[0]);
    if (form.trans_a) {
        const XnnDims from = xnn_dims(view.input(0).dims);
        const std::uint32_t turned = lowering.temporary({from[1], from[0]});
        lowering.transpose(a, turned, {1, 0});
        a = turned;
    }
    const bool adds = view.has_input(2) && form.beta != 0;
    const bool fixed_b = view.input(1).constant != nullptr;
    const bool fused_bias =
        fixed_b && adds && view.input(2).constant != nullptr && is_bias(view.input(2).dims);
    const bool separate_add = adds && !fused_bias;

    std::uint32_t product = XNN_INVALID_VALUE_ID;
    if (fixed_b) {
        const std::uint32_t b = scaled_constant(lowering, view.node.inputs[1], form.alpha);
        const std::uint32_t c = fused_bias ? bias(lowering, view.node.inputs[2], dims[1], form.beta)
                                           : XNN_INVALID_VALUE_ID;
        product =
            separate_add ? lowering.temporary(dims) : lowering.define_plain(view.node.outputs[0]);
        if (lowering.ok()) {
            lowering.check(
                xnn_define_fully_connected(lowering.subgraph(), -INFINITE, INFINITE, a, b, c,
                                           product, form.trans_b ? 0 : XNN_FLAG_TRANSPOSE_WEIGHTS));
        }
    } else {
        const std::uint32_t b = lowering.plain(view.node.inputs[1]);
        a = scale(lowering, a, {dims[0], xnn_dims(view.input(0).dims)[form.trans_a ? 0 : 1]},
                  form.alpha);
        product =
            separate_add ? lowering.temporary(dims) : lowering.define_plain(view.node.outputs[0]);
        if (lowering.ok()) {
            lowering.check(xnn_define_batch_matrix_multiply(
                lowering.subgraph(), a, b, product, form.trans_b ? XNN_FLAG_TRANSPOSE_B : 0));
        }
    }
    if (separate_add) {
        const std::uint32_t c = scale(lowering, lowering.plain(view.node.inputs[2]),
                                      xnn_dims(view.input(2).dims), form.beta);
        const std::uint32_t out = lowering.define_plain(view.node.outputs[0]);
        if (lowering.ok()) {
            lowering.check(xnn_define_binary(lowering.subgraph(), xnn_binary_add, nullptr, product,
                                             c, out, 0));
        }
    }
}

bool has_matmul_form(const NodeView& view) noexcept {
    return view.input(0).dims.size() >= 2 && view.input(1).dims.size() >= 2;
}

/// Fusion gives MatMul a bias as a third operand.
void lower_matmul(Lowering& lowering, const NodeView& view) noexcept {
    const std::uint32_t a = lowering.plain(view.node.inputs[0]);
    const std::uint32_t b = lowering.plain(view.node.inputs[1]);
    std::uint32_t c = XNN_INVALID_VALUE_ID;
    if (view.has_input(2)) {
        c = bias(lowering, view.node.inputs[2], static_cast<std::size_t>(view.input(1).dims.back()),
                 1);
    }
    const std::uint32_t out = lowering.define_plain(view.node.outputs[0]);
    if (!lowering.ok()) {
        return;
    }
    if (view.input(1).constant != nullptr && view.input(1).dims.size() == 2) {
        lowering.check(xnn_define_fully_connected(lowering.subgraph(), -INFINITE, INFINITE, a, b, c,
                                                  out, XNN_FLAG_TRANSPOSE_WEIGHTS));
    } else {
        lowering.check(xnn_define_batch_matrix_multiply(lowering.subgraph(), a, b, out, 0));
    }
}

} // namespace assay::runtime
