// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A forest whose tests are all of one kind, as arrays.
#include "core/runtime/forest.hpp"

#include <cmath>
#include <limits>
#include <utility>

namespace assay::runtime {
namespace {

/// The test as x <= threshold, with the children exchanged for its opposite.
struct Split {
    float threshold;
    bool exchanged;
};

/// @return false when there is none.
bool split_of(const TreeNode& node, Split& split) noexcept {
    const auto threshold = static_cast<float>(node.value);
    if (static_cast<double>(threshold) != node.value || std::isinf(threshold)) {
        return false;
    }
    // x < t is x <= the number below t.
    const float below = std::nextafterf(threshold, -std::numeric_limits<float>::infinity());
    switch (node.test) {
    case TreeTest::leq:
        split = {threshold, false};
        return true;
    case TreeTest::lt:
        split = {below, false};
        return true;
    case TreeTest::gt:
        split = {threshold, true};
        return true;
    case TreeTest::gte:
        split = {below, true};
        return true;
    default:
        return false;
    }
}

} // namespace

FlatForest flatten(const Forest& forest) noexcept {
    FlatForest flat;
    for (const std::int32_t root : forest.roots) {
        flat.roots.push_back(static_cast<std::uint32_t>(flat.nodes.size()));
        flat.nodes.emplace_back();
        flat.originals.push_back(root);
        // Breadth first: [first, last) is one level.
        std::size_t first = flat.roots.back();
        std::uint32_t depth = 0;
        for (std::size_t last = flat.nodes.size(); first < last; last = flat.nodes.size()) {
            for (; first < last; ++first) {
                const TreeNode& node =
                    forest.nodes[static_cast<std::size_t>(flat.originals[first])];
                const auto child = static_cast<std::uint32_t>(flat.nodes.size());
                if (node.test == TreeTest::leaf) {
                    flat.nodes[first] = {std::numeric_limits<float>::infinity(), 0,
                                         static_cast<std::uint32_t>(first)};
                    continue;
                }
                Split split{};
                if (!split_of(node, split)) {
                    return {};
                }
                flat.nodes[first] = {split.threshold, static_cast<std::uint32_t>(node.feature),
                                     child};
                flat.nodes.resize(flat.nodes.size() + 2);
                flat.originals.push_back(split.exchanged ? node.on_false : node.on_true);
                flat.originals.push_back(split.exchanged ? node.on_true : node.on_false);
            }
            depth += flat.nodes.size() > last ? 1 : 0;
        }
        flat.depths.push_back(depth);
    }
    return flat;
}

} // namespace assay::runtime
