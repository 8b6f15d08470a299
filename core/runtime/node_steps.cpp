// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The numbers are nanoseconds as measured, of data that takes an operator long.
#include "core/runtime/node_steps.hpp"

#include "core/onnx/opset.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/node_cost.hpp"
#include "core/runtime/working_memory.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::Op;

/// Steps that take no longer than the node itself.
constexpr double FEW = 512;

// For each element read or written.
constexpr double MOVED = 2;    ///< or added, compared
constexpr double COMPUTED = 4; ///< with branches that cannot be foreseen
constexpr double PLACED = 12;  ///< to or from anywhere in memory, or in a small float
constexpr double TRANSCENDENTAL = 20;
constexpr double TRIGONOMETRIC = 40; ///< a large angle is reduced in many digits
constexpr double SORTED = 4;         ///< for each bit of the length
constexpr double TEXT = 400;
constexpr double FORMATTED = 16'000; ///< a float as a text
constexpr double PARSED = 1200;      ///< and back
constexpr double TEXT_BYTE = 8;
constexpr double TEXT_COMPARED = 0.25; ///< a byte

// For each of the others.
constexpr double LIST_ITEM = 32; ///< of an attribute that is made ready in every call
constexpr double OPERAND = 32;
constexpr double WINDOW_PRODUCT = 6;
constexpr double DEFORMED_PRODUCT = 24;
constexpr double GATE = 30;

/// What a node read and wrote.
struct Call {
    const onnx::Node& node;
    std::span<const TensorRef> inputs;
    std::span<const Value> results;

    [[nodiscard]] double count(std::size_t index) const noexcept {
        return index < inputs.size() && inputs[index].type != ElementType::undefined
                   ? static_cast<double>(inputs[index].count())
                   : 0;
    }
    [[nodiscard]] double dim(std::size_t index, std::size_t axis) const noexcept {
        return index < inputs.size() && axis < inputs[index].dims.size()
                   ? static_cast<double>(inputs[index].dims[axis])
                   : 0;
    }
    [[nodiscard]] double read() const noexcept {
        double sum = 0;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            sum += count(i);
        }
        return sum;
    }
    [[nodiscard]] double written() const noexcept {
        double sum = 0;
        for (const Value& result : results) {
            sum += result.kind == Value::Kind::tensor ? static_cast<double>(result.tensor->count())
                                                      : 0;
        }
        return sum;
    }
    /// The first result, null when it is no tensor.
    [[nodiscard]] const onnx::Tensor* result() const noexcept {
        return results.empty() || results[0].kind != Value::Kind::tensor ? nullptr
                                                                         : results[0].tensor.get();
    }
    [[nodiscard]] double list(std::string_view name) const noexcept {
        return static_cast<double>(
            std::max(node.attributes.integers(name).size(), node.attributes.reals(name).size()));
    }
};

double per_element(Op op) noexcept {
    switch (op) {
    case Op::add:
    case Op::cast:
    case Op::cast_like:
    case Op::concat:
    case Op::div:
    case Op::dropout:
    case Op::flatten:
    case Op::gather:
    case Op::gather_elements:
    case Op::gather_nd:
    case Op::gemm:
    case Op::greater:
    case Op::greater_or_equal:
    case Op::identity:
    case Op::less:
    case Op::less_or_equal:
    case Op::matmul:
    case Op::mul:
    case Op::neg:
    case Op::reshape:
    case Op::scatter:
    case Op::scatter_elements:
    case Op::scatter_nd:
    case Op::shape:
    case Op::size:
    case Op::slice:
    case Op::split:
    case Op::split_to_sequence:
    case Op::squeeze:
    case Op::sub:
    case Op::unsqueeze:
    case Op::where:
        return MOVED;
    case Op::affine_grid:
    case Op::center_crop_pad:
    case Op::col2im:
    case Op::dequantize_linear:
    case Op::det:
    case Op::layer_normalization:
    case Op::max_unpool:
    case Op::mean_variance_normalization:
    case Op::one_hot:
    case Op::pad:
    case Op::quantize_linear:
    case Op::reduce_l1: // of short rows
    case Op::reduce_l2:
    case Op::reduce_log_sum:
    case Op::reduce_max:
    case Op::reduce_mean:
    case Op::reduce_min:
    case Op::reduce_prod:
    case Op::reduce_sum:
    case Op::reduce_sum_square:
    case Op::tile:
        return PLACED;
    case Op::acos:
    case Op::acosh:
    case Op::asin:
    case Op::asinh:
    case Op::atan:
    case Op::atanh:
    case Op::blackman_window:
    case Op::celu:
    case Op::cosh:
    case Op::elu:
    case Op::erf:
    case Op::exp:
    case Op::gelu:
    case Op::global_lp_pool:
    case Op::hamming_window:
    case Op::hann_window:
    case Op::log:
    case Op::log_softmax:
    case Op::lrn:
    case Op::mish:
    case Op::non_max_suppression:
    case Op::pow:
    case Op::reduce_log_sum_exp:
    case Op::selu:
    case Op::sigmoid:
    case Op::sinh:
    case Op::softmax:
    case Op::softmax_cross_entropy_loss:
    case Op::softplus:
    case Op::swish:
    case Op::tanh:
        return TRANSCENDENTAL;
    case Op::cos:
    case Op::sin:
    case Op::tan:
        return TRIGONOMETRIC;
    case Op::zip_map: // an entry of a map
        return TEXT;
    default:
        return COMPUTED;
    }
}

