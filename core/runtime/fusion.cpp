// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/fusion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace assay::runtime {

using onnx::NO_VALUE;
using onnx::Node;
using onnx::Op;
using onnx::ValueId;

namespace {

/// Constants that fusion makes of a node are numbered after its outputs.
constexpr std::size_t NODE_OUTPUTS = std::size_t{1} << 30;

} // namespace

Fuser::Fuser(Specialization& specialization, const onnx::Graph& graph,
             std::span<const ValueId> outputs, Fusion fusion, FoldedConstants& known,
             std::uint64_t memory_bytes) noexcept
    : specialization_{specialization}, fusion_{fusion}, known_{known}, memory_bytes_{memory_bytes},
      readers_(specialization.values.size()), producers_(specialization.values.size()) {
    for (const Node& node : graph.nodes) {
        for (const ValueId id : node.outputs) {
            if (id != NO_VALUE) {
                producers_[id] = &node;
            }
        }
    }
    origins_ = producers_;
    for (const Node* node : specialization.live) {
        count_readers(*node, 1);
    }
    for (const ValueId id : outputs) {
        ++readers_[id];
    }
}

void Fuser::count_readers(const Node& node, int step) noexcept {
    for (const auto& ids : {std::span{node.inputs}, std::span{node.captures}}) {
        for (const ValueId id : ids) {
            if (id != NO_VALUE) {
                readers_[id] += step;
            }
        }
    }
}

const Node* Fuser::producer(ValueId id) const noexcept {
    return id == NO_VALUE ? nullptr : producers_[id];
}

const Node* Fuser::inner(ValueId id, Op op) const noexcept {
    const Node* node = producer(id);
    return node != nullptr && node->op == op && is_inner(id) ? node : nullptr;
}

std::optional<float> Fuser::scalar(ValueId id) const noexcept {
    const onnx::Tensor* tensor = constant(id);
    if (tensor == nullptr || tensor->type != onnx::ElementType::float32 || tensor->count() != 1) {
        return std::nullopt;
    }
    return tensor->as<float>()[0];
}

bool Fuser::is_about(ValueId id, double wanted) const noexcept {
    const std::optional<float> value = scalar(id);
    return value && std::abs(static_cast<double>(*value) - wanted) <= 1e-6 * std::abs(wanted);
}

float* Fuser::new_constant(onnx::Dims dims, ValueId& id) noexcept {
    const std::uint64_t taken = specialization_.folded_bytes;
    const std::uint64_t bytes =
        onnx::byte_count(onnx::ElementType::float32, dims).value_or(memory_bytes_);
    if (taken > memory_bytes_ || bytes > memory_bytes_ - taken) {
        return nullptr;
    }
    Result<onnx::Tensor> made = onnx::Tensor::make(onnx::ElementType::float32, dims);
    if (!made) {
        return nullptr;
    }
    auto tensor = std::make_shared<onnx::Tensor>(*std::move(made));
    float* elements = tensor->as<float>().data();
    id = add(std::move(tensor));
    return elements;
}

ValueId Fuser::add(std::shared_ptr<const onnx::Tensor> tensor) noexcept {
    const auto id = static_cast<ValueId>(specialization_.values.size());
    specialization_.folded_bytes += tensor->elements.size();
    specialization_.values.push_back(
        onnx::ValueShape{tensor->type, true, tensor->dims, tensor.get()});
    specialization_.lasting.push_back(0);
    specialization_.folded.push_back(std::move(tensor));
    readers_.push_back(0);
    producers_.push_back(nullptr);
    return id;
}

/// Whether these are constants for all shapes.
bool Fuser::last(std::span<const ValueId> ids) const noexcept {
    return std::all_of(ids.begin(), ids.end(), [this](ValueId id) {
        return id == NO_VALUE || specialization_.lasting[id] != 0;
    });
}

ValueId Fuser::known(const Node& node, std::size_t index, std::span<const ValueId> of) noexcept {
    std::shared_ptr<const onnx::Tensor> tensor =
        last(of) ? known_.find(node, NODE_OUTPUTS + index) : nullptr;
    if (tensor == nullptr) {
        return NO_VALUE;
    }
    const ValueId id = add(std::move(tensor));
    specialization_.lasting[id] = 1;
    return id;
}

void Fuser::keep(const Node& node, std::size_t index, std::span<const ValueId> made,
                 std::span<const ValueId> of) noexcept {
    if (!last(of)) {
        return;
    }
    for (std::size_t i = 0; i < made.size(); ++i) {
        const onnx::Tensor* tensor = constant(made[i]);
        const auto held =
            std::find_if(specialization_.folded.rbegin(), specialization_.folded.rend(),
                         [tensor](const auto& one) { return one.get() == tensor; });
        known_.keep(node, NODE_OUTPUTS + index + i, *held);
        specialization_.lasting[made[i]] = 1;
    }
}

