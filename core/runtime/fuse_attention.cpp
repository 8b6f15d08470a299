// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// softmax(Q · Kᵀ · scale + mask) · V as exporters write it (inference.md §3.3). The fused node
// reads the operands where they lie before heads were split off and turned, and writes its result
// where it belongs after: what Transpose and Reshape did around it are strides of the node.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/fast_attention.hpp"
#include "core/runtime/fusion.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::NO_VALUE;
using onnx::Node;
using onnx::Op;
using onnx::ValueId;

/// The scale comes after the product here: with extreme factors of the operands that would overflow
/// where the graph does not.
constexpr float LEAST_SCALE = 0x1p-24F;
constexpr float MOST_SCALE = 0x1p24F;

/// Batch, heads, rows, features; a tensor of lower rank has the last ones.
constexpr std::size_t RANK = AttentionShape::RANK;

/// Working memory of a head, in floats, beyond which a node stays in its parts.
constexpr std::uint64_t MOST_SCRATCH = std::uint64_t{1} << 22;

/// Where an operand of a product is read.
struct View {
    ValueId id = NO_VALUE;
    Dims steps; ///< elements from one index to the next, of each axis of the operand
    float scale = 1;
};

bool is_dense_floats(const Fuser& fuser, ValueId id) noexcept {
    const onnx::ValueShape& value = fuser.value(id);
    const std::size_t rank = value.dims.size();
    return value.type == ElementType::float32 && rank >= 2 && rank <= RANK &&
           onnx::element_count(value.dims).value_or(0) != 0;
}

/// Mul or Div by one finite number. @return the operand beside it, or NO_VALUE.
ValueId without_factor(const Fuser& fuser, const Node& node, float& factor) noexcept {
    if ((node.op != Op::mul && node.op != Op::div) || node.inputs.size() != 2) {
        return NO_VALUE;
    }
    for (std::size_t i = 0; i < (node.op == Op::mul ? 2U : 1U); ++i) {
        const std::optional<float> number = fuser.scalar(node.inputs[1 - i]);
        const ValueId x = node.inputs[i];
        const float times = !number ? 0 : (node.op == Op::mul ? *number : 1 / *number);
        if (number && std::isfinite(times) && fuser.constant(x) == nullptr &&
            fuser.value(x).dims == fuser.value(node.outputs[0]).dims) {
            factor *= times;
            return x;
        }
    }
    return NO_VALUE;
}

bool keeps_order(Op op) noexcept {
    return op == Op::reshape || op == Op::unsqueeze || op == Op::squeeze || op == Op::flatten ||
           op == Op::identity;
}

/// @return input axis of each output axis, from 0 on; empty when the attribute is no such list.
Dims permutation(const Node& transpose, std::size_t rank) noexcept {
    const auto listed = transpose.attributes.integers("perm");
    Dims order;
    for (std::size_t i = 0; i < rank; ++i) {
        const std::optional<std::size_t> axis = listed.empty() ? rank - 1 - i
                                                : i < listed.size()
                                                    ? onnx::normalize_axis(listed[i], rank)
                                                    : std::nullopt;
        if (!axis || listed.size() > rank ||
            std::ranges::find(order, static_cast<std::int64_t>(*axis)) != order.end()) {
            return {};
        }
        order.push_back(static_cast<std::int64_t>(*axis));
    }
    return order;
}

/// Goes from an operand up to the value whose elements it holds in another order.
/// @param features  the axis that must stay contiguous, or the rank for none
/// @param scales    whether factors may be left out
View view_of(const Fuser& fuser, ValueId id, std::size_t features, bool scales) noexcept {
    const std::size_t rank = fuser.value(id).dims.size();
    View view{id, {}, 1};
    Dims order(rank);
    for (std::size_t i = 0; i < rank; ++i) {
        order[i] = static_cast<std::int64_t>(i);
    }
    const auto steps_of = [&](ValueId of, const Dims& axes) {
        const Strides dense = dense_strides(fuser.value(of).dims);
        Dims steps;
        for (const std::int64_t axis : axes) {
            steps.push_back(dense[static_cast<std::size_t>(axis)]);
        }
        return steps;
    };
    view.steps = steps_of(id, order);
    bool is_reshaped = false;
    for (const Node* node = fuser.producer(view.id); node != nullptr;
         node = fuser.producer(view.id)) {
        if (fuser.constant(view.id) != nullptr || node->inputs.empty()) {
            break;
        }
        const ValueId before = node->inputs[0];
        if (const ValueId x = scales ? without_factor(fuser, *node, view.scale) : ValueId{NO_VALUE};
            x != NO_VALUE) {
            view.id = x;
        } else if (before == NO_VALUE || fuser.constant(before) != nullptr) {
            break;
        } else if (keeps_order(node->op)) {
            view.id = before;
            is_reshaped = true;
        } else if (node->op == Op::transpose && !is_reshaped) {
            const Dims turned = permutation(*node, rank);
            if (turned.size() != rank) {
                break;
            }
            Dims composed;
            for (const std::int64_t axis : order) {
                composed.push_back(turned[static_cast<std::size_t>(axis)]);
            }
            const Dims steps = steps_of(before, composed);
            if (features < rank && steps[features] != 1) {
                break;
            }
            view.id = before;
            view.steps = steps;
            order = composed;
        } else {
            break;
        }
    }
    return view;
}

