// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Tree ensembles of ai.onnx.ml (inference.md §5): read once, walked row by row.
#include "core/runtime/elements.hpp"
#include "core/runtime/forest.hpp"
#include "core/runtime/ml.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::ElementType;
using onnx::Op;

enum class Aggregate : std::uint8_t { sum, average, smallest, largest };

/// What a node says of its trees.
struct Ensemble final : Prepared {
    bool is_valid = false;
    Forest forest;
    FlatForest flat;
    ClassLabels labels;
    std::vector<double> base;
    std::int64_t targets = 0;
    PostTransform transform = PostTransform::none;
    Aggregate aggregate = Aggregate::sum;
    bool is_binary = false; ///< one column of weights for two classes: the score of the second
    std::size_t only_target = 0;
    std::vector<double> row;    ///< one row of features
    std::vector<double> scores; ///< of one row
    std::vector<char> hit;      ///< whether a leaf had a weight for each score
};

void read_modes(const OpCall& call, Ensemble& ensemble) noexcept {
    ensemble.transform = post_transform(call.string("post_transform", "NONE"));
    if (call.op() == Op::tree_ensemble) {
        ensemble.transform = static_cast<PostTransform>(call.integer("post_transform", 0));
        constexpr std::array KINDS = {Aggregate::average, Aggregate::sum, Aggregate::smallest,
                                      Aggregate::largest};
        ensemble.aggregate = KINDS[static_cast<std::size_t>(call.integer("aggregate_function", 1))];
        return;
    }
    const std::string_view name = call.string("aggregate_function", "SUM");
    ensemble.aggregate = name == "AVERAGE" ? Aggregate::average
                         : name == "MIN"   ? Aggregate::smallest
                         : name == "MAX"   ? Aggregate::largest
                                           : Aggregate::sum;
}

std::unique_ptr<Ensemble> prepare(OpCall& call, std::int64_t columns) {
    auto ensemble = std::make_unique<Ensemble>();
    const bool classifies = call.op() == Op::tree_ensemble_classifier;
    Forest& forest = ensemble->forest;
    const bool read = call.op() == Op::tree_ensemble
                          ? read_forest(call, forest)
                          : read_forest(call, classifies ? "class" : "target", forest);
    ensemble->labels = classifies ? class_labels(call, "classlabels_int64s") : ClassLabels{};
    ensemble->targets = classifies ? static_cast<std::int64_t>(ensemble->labels.size())
                                   : call.integer("n_targets", 1);
    ensemble->base = tree_reals(call, "base_values");
    const std::int64_t targets = ensemble->targets;
    const auto bases = static_cast<std::int64_t>(ensemble->base.size());
    const bool in_range =
        std::all_of(forest.weights.begin(), forest.weights.end(),
                    [&](const TreeWeight& w) { return w.target >= 0 && w.target < targets; });
    if (!read || targets < 1 || targets > 0x100'0000 || !in_range ||
        !is_forest(forest, columns, call.op() == Op::tree_ensemble) ||
        (bases != 0 && bases != targets && !(classifies && bases == 1))) {
        return ensemble;
    }
    for (const onnx::Attribute& attribute : call.attributes().items()) {
        if (attribute.kind == onnx::AttributeKind::tensor && !is_number(attribute.tensor->type)) {
            return ensemble;
        }
    }
    read_modes(call, *ensemble);
    std::set<std::int64_t> used;
    for (const TreeWeight& weight : forest.weights) {
        used.insert(weight.target);
    }
    ensemble->is_binary = classifies && targets == 2 && used.size() == 1;
    ensemble->only_target = used.empty() ? 0 : static_cast<std::size_t>(*used.begin());
    ensemble->flat = flatten(forest);
    // Of no rows, there may be columns without end.
    ensemble->row.resize(call.in(0).count() == 0 ? 0 : static_cast<std::size_t>(columns));
    ensemble->scores.resize(static_cast<std::size_t>(targets));
    ensemble->hit.resize(ensemble->scores.size());
    ensemble->is_valid = true;
    return ensemble;
}

/// Adds a leaf's weights to the scores, per target in the order of the trees.
void gather(Ensemble& ensemble, const TreeNode& leaf) noexcept {
    const bool picks =
        ensemble.aggregate == Aggregate::smallest || ensemble.aggregate == Aggregate::largest;
    for (std::int32_t w = 0; w < leaf.weights; ++w) {
        const TreeWeight& weight = ensemble.forest.weights[static_cast<std::size_t>(leaf.leaf + w)];
        const auto at = static_cast<std::size_t>(weight.target);
        double& sum = ensemble.scores[at];
        if (!picks) {
            sum += weight.value;
        } else if (ensemble.hit[at] == 0 ||
                   (ensemble.aggregate == Aggregate::smallest ? weight.value < sum
                                                              : weight.value > sum)) {
            sum = weight.value;
        }
        ensemble.hit[at] = 1;
    }
}

/// Four trees at a time, so that the loads of one walk hide behind the others.
void score_flat(Ensemble& ensemble, const float* x) noexcept {
    const FlatForest& flat = ensemble.flat;
    const FlatNode* nodes = flat.nodes.data();
    const auto next = [&](std::uint32_t at) noexcept {
        const FlatNode& node = nodes[at];
        return node.child + (x[node.feature] <= node.threshold ? 0U : 1U);
    };
    const std::size_t count = flat.roots.size();
    for (std::size_t tree = 0; tree < count; tree += 4) {
        const std::size_t width = std::min<std::size_t>(4, count - tree);
        std::uint32_t depth = 0;
        std::array<std::uint32_t, 4> at{};
        for (std::size_t i = 0; i < 4; ++i) {
            at[i] = flat.roots[tree + std::min(i, width - 1)];
            depth = std::max(depth, flat.depths[tree + std::min(i, width - 1)]);
        }
        for (std::uint32_t step = 0; step < depth; ++step) {
            for (std::uint32_t& one : at) {
                one = next(one);
            }
        }
        for (std::size_t i = 0; i < width; ++i) {
            gather(ensemble,
                   ensemble.forest.nodes[static_cast<std::size_t>(flat.originals[at[i]])]);
        }
    }
}