bool reads_texts(Op op) noexcept {
    switch (op) {
    case Op::cast:
    case Op::cast_like:
    case Op::equal:
    case Op::label_encoder:
    case Op::one_hot_encoder:
    case Op::string_concat:
    case Op::string_normalizer:
    case Op::string_split:
    case Op::tfidf_vectorizer:
    case Op::unique:
        return true;
    default:
        return false;
    }
}

double bytes_of(std::span<const std::string> texts) noexcept {
    double bytes = 0;
    for (const std::string& text : texts) {
        bytes += static_cast<double>(text.size());
    }
    return bytes;
}

/// What strings cost beyond their count.
double text_steps(const Call& call) noexcept {
    const Op op = call.node.op;
    double texts = 0;
    double bytes = 0;
    for (const TensorRef& operand : call.inputs) {
        if (operand.type == ElementType::string) {
            texts += static_cast<double>(operand.count());
            bytes += static_cast<double>(
                onnx::StringPool::bytes_of({operand.as<std::uint64_t>(), operand.count()}));
        }
    }
    if (op == Op::equal) { // makes none
        return TEXT_COMPARED * bytes;
    }
    const bool from_text = texts != 0;
    const onnx::Tensor* result = call.result();
    const ElementType to = result == nullptr ? ElementType::undefined : result->type;
    const bool to_text = to == ElementType::string;
    if (to_text) {
        texts += static_cast<double>(result->count());
        bytes += static_cast<double>(onnx::StringPool::bytes_of(
            {reinterpret_cast<const std::uint64_t*>(result->elements.data()),
             static_cast<std::size_t>(result->count())}));
    }
    const bool casts = op == Op::cast || op == Op::cast_like;
    const double each = !casts || from_text == to_text             ? TEXT
                        : to_text && is_float(call.inputs[0].type) ? FORMATTED
                        : from_text && is_float(to)                ? PARSED
                                                                   : TEXT;
    // Every text is compared with every stopword, which is made lower case for it.
    const auto stopwords = call.node.attributes.strings("stopwords");
    const double looks = 1 + static_cast<double>(stopwords.size());
    return texts == 0
               ? 0
               : each * texts + TEXT_BYTE * (looks * (bytes + texts) + texts * bytes_of(stopwords));
}

/// Products of a window, a matrix or a recurrent net.
double product_steps(const Call& call) noexcept {
    std::vector<Dims> dims;
    for (const TensorRef& operand : call.inputs) {
        dims.emplace_back(operand.dims.begin(), operand.dims.end());
    }
    const onnx::Tensor* result = call.result();
    const auto products = static_cast<double>(
        multiply_accumulates(call.node, dims, result == nullptr ? Dims{} : result->dims));
    switch (call.node.op) {
    case Op::conv:
    case Op::conv_integer:
    case Op::conv_transpose:
    case Op::qlinear_conv:
        return WINDOW_PRODUCT * products;
    case Op::deform_conv:
        return DEFORMED_PRODUCT * products;
    case Op::gru:
    case Op::lstm:
    case Op::rnn: // gates of every direction for each row of each step
        return products + GATE * call.dim(0, 0) * call.dim(0, 1) * call.dim(1, 0) * call.dim(1, 1);
    default:
        return products;
    }
}

double sample_steps(const Call& call) noexcept {
    const std::string_view mode = call.node.attributes.string("mode", "linear");
    const double reach = mode.ends_with("cubic") ? 4 : mode == "nearest" ? 1 : 2;
    const auto axes = static_cast<double>(call.inputs[0].dims.size()) - 2;
    return (30 + 10 * std::pow(reach, axes)) * call.written();
}

/// An axis has its own weights for each of its places, antialiased ones from all elements.
double resize_steps(const Call& call) noexcept {
    const std::string_view mode =
        call.node.attributes.string("coordinate_transformation_mode", "half_pixel");
    double steps = mode == "tf_crop_and_resize" ? PLACED * call.written() : 0;
    for (std::size_t i = 0; call.result() != nullptr && i < call.inputs[0].dims.size(); ++i) {
        steps += 150 * static_cast<double>(call.result()->dims[i]) + 80 * call.dim(0, i);
    }
    return steps;
}

