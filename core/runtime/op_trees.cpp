// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Tree ensembles of ai.onnx.ml (inference.md §5): flattened to arrays, walked row by row.
#include "core/runtime/elements.hpp"
#include "core/runtime/ml.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::ElementType;
using onnx::Op;

enum class Test : std::uint8_t { leq, lt, gte, gt, eq, neq, member, leaf };

Test test_of(std::string_view name) noexcept {
    return name == "BRANCH_LEQ"   ? Test::leq
           : name == "BRANCH_LT"  ? Test::lt
           : name == "BRANCH_GTE" ? Test::gte
           : name == "BRANCH_GT"  ? Test::gt
           : name == "BRANCH_EQ"  ? Test::eq
           : name == "BRANCH_NEQ" ? Test::neq
           : name == "LEAF"       ? Test::leaf
                                  : Test::member;
}

struct Node {
    Test test = Test::leaf;
    bool nan_is_true = false;
    std::int32_t feature = 0;
    double value = 0; ///< of a leaf of TreeEnsemble: its weight
    std::int32_t on_true = 0;
    std::int32_t on_false = 0;
    std::int32_t leaf = -1; ///< first weight of a leaf
    std::int32_t weights = 0;
    std::set<double> members{};
};

struct Weight {
    std::int64_t target = 0;
    double value = 0;
};

struct Forest {
    std::vector<Node> nodes;
    std::vector<std::int32_t> roots;
    std::vector<Weight> weights;
};

bool passes(const Node& node, double x) noexcept {
    if (std::isnan(x)) {
        return node.nan_is_true;
    }
    switch (node.test) {
    case Test::leq:
        return x <= node.value;
    case Test::lt:
        return x < node.value;
    case Test::gte:
        return x >= node.value;
    case Test::gt:
        return x > node.value;
    case Test::eq:
        return x == node.value;
    case Test::neq:
        return x != node.value;
    default:
        return node.members.contains(x);
    }
}

/// Whether every node is reached once from the roots, and features are columns.
bool is_forest(const Forest& forest, std::int64_t columns) {
    std::vector<char> seen(forest.nodes.size());
    std::vector<std::int32_t> open = forest.roots;
    while (!open.empty()) {
        const std::int32_t at = open.back();
        open.pop_back();
        if (at < 0 || static_cast<std::size_t>(at) >= seen.size() ||
            seen[static_cast<std::size_t>(at)] != 0) {
            return false;
        }
        seen[static_cast<std::size_t>(at)] = 1;
        const Node& node = forest.nodes[static_cast<std::size_t>(at)];
        if (node.test != Test::leaf) {
            if (node.feature < 0 || node.feature >= columns) {
                return false;
            }
            open.push_back(node.on_true);
            open.push_back(node.on_false);
        }
    }
    return true;
}

/// A float list, or the same as a tensor.
std::vector<double> reals(const OpCall& call, const std::string& name) {
    std::vector<double> out;
    if (const onnx::Tensor* tensor = call.attributes().tensor(name + "_as_tensor");
        tensor != nullptr) {
        out.resize(tensor->count());
        read_elements(tensor->type, tensor->elements.data(), out.size(), out.data());
        return out;
    }
    const auto list = call.attributes().reals(name);
    out.assign(list.begin(), list.end());
    return out;
}