void score(Ensemble& ensemble) noexcept {
    const Forest& forest = ensemble.forest;
    for (const std::int32_t root : forest.roots) {
        const TreeNode* node = &forest.nodes[static_cast<std::size_t>(root)];
        while (node->test != TreeTest::leaf) {
            const double x = ensemble.row[static_cast<std::size_t>(node->feature)];
            node = &forest.nodes[static_cast<std::size_t>(passes(*node, x) ? node->on_true
                                                                           : node->on_false)];
        }
        gather(ensemble, *node);
    }
}

/// Whether a walk over the flat trees ends where one over the forest does.
bool suits_flat(const Ensemble& ensemble, const float* x, std::size_t columns) noexcept {
    return !ensemble.flat.empty() &&
           std::all_of(x, x + columns, [](float feature) { return feature == feature; });
}

/// Scores as the operator gives them. @return the class; fails the call for a transform that one
/// score does not have.
std::size_t finish(OpCall& call, Ensemble& ensemble) noexcept {
    std::vector<double>& scores = ensemble.scores;
    const std::vector<double>& base = ensemble.base;
    const PostTransform transform = ensemble.transform;
    if (ensemble.aggregate == Aggregate::average) {
        for (double& one : scores) {
            one /= static_cast<double>(ensemble.forest.roots.size());
        }
    }
    if (!ensemble.is_binary) {
        for (std::size_t t = 0; t < scores.size(); ++t) {
            scores[t] += base.size() == scores.size() ? base[t] : 0;
        }
        const auto best = std::max_element(scores.begin(), scores.end()) - scores.begin();
        transform_scores(transform, scores);
        return static_cast<std::size_t>(best);
    }
    const double sum = scores[ensemble.only_target] + (base.empty() ? 0 : base.back());
    const bool is_score = transform == PostTransform::none || transform == PostTransform::softmax ||
                          transform == PostTransform::softmax_zero;
    if (transform == PostTransform::logistic) {
        scores[0] = -sum;
        scores[1] = sum;
        transform_scores(transform, scores);
    } else if (transform == PostTransform::none) {
        scores[0] = 1 - sum;
        scores[1] = sum;
    } else {
        call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "post_transform of one score");
    }
    return sum > (is_score ? 0.5 : 0) ? 1 : 0;
}

} // namespace

void op_tree_ensemble(OpCall& call) noexcept {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    if (!rows_and_columns(call, rows, columns)) {
        return;
    }
    for (const auto& [name, last] : {std::pair{"post_transform", 4}, {"aggregate_function", 3}}) {
        const std::int64_t value = call.integer(name, 0);
        if (call.op() == Op::tree_ensemble && (value < 0 || value > last)) {
            return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, name);
        }
    }
    const bool classifies = call.op() == Op::tree_ensemble_classifier;
    Ensemble& ensemble = call.prepared<Ensemble>([&] { return prepare(call, columns); });
    if (!ensemble.is_valid) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "trees");
    }
    const TensorRef& x = call.in(0);
    const ElementType score_type = call.op() == Op::tree_ensemble ? x.type : ElementType::float32;
    const ElementType label_type =
        ensemble.labels.are_texts() ? ElementType::string : ElementType::int64;
    const TensorRef y = classifies ? call.out(0, label_type, {rows}) : TensorRef{};
    const TensorRef z = call.out(classifies ? 1 : 0, score_type, {rows, ensemble.targets});
    if (y.data == nullptr && z.data == nullptr) {
        return;
    }
    // Comparison happens in float32 unless the file's thresholds are double.
    const bool in_float = call.attributes().tensor("nodes_values_as_tensor") == nullptr &&
                          call.op() != Op::tree_ensemble;
    const auto width = static_cast<std::size_t>(columns);
    for (std::size_t r = 0; r < static_cast<std::size_t>(rows) && !call.failed(); ++r) {
        std::fill(ensemble.scores.begin(), ensemble.scores.end(), 0.0);
        std::fill(ensemble.hit.begin(), ensemble.hit.end(), 0);
        const std::uint8_t* from = x.data + r * width * onnx::element_size(x.type);
        const auto* floats = reinterpret_cast<const float*>(from);
        if (x.type == ElementType::float32 && suits_flat(ensemble, floats, width)) {
            score_flat(ensemble, floats);
        } else {
            read_elements(x.type, from, width, ensemble.row.data());
            for (double& feature : ensemble.row) {
                feature = in_float ? static_cast<double>(static_cast<float>(feature)) : feature;
            }
            score(ensemble);
        }
        const std::size_t best = finish(call, ensemble);
        if (y.data != nullptr) {
            put_label(ensemble.labels, y, r, best);
        }
        if (z.data != nullptr) {
            const std::size_t count = ensemble.scores.size();
            write_elements(z.type, ensemble.scores.data(), count,
                           z.data + r * count * onnx::element_size(z.type));
        }
    }
}

} // namespace assay::runtime