/// Models of ai.onnx.ml, whose numbers are in attributes.
double learned_steps(const Call& call) noexcept {
    const double rows = call.inputs[0].dims.size() < 2 ? 1 : call.dim(0, 0);
    switch (call.node.op) {
    case Op::linear_classifier:
    case Op::linear_regressor:
        return rows * call.list("coefficients");
    case Op::svm_classifier:
    case Op::svm_regressor:
        return rows * (4 * call.list("support_vectors") + 20 * call.list("coefficients"));
    case Op::tree_ensemble:
    case Op::tree_ensemble_classifier:
    case Op::tree_ensemble_regressor: // a tree may be a chain
        return rows * 8 * call.list("nodes_featureids");
    default:
        return 0;
    }
}

/// What an operator does besides looking at each element once.
double own_steps(const Call& call) noexcept {
    switch (call.node.op) {
    case Op::attention:
    case Op::conv:
    case Op::conv_integer:
    case Op::conv_transpose:
    case Op::deform_conv:
    case Op::gemm:
    case Op::gru:
    case Op::lstm:
    case Op::matmul:
    case Op::matmul_integer:
    case Op::matmul_nbits:
    case Op::qlinear_conv:
    case Op::qlinear_matmul:
    case Op::rnn:
        return product_steps(call);
    case Op::det:
        return call.count(0) * static_cast<double>(call.inputs[0].dims.back());
    case Op::gather:
    case Op::gather_elements:
    case Op::gather_nd:
    case Op::scatter:
    case Op::scatter_elements:
    case Op::scatter_nd:
        return PLACED * call.count(1);
    case Op::grid_sample:
        return sample_steps(call);
    case Op::lrn: // a power, and a square for each channel around
        return 0.25 * call.count(0) *
               std::min(static_cast<double>(call.node.attributes.integer("size", 1)),
                        call.dim(0, 1));
    case Op::mod: { // a bit of the quotient after the other
        const bool in_float = is_float(call.inputs[0].type);
        const bool is_wide = call.inputs[0].type == ElementType::float64;
        return (in_float ? is_wide ? 3000 : 400 : 0) * call.written();
    }
    case Op::resize:
    case Op::upsample:
        return resize_steps(call);
    case Op::top_k:
        return SORTED * std::log2(call.written() + 2) * (call.read() + call.written());
    case Op::unique: // a tree of them
        return 3 * SORTED * std::log2(call.read() + 2) * (call.read() + call.written());
    default:
        return learned_steps(call);
    }
}

/// Operators that look at few elements of their first operand, or at none.
bool reads_part(Op op) noexcept {
    switch (op) {
    case Op::gather:
    case Op::gather_elements:
    case Op::gather_nd:
    case Op::shape:
    case Op::size:
    case Op::slice:
        return true;
    default:
        return false;
    }
}

/// Whether elements are read from small floats, and written to them, one by one.
bool converts(const Call& call) noexcept {
    const auto is_small = [](const TensorRef& operand) { return is_small_float(operand.type); };
    const bool to_small = call.result() != nullptr && is_small_float(call.result()->type);
    return (to_small || std::any_of(call.inputs.begin(), call.inputs.end(), is_small)) &&
           working_bytes(call.node, call.inputs, {}) != 0;
}

} // namespace

double elementary_steps(const onnx::Node& node, std::span<const TensorRef> inputs,
                        std::span<const Value> results) noexcept {
    const Call call{node, inputs, results};
    const double touched = call.read() - (reads_part(node.op) ? call.count(0) : 0) + call.written();
    double steps = OPERAND * static_cast<double>(inputs.size() + results.size());
    const double each = per_element(node.op);
    steps += touched * (each < PLACED && converts(call) ? PLACED : each);
    if (reads_texts(node.op)) {
        steps += text_steps(call);
    }
    const bool reads_lists =
        onnx::schema(node.op).domain == onnx::Domain::ML || node.op == Op::tfidf_vectorizer;
    for (const onnx::Attribute& attribute : node.attributes.items()) {
        if (reads_lists) {
            steps +=
                LIST_ITEM * static_cast<double>(attribute.reals.size() + attribute.integers.size() +
                                                attribute.strings.size());
        }
        steps += TEXT_BYTE *
                 (static_cast<double>(attribute.string.size()) + bytes_of(attribute.strings));
    }
    steps += inputs.empty() ? 0 : own_steps(call);
    return steps < FEW ? 0 : steps;
}

} // namespace assay::runtime