void Fuser::replace(const Node& last, Op op, int version, std::vector<ValueId> inputs,
                    std::vector<onnx::Attribute> attributes) noexcept {
    auto node = std::make_unique<Node>(Node{op, version, last.label, std::move(inputs),
                                            last.outputs, onnx::Attributes{std::move(attributes)}});
    count_readers(*node, 1);
    count_readers(last, -1);
    for (const ValueId id : node->outputs) {
        if (id != NO_VALUE) {
            producers_[id] = node.get();
        }
    }
    specialization_.live[at_] = node.get();
    specialization_.fused.push_back(std::move(node));
}

void Fuser::run() noexcept {
    if (fusion_ == Fusion::released) {
        for (at_ = 0; at_ < specialization_.live.size(); ++at_) {
            (void) fuse_bias(*this, *specialization_.live[at_]);
        }
        return;
    }
    constexpr std::array<Pattern, 10> PATTERNS = {
        fuse_byte_weights,        fuse_bias,
        fuse_batch_normalization, fuse_gelu,
        fuse_attention,           fuse_layer_normalization,
        fuse_attention_output,    fuse_integer_matmul,
        fuse_quantized,           fuse_pad,
    };
    for (at_ = 0; at_ < specialization_.live.size(); ++at_) {
        for (const Pattern pattern : PATTERNS) {
            if (pattern(*this, *specialization_.live[at_])) {
                break;
            }
        }
    }
}

void Fuser::run_winograd() noexcept {
    for (at_ = 0; at_ < specialization_.live.size(); ++at_) {
        (void) fuse_winograd(*this, *specialization_.live[at_]);
    }
}

onnx::Attribute real_attribute(const char* name, float value) noexcept {
    onnx::Attribute attribute;
    attribute.name = name;
    attribute.kind = onnx::AttributeKind::real;
    attribute.real = value;
    return attribute;
}

onnx::Attribute integer_attribute(const char* name, std::int64_t value) noexcept {
    onnx::Attribute attribute;
    attribute.name = name;
    attribute.kind = onnx::AttributeKind::integer;
    attribute.integer = value;
    return attribute;
}

ValueId optional_input(const Node& node, std::size_t index) noexcept {
    return index < node.inputs.size() ? node.inputs[index] : NO_VALUE;
}

bool read_bounds(const Fuser& fuser, const Node& node, float& low, float& high) noexcept {
    if (node.op == Op::relu) {
        low = 0;
        return true;
    }
    low = node.attributes.real("min", low);
    high = node.attributes.real("max", high);
    for (std::size_t i = 1; i < 3; ++i) {
        if (const ValueId id = optional_input(node, i); id != NO_VALUE) {
            if (!fuser.scalar(id)) {
                return false;
            }
            (i == 1 ? low : high) = *fuser.scalar(id);
        }
    }
    return low < high;
}

void drop_dead(Specialization& specialization, std::span<const ValueId> outputs) noexcept {
    std::vector<char> wanted(specialization.values.size());
    for (const ValueId id : outputs) {
        wanted[id] = 1;
    }
    std::vector<const Node*> kept;
    for (auto node = specialization.live.rbegin(); node != specialization.live.rend(); ++node) {
        const std::vector<ValueId>& results = (*node)->outputs;
        if (!std::any_of(results.begin(), results.end(),
                         [&wanted](ValueId id) { return id != NO_VALUE && wanted[id] != 0; })) {
            continue;
        }
        kept.push_back(*node);
        for (const auto& ids : {std::span{(*node)->inputs}, std::span{(*node)->captures}}) {
            for (const ValueId id : ids) {
                if (id != NO_VALUE) {
                    wanted[id] = 1;
                }
            }
        }
    }
    specialization.live.assign(kept.rbegin(), kept.rend());
    std::set<const onnx::Tensor*> used;
    for (std::size_t id = 0; id < wanted.size(); ++id) {
        if (wanted[id] != 0) {
            used.insert(specialization.values[id].constant);
        }
    }
    for (onnx::ValueShape& value : specialization.values) {
        if (!used.contains(value.constant)) {
            value.constant = nullptr;
        }
    }
    std::erase_if(specialization.folded,
                  [&used](const auto& tensor) { return !used.contains(tensor.get()); });
    specialization.folded_bytes = 0;
    for (const std::shared_ptr<const onnx::Tensor>& tensor : specialization.folded) {
        specialization.folded_bytes += tensor->elements.size();
    }
}

void fuse(Specialization& specialization, const onnx::Graph& graph,
          std::span<const ValueId> outputs, Fusion fusion, FoldedConstants& known,
          std::uint64_t memory_bytes) noexcept {
    Fuser fuser{specialization, graph, outputs, fusion, known, memory_bytes};
    fuser.run();
    drop_dead(specialization, outputs);
    if (fusion == Fusion::everything) {
        fuser.run_winograd();
        drop_dead(specialization, outputs);
    }
    known.prune();
}

} // namespace assay::runtime
