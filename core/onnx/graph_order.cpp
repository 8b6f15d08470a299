// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/graph_order.hpp"

#include <algorithm>
#include <functional>

namespace assay::onnx {

// Kahn's algorithm.
NodeOrder order_of(std::span<const Links> nodes, std::span<const std::size_t> producers) {
    std::vector<std::size_t> waiting(nodes.size());
    std::vector<std::vector<std::size_t>> readers(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto wait_for = [&](ValueId id) {
            if (id != NO_VALUE && producers[id] != NO_NODE) {
                readers[producers[id]].push_back(i);
                ++waiting[i];
            }
        };
        std::for_each(nodes[i].inputs.begin(), nodes[i].inputs.end(), wait_for);
        std::for_each(nodes[i].captures.begin(), nodes[i].captures.end(), wait_for);
    }
    // A heap of ready nodes by position keeps the order of sorted files.
    std::vector<std::size_t> ready;
    const auto later = std::greater<>{};
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (waiting[i] == 0) {
            ready.push_back(i);
        }
    }
    std::make_heap(ready.begin(), ready.end(), later);
    NodeOrder order;
    while (!ready.empty()) {
        std::pop_heap(ready.begin(), ready.end(), later);
        const std::size_t node = ready.back();
        ready.pop_back();
        order.positions.push_back(node);
        for (const std::size_t reader : readers[node]) {
            if (--waiting[reader] == 0) {
                ready.push_back(reader);
                std::push_heap(ready.begin(), ready.end(), later);
            }
        }
    }
    if (order.positions.size() != nodes.size()) {
        const auto stuck = std::find_if(waiting.begin(), waiting.end(),
                                        [](std::size_t count) { return count != 0; });
        order.stuck = static_cast<std::size_t>(stuck - waiting.begin());
    }
    return order;
}

Needed needed_for(std::span<const ValueId> outputs, std::span<const Links> nodes,
                  std::span<const std::size_t> order, std::size_t values) {
    Needed needed{std::vector<char>(nodes.size()), std::vector<char>(values)};
    const auto need = [&needed](ValueId id) {
        if (id != NO_VALUE) {
            needed.values[id] = 1;
        }
    };
    std::for_each(outputs.begin(), outputs.end(), need);
    for (auto i = order.rbegin(); i != order.rend(); ++i) {
        const Links& links = nodes[*i];
        if (std::any_of(links.outputs.begin(), links.outputs.end(), [&needed](ValueId id) {
                return id != NO_VALUE && needed.values[id] != 0;
            })) {
            needed.nodes[*i] = 1;
            std::for_each(links.inputs.begin(), links.inputs.end(), need);
            std::for_each(links.captures.begin(), links.captures.end(), need);
        }
    }
    return needed;
}

} // namespace assay::onnx