/// The forest of TreeEnsembleClassifier and TreeEnsembleRegressor. @return false when malformed.
bool read_old(const OpCall& call, const std::string& prefix, Forest& forest) {
    const onnx::Attributes& a = call.attributes();
    const auto trees = a.integers("nodes_treeids");
    const auto ids = a.integers("nodes_nodeids");
    const auto features = a.integers("nodes_featureids");
    const auto on_true = a.integers("nodes_truenodeids");
    const auto on_false = a.integers("nodes_falsenodeids");
    const auto missing = a.integers("nodes_missing_value_tracks_true");
    const auto modes = a.strings("nodes_modes");
    const std::vector<double> values = reals(call, "nodes_values");
    const std::size_t count = trees.size();
    if (ids.size() != count || features.size() != count || on_true.size() != count ||
        on_false.size() != count || modes.size() != count || values.size() != count ||
        (!missing.empty() && missing.size() != count)) {
        return false;
    }
    using Key = std::pair<std::int64_t, std::int64_t>;
    std::map<Key, std::int32_t> places;
    for (std::size_t i = 0; i < count; ++i) {
        if (!places.emplace(Key{trees[i], ids[i]}, static_cast<std::int32_t>(i)).second) {
            return false;
        }
    }
    std::vector<char> is_child(count);
    for (std::size_t i = 0; i < count; ++i) {
        Node node;
        node.test = test_of(modes[i]);
        if (node.test == Test::member || features[i] < INT32_MIN || features[i] > INT32_MAX) {
            return false;
        }
        node.feature = static_cast<std::int32_t>(features[i]);
        node.value = values[i];
        node.nan_is_true = !missing.empty() && missing[i] != 0;
        if (node.test != Test::leaf) {
            const auto yes = places.find(Key{trees[i], on_true[i]});
            const auto no = places.find(Key{trees[i], on_false[i]});
            if (yes == places.end() || no == places.end()) {
                return false;
            }
            node.on_true = yes->second;
            node.on_false = no->second;
            is_child[static_cast<std::size_t>(yes->second)] = 1;
            is_child[static_cast<std::size_t>(no->second)] = 1;
        }
        forest.nodes.push_back(std::move(node));
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (is_child[i] == 0) {
            forest.roots.push_back(static_cast<std::int32_t>(i));
        }
    }
    const auto w_trees = a.integers(prefix + "_treeids");
    const auto w_nodes = a.integers(prefix + "_nodeids");
    const auto w_ids = a.integers(prefix + "_ids");
    const std::vector<double> w = reals(call, prefix + "_weights");
    if (w_nodes.size() != w_trees.size() || w_ids.size() != w_trees.size() ||
        w.size() != w_trees.size()) {
        return false;
    }
    // Weights of one leaf side by side, in the order of the file.
    std::map<std::int32_t, std::vector<Weight>> by_leaf;
    for (std::size_t i = 0; i < w.size(); ++i) {
        const auto leaf = places.find(Key{w_trees[i], w_nodes[i]});
        if (leaf == places.end()) {
            return false;
        }
        by_leaf[leaf->second].push_back(Weight{w_ids[i], w[i]});
    }
    for (const auto& [leaf, list] : by_leaf) {
        Node& node = forest.nodes[static_cast<std::size_t>(leaf)];
        node.leaf = static_cast<std::int32_t>(forest.weights.size());
        node.weights = static_cast<std::int32_t>(list.size());
        forest.weights.insert(forest.weights.end(), list.begin(), list.end());
    }
    return true;
}

std::vector<double> numbers(const onnx::Tensor* tensor) {
    std::vector<double> out(tensor == nullptr ? 0 : tensor->count());
    if (tensor != nullptr) {
        read_elements(tensor->type, tensor->elements.data(), out.size(), out.data());
    }
    return out;
}

