// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Tree ensembles of ai.onnx.ml (inference.md §5), read from a node's attributes. A forest whose
// tests are all of one kind is also kept flat: the children of a node side by side, so that the
// next one is the sum of an index and a comparison.
#pragma once

#include "core/runtime/op_call.hpp"

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace assay::runtime {

enum class TreeTest : std::uint8_t { leq, lt, gte, gt, eq, neq, member, leaf };

struct TreeNode {
    TreeTest test = TreeTest::leaf;
    bool nan_is_true = false;
    std::int32_t feature = 0;
    double value = 0; ///< of a leaf of TreeEnsemble: its weight
    std::int32_t on_true = 0;
    std::int32_t on_false = 0;
    std::int32_t leaf = -1; ///< first weight of a leaf
    std::int32_t weights = 0;
    std::set<double> members{};
};

struct TreeWeight {
    std::int64_t target = 0;
    double value = 0;
};

struct Forest {
    std::vector<TreeNode> nodes;
    std::vector<std::int32_t> roots;
    std::vector<TreeWeight> weights;
};

/// A node of a flat tree: x[feature] <= threshold goes to `child`, else to the one after it. A leaf
/// is its own child with a threshold that every number passes.
struct FlatNode {
    float threshold;
    std::uint32_t feature;
    std::uint32_t child;
};

struct FlatForest {
    std::vector<FlatNode> nodes;
    std::vector<std::uint32_t> roots;
    std::vector<std::uint32_t> depths;   ///< of each tree: steps to its deepest leaf
    std::vector<std::int32_t> originals; ///< the node of the forest that each is

    [[nodiscard]] bool empty() const noexcept { return roots.empty(); }
};

/// A float list, or the same as a tensor.
[[nodiscard]] std::vector<double> tree_reals(const OpCall& call, const std::string& name) noexcept;

/// The forest of TreeEnsembleClassifier (@p prefix "class") and TreeEnsembleRegressor ("target").
/// @return false when malformed.
[[nodiscard]] bool read_forest(const OpCall& call, const std::string& prefix,
                               Forest& forest) noexcept;
/// The forest of TreeEnsemble, ai.onnx.ml 5.
[[nodiscard]] bool read_forest(const OpCall& call, Forest& forest) noexcept;

/// Whether every node is reached once from the roots, and features are columns.
/// @param has_roots  the model names the roots: then nodes may be left over
[[nodiscard]] bool is_forest(const Forest& forest, std::int64_t columns, bool has_roots) noexcept;

/// Whether a feature passes a node's test.
[[nodiscard]] bool passes(const TreeNode& node, double x) noexcept;

/// @return nothing in it when a test or a threshold has no flat form. Features that are not NaN
///   take the same way as in the forest, where float holds the thresholds.
[[nodiscard]] FlatForest flatten(const Forest& forest) noexcept;

} // namespace assay::runtime
