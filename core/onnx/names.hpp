// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// How errors name the parts of a model.
#pragma once

#include "core/onnx/proto.hpp"

#include <string>
#include <string_view>

namespace assay::onnx {

[[nodiscard]] inline std::string quoted(std::string_view name) {
    return "\"" + std::string{name} + "\"";
}

/// `node "name" (Type)`; one without a name has its place among the nodes of its graph.
[[nodiscard]] inline std::string node_label(const NodeProto& node, std::size_t index) {
    const std::string which = node.name.empty() ? "#" + std::to_string(index) : quoted(node.name);
    return "node " + which + " (" + std::string{node.op_type} + ")";
}

[[nodiscard]] inline std::string initializer_label(std::string_view name) {
    return "initializer " + quoted(name);
}

} // namespace assay::onnx
