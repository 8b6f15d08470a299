// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// In which order the nodes of a graph run, and which of them do.
#pragma once

#include "core/onnx/graph.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::onnx {

constexpr std::size_t NO_NODE = static_cast<std::size_t>(-1);

/// What a node reads and writes; NO_VALUE where it leaves one out.
struct Links {
    std::vector<ValueId> inputs;
    std::vector<ValueId> outputs;
    std::vector<ValueId> captures; ///< read by the graphs in its attributes
};

struct NodeOrder {
    std::vector<std::size_t> positions; ///< of all nodes, each after those whose values it reads
    std::size_t stuck = NO_NODE;        ///< the first node of a cycle or behind one
};

/// What the outputs of a graph depend on, 1 for each such node and value.
struct Needed {
    std::vector<char> nodes;
    std::vector<char> values;
};

/// Nodes that are sorted keep their order.
/// @param producers  the node that writes each value, NO_NODE for inputs and constants
NodeOrder order_of(std::span<const Links> nodes, std::span<const std::size_t> producers);

/// @param order   positions of order_of()
/// @param values  number of values of the graph
Needed needed_for(std::span<const ValueId> outputs, std::span<const Links> nodes,
                  std::span<const std::size_t> order, std::size_t values);

} // namespace assay::onnx