/// The forest of TreeEnsemble, ai.onnx.ml 5.
bool read_new(const OpCall& call, Forest& forest) {
    const onnx::Attributes& a = call.attributes();
    const auto features = a.integers("nodes_featureids");
    const auto on_true = a.integers("nodes_truenodeids");
    const auto on_false = a.integers("nodes_falsenodeids");
    const auto true_leafs = a.integers("nodes_trueleafs");
    const auto false_leafs = a.integers("nodes_falseleafs");
    const auto missing = a.integers("nodes_missing_value_tracks_true");
    const auto targets = a.integers("leaf_targetids");
    const std::vector<double> modes = numbers(a.tensor("nodes_modes"));
    const std::vector<double> splits = numbers(a.tensor("nodes_splits"));
    const std::vector<double> leafs = numbers(a.tensor("leaf_weights"));
    const std::vector<double> members = numbers(a.tensor("membership_values"));
    const std::size_t count = features.size();
    if (on_true.size() != count || on_false.size() != count || true_leafs.size() != count ||
        false_leafs.size() != count || modes.size() != count || splits.size() != count ||
        targets.size() != leafs.size() || (!missing.empty() && missing.size() != count)) {
        return false;
    }
    for (std::size_t i = 0; i < leafs.size(); ++i) {
        forest.weights.push_back(Weight{targets[i], leafs[i]});
    }
    // Inner nodes keep their places; every reference to a leaf makes a node of its own.
    forest.nodes.resize(count);
    std::size_t member = 0;
    const auto child = [&](std::int64_t id, bool is_leaf) -> std::int32_t {
        if (!is_leaf) {
            return id < 0 || id >= static_cast<std::int64_t>(count) ? -1
                                                                    : static_cast<std::int32_t>(id);
        }
        if (id < 0 || id >= static_cast<std::int64_t>(leafs.size())) {
            return -1;
        }
        Node leaf;
        leaf.leaf = static_cast<std::int32_t>(id);
        leaf.weights = 1;
        forest.nodes.push_back(std::move(leaf));
        return static_cast<std::int32_t>(forest.nodes.size() - 1);
    };
    constexpr std::array TESTS = {Test::leq, Test::lt,  Test::gte,   Test::gt,
                                  Test::eq,  Test::neq, Test::member};
    for (std::size_t i = 0; i < count; ++i) {
        if (!(modes[i] >= 0 && modes[i] < TESTS.size())) {
            return false;
        }
        const std::int32_t yes = child(on_true[i], true_leafs[i] != 0);
        const std::int32_t no = child(on_false[i], false_leafs[i] != 0);
        Node& node = forest.nodes[i];
        node.test = TESTS[static_cast<std::size_t>(modes[i])];
        node.feature = features[i] < 0 || features[i] > INT32_MAX
                           ? -1
                           : static_cast<std::int32_t>(features[i]);
        node.value = splits[i];
        node.nan_is_true = !missing.empty() && missing[i] != 0;
        node.on_true = yes;
        node.on_false = no;
        if (node.test == Test::member) { // lists are separated by NaN
            for (; member < members.size() && !std::isnan(members[member]); ++member) {
                node.members.insert(members[member]);
            }
            ++member;
        }
    }
    for (const std::int64_t root : a.integers("tree_roots")) {
        // A tree that is one leaf has a root whose two children are that leaf.
        forest.roots.push_back(child(root, false));
    }
    return true;
}

enum class Aggregate : std::uint8_t { sum, average, smallest, largest };

/// Scores of one row: every tree's leaf, gathered per target in the order of the trees.
void score(const Forest& forest, Aggregate aggregate, const double* row, std::span<double> scores,
           std::span<char> hit) noexcept {
    for (const std::int32_t root : forest.roots) {
        const Node* node = &forest.nodes[static_cast<std::size_t>(root)];
        while (node->test != Test::leaf) {
            node = &forest.nodes[static_cast<std::size_t>(
                passes(*node, row[node->feature]) ? node->on_true : node->on_false)];
        }
        for (std::int32_t w = 0; w < node->weights; ++w) {
            const Weight& weight = forest.weights[static_cast<std::size_t>(node->leaf + w)];
            const auto at = static_cast<std::size_t>(weight.target);
            double& sum = scores[at];
            if (aggregate == Aggregate::smallest || aggregate == Aggregate::largest) {
                const bool takes =
                    hit[at] == 0 ||
                    (aggregate == Aggregate::smallest ? weight.value < sum : weight.value > sum);
                sum = takes ? weight.value : sum;
            } else {
                sum += weight.value;
            }
            hit[at] = 1;
        }
    }
}

} // namespace

