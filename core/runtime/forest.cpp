// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/forest.hpp"

#include "core/runtime/elements.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace assay::runtime {
namespace {

TreeTest test_of(std::string_view name) noexcept {
    return name == "BRANCH_LEQ"   ? TreeTest::leq
           : name == "BRANCH_LT"  ? TreeTest::lt
           : name == "BRANCH_GTE" ? TreeTest::gte
           : name == "BRANCH_GT"  ? TreeTest::gt
           : name == "BRANCH_EQ"  ? TreeTest::eq
           : name == "BRANCH_NEQ" ? TreeTest::neq
           : name == "LEAF"       ? TreeTest::leaf
                                  : TreeTest::member;
}

std::vector<double> numbers(const onnx::Tensor* tensor) {
    std::vector<double> out(tensor == nullptr ? 0 : static_cast<std::size_t>(tensor->count()));
    if (tensor != nullptr) {
        read_elements(tensor->type, tensor->elements.data(), out.size(), out.data());
    }
    return out;
}

} // namespace

std::vector<double> tree_reals(const OpCall& call, const std::string& name) noexcept {
    std::vector<double> out;
    if (const onnx::Tensor* tensor = call.attributes().tensor(name + "_as_tensor");
        tensor != nullptr) {
        out.resize(static_cast<std::size_t>(tensor->count()));
        read_elements(tensor->type, tensor->elements.data(), out.size(), out.data());
        return out;
    }
    const auto list = call.attributes().reals(name);
    out.assign(list.begin(), list.end());
    return out;
}

bool read_forest(const OpCall& call, const std::string& prefix, Forest& forest) noexcept {
    const onnx::Attributes& a = call.attributes();
    const auto trees = a.integers("nodes_treeids");
    const auto ids = a.integers("nodes_nodeids");
    const auto features = a.integers("nodes_featureids");
    const auto on_true = a.integers("nodes_truenodeids");
    const auto on_false = a.integers("nodes_falsenodeids");
    const auto missing = a.integers("nodes_missing_value_tracks_true");
    const auto modes = a.strings("nodes_modes");
    const std::vector<double> values = tree_reals(call, "nodes_values");
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
        TreeNode node;
        node.test = test_of(modes[i]);
        if (node.test == TreeTest::member || features[i] < INT32_MIN || features[i] > INT32_MAX) {
            return false;
        }
        node.feature = static_cast<std::int32_t>(features[i]);
        node.value = values[i];
        node.nan_is_true = !missing.empty() && missing[i] != 0;
        if (node.test != TreeTest::leaf) {
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
    const std::vector<double> w = tree_reals(call, prefix + "_weights");
    if (w_nodes.size() != w_trees.size() || w_ids.size() != w_trees.size() ||
        w.size() != w_trees.size()) {
        return false;
    }
    // Weights of one leaf side by side, in the order of the file.
    std::map<std::int32_t, std::vector<TreeWeight>> by_leaf;
    for (std::size_t i = 0; i < w.size(); ++i) {
        const auto leaf = places.find(Key{w_trees[i], w_nodes[i]});
        if (leaf == places.end()) {
            return false;
        }
        by_leaf[leaf->second].push_back(TreeWeight{w_ids[i], w[i]});
    }
    for (const auto& [leaf, list] : by_leaf) {
        TreeNode& node = forest.nodes[static_cast<std::size_t>(leaf)];
        node.leaf = static_cast<std::int32_t>(forest.weights.size());
        node.weights = static_cast<std::int32_t>(list.size());
        forest.weights.insert(forest.weights.end(), list.begin(), list.end());
    }
    return true;
}

bool read_forest(const OpCall& call, Forest& forest) noexcept {
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
        forest.weights.push_back(TreeWeight{targets[i], leafs[i]});
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
        TreeNode leaf;
        leaf.leaf = static_cast<std::int32_t>(id);
        leaf.weights = 1;
        forest.nodes.push_back(std::move(leaf));
        return static_cast<std::int32_t>(forest.nodes.size() - 1);
    };
    constexpr std::array TESTS = {TreeTest::leq, TreeTest::lt,  TreeTest::gte,   TreeTest::gt,
                                  TreeTest::eq,  TreeTest::neq, TreeTest::member};
    for (std::size_t i = 0; i < count; ++i) {
        if (!(modes[i] >= 0 && modes[i] < TESTS.size())) {
            return false;
        }
        const std::int32_t yes = child(on_true[i], true_leafs[i] != 0);
        const std::int32_t no = child(on_false[i], false_leafs[i] != 0);
        TreeNode& node = forest.nodes[i];
        node.test = TESTS[static_cast<std::size_t>(modes[i])];
        node.feature = features[i] < 0 || features[i] > INT32_MAX
                           ? -1
                           : static_cast<std::int32_t>(features[i]);
        node.value = splits[i];
        node.nan_is_true = !missing.empty() && missing[i] != 0;
        node.on_true = yes;
        node.on_false = no;
        if (node.test == TreeTest::member) { // lists are separated by NaN
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

bool is_forest(const Forest& forest, std::int64_t columns, bool has_roots) noexcept {
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
        const TreeNode& node = forest.nodes[static_cast<std::size_t>(at)];
        if (node.test != TreeTest::leaf) {
            if (node.feature < 0 || node.feature >= columns) {
                return false;
            }
            open.push_back(node.on_true);
            open.push_back(node.on_false);
        }
    }
    // Without roots of its own, a node that none leads to is in a loop.
    return (has_roots && !forest.roots.empty()) ||
           std::find(seen.begin(), seen.end(), 0) == seen.end();
}

bool passes(const TreeNode& node, double x) noexcept {
    if (std::isnan(x)) {
        return node.nan_is_true;
    }
    switch (node.test) {
    case TreeTest::leq:
        return x <= node.value;
    case TreeTest::lt:
        return x < node.value;
    case TreeTest::gte:
        return x >= node.value;
    case TreeTest::gt:
        return x > node.value;
    case TreeTest::eq:
        return x == node.value;
    case TreeTest::neq:
        return x != node.value;
    default:
        return node.members.contains(x);
    }
}

} // namespace assay::runtime