/// @p list, at the end of RANK items.
Dims padded(const Dims& list, std::int64_t fill) noexcept {
    Dims out(RANK - list.size(), fill);
    out.insert(out.end(), list.begin(), list.end());
    return out;
}

onnx::Attribute list_attribute(const char* name, const Dims& list) noexcept {
    onnx::Attribute attribute;
    attribute.name = name;
    attribute.kind = onnx::AttributeKind::integers;
    attribute.integers.assign(list.begin(), list.end());
    return attribute;
}

/// What stands between the first product and the Softmax.
struct Scores {
    const Node* product = nullptr;
    float scale = 1;
    ValueId mask = NO_VALUE;   ///< added
    ValueId chosen = NO_VALUE; ///< booleans of a Where
    bool keeps_true = false;   ///< whether it takes the scores where they are true
    float fill = 0;            ///< else
};

/// Where(booleans, scores, number) or the other way round. @return the scores, or NO_VALUE.
ValueId without_where(const Fuser& fuser, const Node& where, Scores& scores) noexcept {
    for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) {
        const std::optional<float> number = fuser.scalar(where.inputs[3 - i]);
        if (number && !std::isnan(*number)) {
            scores.chosen = where.inputs[0];
            scores.keeps_true = i == 1;
            scores.fill = *number;
            return where.inputs[i];
        }
    }
    return NO_VALUE;
}

/// The node that writes a value with one reader and these dimensions, or null.
const Node* part(const Fuser& fuser, ValueId id, const Dims& dims) noexcept {
    return fuser.is_inner(id) && fuser.constant(id) == nullptr && fuser.value(id).dims == dims
               ? fuser.producer(id)
               : nullptr;
}

/// Goes from the operand of a Softmax, or of the Add of a mask, up to the product.
bool find_product(const Fuser& fuser, ValueId id, const Dims& dims, Scores& scores) noexcept {
    const Node* node = part(fuser, id, dims);
    if (node != nullptr && node->op == Op::where) {
        node = part(fuser, without_where(fuser, *node, scores), dims);
    }
    while (node != nullptr && node->op != Op::matmul) {
        node = part(fuser, without_factor(fuser, *node, scores.scale), dims);
    }
    scores.product = node;
    return node != nullptr && node->inputs.size() == 2;
}

std::optional<Scores> find_scores(const Fuser& fuser, ValueId id) noexcept {
    const Dims& dims = fuser.value(id).dims;
    const Node* sum = part(fuser, id, dims);
    if (sum == nullptr || sum->op != Op::add) {
        Scores scores;
        return find_product(fuser, id, dims, scores) ? std::optional{scores} : std::nullopt;
    }
    for (std::size_t i = 0; i < 2; ++i) {
        Scores scores;
        scores.mask = sum->inputs[1 - i];
        if (find_product(fuser, sum->inputs[i], dims, scores)) {
            return scores;
        }
    }
    return std::nullopt;
}

/// Whether a mask has the scores' shape or is broadcast to it.
bool fits(const Fuser& fuser, ValueId id, ElementType type, const Dims& dims) noexcept {
    if (id == NO_VALUE) {
        return true;
    }
    const onnx::ValueShape& mask = fuser.value(id);
    const std::optional<Dims> wide = onnx::broadcast(mask.dims, dims);
    return mask.type == type && wide && *wide == dims;
}

Dims mask_steps(const Fuser& fuser, ValueId id) noexcept {
    if (id == NO_VALUE) {
        return Dims(RANK, 0);
    }
    const Strides steps = broadcast_strides(fuser.value(id).dims, RANK);
    return {steps.begin(), steps.begin() + RANK};
}

/// Whether the node is a Softmax over the last axis; before operator set 13 all axes from the one
/// that it names are one.
bool is_over_last(const Node& softmax, std::size_t rank) noexcept {
    const std::int64_t axis = softmax.attributes.integer("axis", softmax.version < 13 ? 1 : -1);
    return onnx::normalize_axis(axis, rank) == rank - 1;
}

} // namespace