void op_tree_ensemble(OpCall& call) noexcept {
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    if (!rows_and_columns(call, rows, columns)) {
        return;
    }
    const Op op = call.op();
    const bool classifies = op == Op::tree_ensemble_classifier;
    Forest forest;
    const bool read = op == Op::tree_ensemble
                          ? read_new(call, forest)
                          : read_old(call, classifies ? "class" : "target", forest);
    const ClassLabels labels =
        classifies ? class_labels(call, "classlabels_int64s") : ClassLabels{};
    const std::int64_t targets =
        classifies ? static_cast<std::int64_t>(labels.size()) : call.integer("n_targets", 1);
    const std::vector<double> base = reals(call, "base_values");
    const bool in_range =
        std::all_of(forest.weights.begin(), forest.weights.end(),
                    [&](const Weight& w) { return w.target >= 0 && w.target < targets; });
    if (!read || targets < 1 || targets > 0x100'0000 || !in_range || !is_forest(forest, columns) ||
        (!base.empty() && static_cast<std::int64_t>(base.size()) != targets &&
         !(classifies && base.size() == 1))) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "trees");
    }
    PostTransform transform = post_transform(call.string("post_transform", "NONE"));
    Aggregate aggregate = Aggregate::sum;
    if (op == Op::tree_ensemble) {
        transform = static_cast<PostTransform>(
            std::clamp<std::int64_t>(call.integer("post_transform", 0), 0, 4));
        constexpr std::array KINDS = {Aggregate::average, Aggregate::sum, Aggregate::smallest,
                                      Aggregate::largest};
        aggregate = KINDS[static_cast<std::size_t>(
            std::clamp<std::int64_t>(call.integer("aggregate_function", 1), 0, 3))];
    } else {
        const std::string_view name = call.string("aggregate_function", "SUM");
        aggregate = name == "AVERAGE" ? Aggregate::average
                    : name == "MIN"   ? Aggregate::smallest
                    : name == "MAX"   ? Aggregate::largest
                                      : Aggregate::sum;
    }
    // One column of weights for two classes: the score of the second.
    std::set<std::int64_t> used;
    for (const Weight& weight : forest.weights) {
        used.insert(weight.target);
    }
    const bool binary = classifies && targets == 2 && used.size() == 1;
    const ElementType score_type = op == Op::tree_ensemble ? call.in(0).type : ElementType::float32;
    const TensorRef y =
        classifies
            ? call.out(0, labels.are_texts() ? ElementType::string : ElementType::int64, {rows})
            : TensorRef{};
    const TensorRef z = call.out(classifies ? 1 : 0, score_type, {rows, targets});
    if (call.failed() || call.inferring()) {
        return;
    }
    // Comparison happens in float32 unless the file's thresholds are double.
    std::vector<double> x(call.in(0).count());
    read_elements(call.in(0).type, call.in(0).data, x.size(), x.data());
    if (call.attributes().tensor("nodes_values_as_tensor") == nullptr && op != Op::tree_ensemble) {
        for (double& value : x) {
            value = static_cast<double>(static_cast<float>(value));
        }
    }
    std::vector<double> scores(static_cast<std::size_t>(targets));
    std::vector<char> hit(scores.size());
    for (std::int64_t r = 0; r < rows; ++r) {
        std::fill(scores.begin(), scores.end(), 0.0);
        std::fill(hit.begin(), hit.end(), 0);
        score(forest, aggregate, x.data() + r * columns, scores, hit);
        for (std::size_t t = 0; t < scores.size(); ++t) {
            scores[t] /=
                aggregate == Aggregate::average ? static_cast<double>(forest.roots.size()) : 1;
        }
        std::size_t best = 0;
        if (binary) {
            const double sum =
                scores[static_cast<std::size_t>(*used.begin())] + (base.empty() ? 0 : base.back());
            const bool positive = transform == PostTransform::none ||
                                          transform == PostTransform::softmax ||
                                          transform == PostTransform::softmax_zero
                                      ? sum > 0.5
                                      : sum > 0;
            best = positive ? 1 : 0;
            if (transform == PostTransform::logistic) {
                scores = {-sum, sum};
                transform_scores(transform, scores);
            } else if (transform == PostTransform::none) {
                scores = {1 - sum, sum};
            } else {
                return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE,
                                 "post_transform of one score");
            }
        } else {
            for (std::size_t t = 0; t < scores.size(); ++t) {
                scores[t] += base.size() == scores.size() ? base[t] : 0;
            }
            best = static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) -
                                            scores.begin());
            transform_scores(transform, scores);
        }
        if (y.data != nullptr) {
            put_label(labels, y, static_cast<std::size_t>(r), best);
        }
        if (z.data != nullptr) {
            write_elements(z.type, scores.data(), scores.size(),
                           z.data + static_cast<std::size_t>(r) * scores.size() *
                                        onnx::element_size(z.type));
        }
    }
}

} // namespace assay::runtime
