// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Patterns of floats.
#include "core/runtime/fusion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace assay::runtime {
namespace {

using onnx::NO_VALUE;
using onnx::Node;
using onnx::Op;
using onnx::ValueId;

constexpr int LAYER_NORMALIZATION_VERSION = 17;
constexpr int GELU_VERSION = 20;

/// Whether a constant is one value for each of @p columns.
bool is_row(const Fuser& fuser, ValueId id, std::int64_t columns) noexcept {
    const onnx::Tensor* tensor = fuser.constant(id);
    return tensor != nullptr && tensor->type == onnx::ElementType::float32 &&
           !tensor->dims.empty() && tensor->dims.back() == columns &&
           static_cast<std::int64_t>(tensor->count()) == columns;
}

/// The factors of a product of up to four, written as nested Mul nodes.
void collect_factors(const Fuser& fuser, const Node& mul, std::vector<ValueId>& factors) noexcept {
    for (const ValueId id : mul.inputs) {
        const Node* part = fuser.inner(id, Op::mul);
        if (part != nullptr && factors.size() < 4) {
            collect_factors(fuser, *part, factors);
        } else {
            factors.push_back(id);
        }
    }
}

/// @return x of 1 + erf(x / √2), or NO_VALUE.
ValueId erf_operand(const Fuser& fuser, ValueId argument) noexcept {
    const Node* erf = fuser.inner(argument, Op::erf);
    if (erf == nullptr) {
        return NO_VALUE;
    }
    if (const Node* div = fuser.inner(erf->inputs[0], Op::div); div != nullptr) {
        return fuser.is_about(div->inputs[1], std::numbers::sqrt2) ? div->inputs[0] : NO_VALUE;
    }
    const Node* mul = fuser.inner(erf->inputs[0], Op::mul);
    if (mul == nullptr) {
        return NO_VALUE;
    }
    const std::size_t x = fuser.other_operand(
        *mul, [&fuser](ValueId id) { return fuser.is_about(id, 1 / std::numbers::sqrt2); });
    return x < 2 ? mul->inputs[x] : NO_VALUE;
}

/// @return x of 1 + tanh(√(2/π) (x + 0.044715 x³)), or NO_VALUE.
ValueId tanh_operand(const Fuser& fuser, ValueId argument) noexcept {
    const Node* tanh = fuser.inner(argument, Op::tanh);
    const Node* scaled = tanh == nullptr ? nullptr : fuser.inner(tanh->inputs[0], Op::mul);
    if (scaled == nullptr) {
        return NO_VALUE;
    }
    const std::size_t inside = fuser.other_operand(*scaled, [&fuser](ValueId id) {
        return fuser.is_about(id, std::sqrt(2 / std::numbers::pi));
    });
    const Node* sum = inside < 2 ? fuser.inner(scaled->inputs[inside], Op::add) : nullptr;
    for (std::size_t i = 0; sum != nullptr && i < 2; ++i) {
        const Node* cubic = fuser.inner(sum->inputs[1 - i], Op::mul);
        if (cubic == nullptr) {
            continue;
        }
        const std::size_t cube = fuser.other_operand(
            *cubic, [&fuser](ValueId id) { return fuser.is_about(id, 0.044715); });
        const Node* power = cube < 2 ? fuser.inner(cubic->inputs[cube], Op::pow) : nullptr;
        if (power != nullptr && power->inputs[0] == sum->inputs[i] &&
            fuser.is_about(power->inputs[1], 3)) {
            return sum->inputs[i];
        }
    }
    return NO_VALUE;
}

/// Mul or Add with a row at the end of a normalisation. @return the other operand.
ValueId without_row(const Fuser& fuser, const Node& node, ValueId& row) noexcept {
    const std::int64_t columns =
        fuser.value(node.outputs[0]).dims.empty() ? 0 : fuser.value(node.outputs[0]).dims.back();
    const std::size_t other =
        fuser.other_operand(node, [&](ValueId id) { return is_row(fuser, id, columns); });
    row = other < 2 ? node.inputs[1 - other] : NO_VALUE;
    return other < 2 ? node.inputs[other] : NO_VALUE;
}

/// Whether a ReduceMean is over the last axis alone and keeps it.
bool is_row_mean(const Fuser& fuser, const Node& mean) noexcept {
    const std::size_t rank = fuser.value(mean.inputs[0]).dims.size();
    onnx::Dims axes(mean.attributes.integers("axes").begin(),
                    mean.attributes.integers("axes").end());
    const onnx::Tensor* given = mean.inputs.size() > 1 ? fuser.constant(mean.inputs[1]) : nullptr;
    if (given != nullptr && given->type != onnx::ElementType::int64) {
        return false;
    }
    if (given != nullptr) {
        const auto list = given->as<std::int64_t>();
        axes.assign(list.begin(), list.end());
    }
    return mean.attributes.integer("keepdims", 1) != 0 && axes.size() == 1 && rank != 0 &&
           onnx::normalize_axis(axes[0], rank) == rank - 1;
}

/// @return the operand of √(mean(d²) + ε), and ε.
const Node* deviation(const Fuser& fuser, ValueId divisor, ValueId& distance,
                      float& epsilon) noexcept {
    const Node* root = fuser.inner(divisor, Op::sqrt);
    const Node* sum = root == nullptr ? nullptr : fuser.inner(root->inputs[0], Op::add);
    if (sum == nullptr) {
        return nullptr;
    }
    const std::size_t variance =
        fuser.other_operand(*sum, [&fuser](ValueId id) { return fuser.scalar(id).has_value(); });
    if (variance > 1) {
        return nullptr;
    }
    epsilon = *fuser.scalar(sum->inputs[1 - variance]);
    const Node* mean = fuser.inner(sum->inputs[variance], Op::reduce_mean);
    if (mean == nullptr || !is_row_mean(fuser, *mean)) {
        return nullptr;
    }
    if (const Node* power = fuser.inner(mean->inputs[0], Op::pow); power != nullptr) {
        distance = power->inputs[0];
        return fuser.is_about(power->inputs[1], 2) ? mean : nullptr;
    }
    const Node* square = fuser.inner(mean->inputs[0], Op::mul);
    distance = square == nullptr ? NO_VALUE : square->inputs[0];
    return square != nullptr && square->inputs[1] == distance ? mean : nullptr;
}

} // namespace

