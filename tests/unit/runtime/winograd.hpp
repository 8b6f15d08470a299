// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the tests of Winograd's form share.
#pragma once

#include "tests/unit/runtime/both_ways.hpp"

#include <algorithm>

namespace assay::runtime {

/// As in WebAssembly.
inline SessionOptions with_winograd() {
    SessionOptions options;
    options.winograd = true;
    return options;
}

inline std::size_t winograd_nodes(const Session& session) {
    const auto& live = session.plan()->specialization().live;
    return static_cast<std::size_t>(
        std::count_if(live.begin(), live.end(),
                      [](const onnx::Node* node) { return node->op == onnx::Op::winograd_conv; }));
}

/// Weights that keep the size of what goes through them.
inline std::vector<float> level_weights(const std::vector<std::int64_t>& dims, std::uint32_t seed) {
    std::vector<float> weights = Values{seed}.vector(count_of(dims));
    const float scale = std::sqrt(3.0F / static_cast<float>(count_of(dims) / count_of({dims[0]})));
    for (float& weight : weights) {
        weight *= scale;
    }
    return weights;
}

} // namespace assay::runtime