/// The parts, at the second product.
bool fuse_attention(Fuser& fuser, const Node& last) noexcept {
    const Node* softmax = last.op == Op::matmul && last.inputs.size() == 2
                              ? fuser.inner(last.inputs[0], Op::softmax)
                              : nullptr;
    if (softmax == nullptr || !is_dense_floats(fuser, last.inputs[0]) ||
        !is_over_last(*softmax, fuser.value(last.inputs[0]).dims.size())) {
        return false;
    }
    const std::optional<Scores> scores = find_scores(fuser, softmax->inputs[0]);
    if (!scores) {
        return false;
    }
    const std::array<ValueId, 3> operands = {scores->product->inputs[0], scores->product->inputs[1],
                                             last.inputs[1]};
    const Dims dims = fuser.value(last.inputs[0]).dims;
    const std::size_t rank = dims.size();
    for (const ValueId id : operands) {
        if (!is_dense_floats(fuser, id) || fuser.constant(id) != nullptr ||
            fuser.value(id).dims.size() != rank ||
            !std::equal(dims.begin(), dims.end() - 2, fuser.value(id).dims.begin())) {
            return false; // the weights of a layer, or a product that broadcasts
        }
    }
    if (!fits(fuser, scores->mask, ElementType::float32, dims) ||
        !fits(fuser, scores->chosen, ElementType::boolean, dims)) {
        return false;
    }
    const View q = view_of(fuser, operands[0], rank - 1, true);
    View k = view_of(fuser, operands[1], rank, true); // features, keys
    const View v = view_of(fuser, operands[2], rank - 1, false);
    std::swap(k.steps[rank - 2], k.steps[rank - 1]);
    const float scale = scores->scale * q.scale * k.scale;
    const std::int64_t size = fuser.value(operands[0]).dims.back();
    const std::int64_t width = fuser.value(operands[2]).dims.back();
    if (!(std::abs(scale) >= LEAST_SCALE && std::abs(scale) <= MOST_SCALE) ||
        attention_scratch(static_cast<std::uint64_t>(dims.back()), static_cast<std::uint64_t>(size),
                          static_cast<std::uint64_t>(width)) > MOST_SCRATCH) {
        return false;
    }
    Dims shape = padded(dims, 1);
    shape.push_back(size);
    shape.push_back(width);
    const Dims& out = fuser.value(last.outputs[0]).dims;
    const Strides dense = dense_strides(out);
    fuser.replace(last, Op::fused_attention, 1, {q.id, k.id, v.id, scores->mask, scores->chosen},
                  {list_attribute("shape", shape), list_attribute("q", padded(q.steps, 0)),
                   list_attribute("k", padded(k.steps, 0)), list_attribute("v", padded(v.steps, 0)),
                   list_attribute("y", padded({dense.begin(), dense.begin() + out.size()}, 0)),
                   list_attribute("mask", mask_steps(fuser, scores->mask)),
                   list_attribute("chosen", mask_steps(fuser, scores->chosen)),
                   integer_attribute("keeps_true", scores->keeps_true ? 1 : 0),
                   real_attribute("fill", scores->fill), real_attribute("scale", scale)});
    return true;
}

/// The Transpose that puts the heads beside each other again, and the Reshape that joins them.
bool fuse_attention_output(Fuser& fuser, const Node& last) noexcept {
    const bool turns = last.op == Op::transpose;
    const Node* attention =
        turns || keeps_order(last.op) ? fuser.inner(last.inputs[0], Op::fused_attention) : nullptr;
    if (attention == nullptr) {
        return false;
    }
    const auto old = attention->attributes.items();
    std::vector<onnx::Attribute> attributes(old.begin(), old.end());
    onnx::Attribute& steps =
        *std::find_if(attributes.begin(), attributes.end(),
                      [](const onnx::Attribute& attribute) { return attribute.name == "y"; });
    if (turns) {
        const Dims& dims = fuser.value(last.inputs[0]).dims;
        const std::size_t rank = dims.size();
        const Dims order = permutation(last, rank);
        const auto shape = attention->attributes.integers("shape");
        Dims heads(shape.begin(), shape.begin() + RANK);
        heads.back() = shape.back(); // the width in place of the keys
        const Strides before = dense_strides(dims);
        const Strides after = dense_strides(fuser.value(last.outputs[0]).dims);
        if (rank == 0 || rank > RANK || order.size() != rank || padded(dims, 1) != heads ||
            order.back() != static_cast<std::int64_t>(rank) - 1 ||
            !std::ranges::equal(std::span{before}.first(rank),
                                std::span{steps.integers}.last(rank))) {
            return false; // reshaped or turned before, or features are moved
        }
        for (std::size_t i = 0; i < rank; ++i) {
            steps.integers[RANK - rank + static_cast<std::size_t>(order[i])] = after[i];
        }
    }
    fuser.replace(last, Op::fused_attention, 1, attention->inputs, std::move(attributes));
    return true;
}

} // namespace assay::runtime