/// MatMul + one value a column: a third operand of MatMul.
bool fuse_bias(Fuser& fuser, const Node& last) noexcept {
    if (last.op != Op::add) {
        return false;
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const Node* product = fuser.inner(last.inputs[i], Op::matmul);
        if (product == nullptr || product->inputs.size() != 2) {
            continue;
        }
        const onnx::Tensor* b = fuser.constant(product->inputs[1]);
        const onnx::Dims& dims = fuser.value(last.inputs[i]).dims;
        const bool wanted =
            fuser.fusion() != Fusion::released || (b != nullptr && b->is_released());
        if (wanted && b != nullptr && b->type == onnx::ElementType::float32 &&
            b->dims.size() == 2 && dims.size() >= 2 && dims == fuser.value(last.outputs[0]).dims &&
            is_row(fuser, last.inputs[1 - i], b->dims[1])) {
            fuser.replace(last, Op::matmul, product->version,
                          {product->inputs[0], product->inputs[1], last.inputs[1 - i]}, {});
            return true;
        }
    }
    return false;
}

/// Conv, then scale and shift a channel: a Conv of other weights.
bool fuse_batch_normalization(Fuser& fuser, const Node& last) noexcept {
    const Node* conv =
        last.op == Op::batch_normalization ? fuser.inner(last.inputs[0], Op::conv) : nullptr;
    if (conv == nullptr || fuser.constant(conv->inputs[1]) == nullptr || last.outputs.size() != 1) {
        return false;
    }
    const ValueId old_bias = conv->inputs.size() > 2 ? conv->inputs[2] : NO_VALUE;
    for (std::size_t i = 1; i < 5; ++i) {
        if (fuser.constant(last.inputs[i]) == nullptr ||
            fuser.value(last.inputs[i]).type != onnx::ElementType::float32) {
            return false;
        }
    }
    const onnx::Tensor& weights = *fuser.constant(conv->inputs[1]);
    if (weights.type != onnx::ElementType::float32 || weights.is_released() ||
        (old_bias != NO_VALUE && fuser.constant(old_bias) == nullptr)) {
        return false;
    }
    const auto filters = static_cast<std::size_t>(weights.dims[0]);
    if (filters == 0) {
        return false;
    }
    const auto attributes = conv->attributes.items();
    const std::array<ValueId, 6> of = {conv->inputs[1], old_bias,       last.inputs[1],
                                       last.inputs[2],  last.inputs[3], last.inputs[4]};
    ValueId new_weights = fuser.known(last, 0, of);
    ValueId new_bias = fuser.known(last, 1, of);
    if (new_weights != NO_VALUE && new_bias != NO_VALUE) {
        fuser.replace(last, Op::conv, conv->version, {conv->inputs[0], new_weights, new_bias},
                      {attributes.begin(), attributes.end()});
        return true;
    }
    float* w = fuser.new_constant(weights.dims, new_weights);
    float* b = fuser.new_constant({weights.dims[0]}, new_bias);
    if (w == nullptr || b == nullptr) {
        return false;
    }
    const auto epsilon = static_cast<double>(last.attributes.real("epsilon", 1e-5F));
    const auto parameter = [&](std::size_t input, std::size_t channel) noexcept {
        return static_cast<double>(fuser.constant(last.inputs[input])->as<float>()[channel]);
    };
    const std::size_t each = static_cast<std::size_t>(weights.count()) / filters;
    for (std::size_t o = 0; o < filters; ++o) {
        const double factor = parameter(1, o) / std::sqrt(parameter(4, o) + epsilon);
        const double before = old_bias == NO_VALUE
                                  ? 0.0
                                  : static_cast<double>(fuser.constant(old_bias)->as<float>()[o]);
        b[o] = static_cast<float>(parameter(2, o) + (before - parameter(3, o)) * factor);
        for (std::size_t k = 0; k < each; ++k) {
            const auto old = static_cast<double>(weights.as<float>()[o * each + k]);
            w[o * each + k] = static_cast<float>(old * factor);
        }
    }
    const std::array<ValueId, 2> made = {new_weights, new_bias};
    fuser.keep(last, 0, made, of);
    fuser.replace(last, Op::conv, conv->version, {conv->inputs[0], new_weights, new_bias},
                  {attributes.begin(), attributes.end()});
    return true;
}

