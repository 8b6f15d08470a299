// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The nodes that stand for one call of a function.
#pragma once

#include "core/base/result.hpp"
#include "core/onnx/function_budget.hpp"
#include "core/onnx/proto.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::onnx {

struct Function {
    const FunctionProto* proto = nullptr;
    std::map<std::string_view, std::int64_t> versions{}; ///< of operator sets, by domain
    std::map<std::string_view, const AttributeProto*> defaults{};
};

/// How errors name a function: `function "domain.name:overload"`.
[[nodiscard]] std::string function_label(const FunctionProto& function);

/// Copies a function's nodes for @p call, with the call's values and attributes in place of the
/// formal ones and with @p prefix before all other names, those of inner graphs included.
/// @param depth   of the graph in which the call stands, 1 for the main one
/// @param budget  charged before anything is copied
/// @param names   keeps the new names
/// @return ONNX_LIMIT when the budget is spent; ONNX_MALFORMED for more inputs or outputs than the
///   function has and for formal ones without a name of their own.
[[nodiscard]] Result<std::vector<NodeProto>>
nodes_of_call(const Function& function, const NodeProto& call, std::string_view prefix,
              std::size_t depth, FunctionBudget& budget, std::deque<std::string>& names) noexcept;

} // namespace assay::onnx
