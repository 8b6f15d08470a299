// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/model.hpp"

#include "core/onnx/proto.hpp"
#include "core/runtime/lowering.hpp"
#include "core/runtime/widen.hpp"

#include <cstring>
#include <utility>
#include <variant>
#include <vector>

namespace assay::runtime {
namespace {

using onnx::NO_VALUE;
using onnx::Node;
using onnx::Op;
using onnx::ValueId;

/// Below it what could be given back is not worth making a plan twice.
constexpr std::size_t LARGE_WEIGHTS = std::size_t{1} << 20;
/// Smallest weights that are given back.
constexpr std::size_t MIN_RELEASED = std::size_t{1} << 16;
/// Fewest outputs of a product whose weights are given back. XNNPACK's kernels for fewer leave out
/// products with a weight of zero, which is wrong for infinity: those run on own kernels then.
constexpr std::int64_t MIN_OUTPUTS = 8;

bool is_product(Op op) noexcept {
    return op == Op::conv || op == Op::gemm || op == Op::matmul;
}

/// Whether XNNPACK packs the node's second operand so that NaN and infinity go through it.
bool packs_weights(const NodeView& view) noexcept {
    const onnx::ValueShape& weights = view.input(1);
    if (weights.constant == nullptr || weights.type != onnx::ElementType::float32) {
        return false;
    }
    if (view.node.op == Op::conv) {
        const ConvForm form{view, 1};
        return !form.is_depthwise && form.filters / form.groups >= MIN_OUTPUTS;
    }
    if (view.node.op == Op::gemm) {
        return weights.dims[view.node.attributes.integer("transB", 0) != 0 ? 0 : 1] >= MIN_OUTPUTS;
    }
    return view.node.op == Op::matmul && weights.dims.size() == 2 && weights.dims[1] >= MIN_OUTPUTS;
}

std::vector<int> count_readers(const onnx::Graph& graph) noexcept {
    std::vector<int> readers(graph.values.size());
    for (const Node& node : graph.nodes) {
        for (const auto& ids : {std::span{node.inputs}, std::span{node.captures}}) {
            for (const ValueId id : ids) {
                if (id != NO_VALUE) {
                    ++readers[id];
                }
            }
        }
    }
    for (const ValueId id : graph.outputs) {
        ++readers[id];
    }
    return readers;
}

/// Whether no element has all bits of the exponent.
template <typename Bits>
bool is_nowhere(Bits exponent, std::span<const std::uint8_t> elements) noexcept {
    bool found = false;
    for (std::size_t i = 0; i + sizeof(Bits) <= elements.size(); i += sizeof(Bits)) {
        Bits bits = 0;
        std::memcpy(&bits, elements.data() + i, sizeof bits);
        found |= (bits & exponent) == exponent;
    }
    return !found;
}

} // namespace

bool all_finite(onnx::ElementType type, std::span<const std::uint8_t> elements) noexcept {
    switch (type) {
    case onnx::ElementType::float16:
        return is_nowhere(std::uint16_t{0x7c00}, elements);
    case onnx::ElementType::bfloat16:
        return is_nowhere(std::uint16_t{0x7f80}, elements);
    case onnx::ElementType::float32:
        return is_nowhere(std::uint32_t{0x7f80'0000}, elements);
    case onnx::ElementType::float64:
        return is_nowhere(std::uint64_t{0x7ff0'0000'0000'0000}, elements);
    default:
        return true;
    }
}

Result<std::shared_ptr<Model>> Model::load(onnx::Buffer bytes,
                                           const onnx::Limits& limits) noexcept {
    std::shared_ptr<Model> model{new Model};
    model->bytes_ = std::move(bytes);
    const std::span<std::uint8_t> all{model->bytes_.data(), model->bytes_.size()};
    const Result<onnx::ModelProto> proto = onnx::parse_model(all, limits);
    if (!proto) {
        return proto.error();
    }
    Result<onnx::Graph> graph = onnx::build_graph(*proto, limits, all);
    if (!graph) {
        return graph.error();
    }
    model->graph_ = *std::move(graph);
    if (const Result<void> done = widen(model->graph_, limits.memory_bytes); !done) {
        return done.error();
    }
    model->note_constants();
    return model;
}

void Model::note_constants() noexcept {
    bool any_in_place = false;
    onnx::each_constant(graph_, [&](const onnx::Tensor& tensor) noexcept {
        constant_bytes_ += tensor.elements.size();
        any_in_place = any_in_place || tensor.elements.is_view();
        constants_are_finite_ =
            constants_are_finite_ &&
            all_finite(tensor.type, {tensor.elements.data(), tensor.elements.size()});
    });
    if (!any_in_place) {
        bytes_ = {};
    }
}

bool Model::has_large_weights() const noexcept {
    std::size_t total = 0;
    for (const Node& node : graph_.nodes) {
        if (is_product(node.op)) {
            const onnx::Tensor* weights = graph_.values[node.inputs[1]].constant.get();
            total += weights != nullptr && weights->type == onnx::ElementType::float32
                         ? weights->elements.size()
                         : 0;
        }
    }
    return total >= LARGE_WEIGHTS;
}

void Model::release(const Plan& plan) noexcept {
    is_settled_ = true;
    if (!graph_.overridable.empty()) {
        return; // a feed in the place of a constant may leave the model without a plan
    }
    const std::vector<int> readers = count_readers(graph_);
    const std::span<const onnx::ValueShape> values = plan.specialization().values;
    for (const Step& step : plan.steps()) {
        const auto* xnn = std::get_if<XnnStep>(&step);
        if (xnn == nullptr) {
            continue;
        }
        for (const Node* node : xnn->nodes) {
            if (!is_product(node->op)) {
                continue;
            }
            const ValueId id = node->inputs[1];
            onnx::Tensor* const weights =
                id < graph_.values.size() ? graph_.values[id].constant.get() : nullptr;
            if (weights != nullptr && readers[id] == 1 && values[id].constant == weights &&
                weights->elements.size() >= MIN_RELEASED &&
                packs_weights(NodeView{*node, values})) {
                weights->elements = {};
                is_released_ = true;
            }
        }
    }
    compact();
}

/// Copies constants out of the file when few are left in it.
void Model::compact() noexcept {
    constexpr std::size_t MOST_LEFT = 4; // a quarter
    std::size_t left = 0;
    for (const onnx::Value& value : graph_.values) {
        if (value.constant != nullptr && value.constant->elements.is_view()) {
            left += value.constant->elements.size();
        }
    }
    if (left > bytes_.size() / MOST_LEFT) {
        return;
    }
    for (const onnx::Value& value : graph_.values) {
        if (value.constant == nullptr || !value.constant->elements.is_view() ||
            value.constant->is_released()) {
            continue;
        }
        const onnx::Buffer& old = value.constant->elements;
        Result<onnx::Buffer> copy = onnx::Buffer::allocate(old.size());
        if (!copy) {
            return; // the file stays
        }
        std::memcpy(copy->data(), old.data(), old.size());
        value.constant->elements = *std::move(copy);
    }
    bytes_ = {};
}

} // namespace assay::runtime