/// ½ x (1 + erf(x/√2)), or the same by tanh.
bool fuse_gelu(Fuser& fuser, const Node& last) noexcept {
    if (last.op != Op::mul || fuser.value(last.outputs[0]).type != onnx::ElementType::float32) {
        return false;
    }
    std::vector<ValueId> factors;
    collect_factors(fuser, last, factors);
    if (factors.size() != 3) {
        return false;
    }
    for (std::size_t i = 0; i < 3; ++i) {
        const Node* sum = fuser.inner(factors[i], Op::add);
        const std::size_t inside =
            sum == nullptr
                ? 2
                : fuser.other_operand(*sum, [&fuser](ValueId id) { return fuser.is_about(id, 1); });
        if (inside > 1) {
            continue;
        }
        ValueId x = erf_operand(fuser, sum->inputs[inside]);
        const bool by_tanh = x == NO_VALUE;
        x = by_tanh ? tanh_operand(fuser, sum->inputs[inside]) : x;
        for (std::size_t k = 0; x != NO_VALUE && k < 3; ++k) {
            const std::size_t half = 3 - i - k;
            if (k != i && factors[k] == x && half < 3 && fuser.is_about(factors[half], 0.5) &&
                fuser.value(x).dims == fuser.value(last.outputs[0]).dims) {
                onnx::Attribute kind;
                kind.name = "approximate";
                kind.kind = onnx::AttributeKind::string;
                kind.string = by_tanh ? "tanh" : "none";
                fuser.replace(last, Op::gelu, GELU_VERSION, {x}, {kind});
                return true;
            }
        }
    }
    return false;
}

/// (x − mean) / √(mean((x − mean)²) + ε) · scale + shift over the last axis.
bool fuse_layer_normalization(Fuser& fuser, const Node& last) noexcept {
    if (last.op != Op::add || fuser.value(last.outputs[0]).type != onnx::ElementType::float32) {
        return false;
    }
    ValueId shift = NO_VALUE;
    ValueId scale = NO_VALUE;
    const Node* mul = fuser.inner(without_row(fuser, last, shift), Op::mul);
    const Node* div =
        mul == nullptr ? nullptr : fuser.inner(without_row(fuser, *mul, scale), Op::div);
    ValueId distance = NO_VALUE;
    float epsilon = 0;
    if (div == nullptr || deviation(fuser, div->inputs[1], distance, epsilon) == nullptr ||
        distance != div->inputs[0]) {
        return false;
    }
    // Exporters may subtract twice: once for the variance. Other readers of the distance are seen
    // by drop_dead.
    const Node* sub = fuser.producer(distance);
    const Node* mean =
        sub != nullptr && sub->op == Op::sub ? fuser.producer(sub->inputs[1]) : nullptr;
    if (mean == nullptr || mean->op != Op::reduce_mean || mean->inputs[0] != sub->inputs[0] ||
        !is_row_mean(fuser, *mean)) {
        return false;
    }
    // Broadcasting goes both ways in the pattern, and only to x in the operator.
    const onnx::ValueShape& x = fuser.value(sub->inputs[0]);
    const auto fits = [&](ValueId row) {
        const onnx::Dims& dims = fuser.value(row).dims;
        return !dims.empty() && dims.back() == x.dims.back() &&
               onnx::element_count(dims) == static_cast<std::uint64_t>(dims.back());
    };
    if (fuser.value(last.outputs[0]).dims != x.dims || !fits(scale) || !fits(shift)) {
        return false;
    }
    fuser.replace(last, Op::layer_normalization, LAYER_NORMALIZATION_VERSION,
                  {sub->inputs[0], scale, shift},
                  {integer_attribute("axis", -1), real_attribute("epsilon", epsilon)});
    return true;
}

} // namespace assay::runtime
