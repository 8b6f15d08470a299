// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What calls of functions may copy. Calls multiply, so that a file of a kilobyte could ask for
// more nodes than any memory holds.
#pragma once

#include "core/onnx/proto.hpp"

#include <cstdint>
#include <vector>

namespace assay::onnx {

class FunctionBudget {
public:
    /// @param nodes  those of the model after all calls; a call counts as one too, so that there
    ///   cannot be more calls of functions without nodes
    explicit FunctionBudget(std::uint64_t nodes) noexcept : nodes_{nodes} {}

    /// Takes nodes with all that they hold; stops as soon as something is over a limit.
    /// @param depth  of their graph, 1 for the main one
    /// @return whether they are within the budget and within MAX_NESTING
    [[nodiscard]] bool take(const std::vector<NodeProto>& nodes, std::size_t depth) noexcept;
    [[nodiscard]] bool take(const AttributeProto& attribute, std::size_t depth) noexcept;
    [[nodiscard]] bool take(const std::vector<std::string_view>& names) noexcept;
    /// From now on tensors count too: each call decodes its own, the main graph's are there once.
    void begin_calls() noexcept { in_calls_ = true; }

private:
    bool take_bytes(std::uint64_t bytes) noexcept;
    bool take_name(std::string_view name) noexcept;
    bool take(const GraphProto& graph, std::size_t depth) noexcept;
    bool take(const TensorProto& tensor) noexcept;

    std::uint64_t nodes_;
    bool in_calls_ = false;
    /// A model of 100 000 nodes needs about 60 MB.
    std::uint64_t bytes_ = std::uint64_t{256} << 20;
};

} // namespace assay::onnx
