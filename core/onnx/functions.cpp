// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/functions.hpp"

#include "core/onnx/function_budget.hpp"
#include "core/onnx/function_call.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace assay::onnx {
namespace {

class Inliner {
public:
    Inliner(const ModelProto& model, const Limits& limits, std::deque<std::string>& names) noexcept
        : model_{model}, budget_{limits.nodes}, names_{names} {}

    Result<GraphProto> inlined() {
        for (const FunctionProto& function : model_.functions) {
            if (const Result<void> done = add(function); !done) {
                return done.error();
            }
        }
        if (!budget_.take(model_.graph.nodes, 1)) {
            return Error{ErrorCode::ONNX_LIMIT, "nodes"};
        }
        budget_.begin_calls();
        take_names(model_.graph);
        GraphProto graph = model_.graph;
        if (const Result<void> done = expand(graph.nodes, 1, 1); !done) {
            return done.error();
        }
        return graph;
    }

private:
    /// Domain, name and overload.
    using Identity = std::tuple<std::string_view, std::string_view, std::string_view>;

    Result<void> add(const FunctionProto& proto) {
        Function function{&proto};
        for (const OperatorSetId& import : proto.opset_imports) {
            if (import.version < 1) {
                return Error{ErrorCode::ONNX_MALFORMED, function_label(proto) + " opset_import"};
            }
            std::int64_t& version = function.versions[import.domain];
            version = std::max(version, import.version);
        }
        for (const AttributeProto& attribute : proto.defaults) {
            if (!function.defaults.try_emplace(attribute.name, &attribute).second) {
                return Error{ErrorCode::ONNX_MALFORMED, function_label(proto)};
            }
        }
        const Identity identity{proto.domain, proto.name, proto.overload};
        if (!functions_.try_emplace(identity, std::move(function)).second) {
            return Error{ErrorCode::ONNX_MALFORMED, function_label(proto)};
        }
        return Result<void>::ok();
    }

    /// Keeps the names that could be taken for those of a call.
    void take_names(const GraphProto& graph) {
        const auto take = [this](std::string_view name) {
            if (name.starts_with('(')) {
                taken_.insert(name);
            }
        };
        for (const std::vector<ValueInfoProto>* values : {&graph.inputs, &graph.outputs}) {
            for (const ValueInfoProto& value : *values) {
                take(value.name);
            }
        }
        for (const TensorProto& tensor : graph.initializers) {
            take(tensor.name);
        }
        for (const NodeProto& node : graph.nodes) {
            std::for_each(node.inputs.begin(), node.inputs.end(), take);
            std::for_each(node.outputs.begin(), node.outputs.end(), take);
            for (const AttributeProto& attribute : node.attributes) {
                if (attribute.graph != nullptr) {
                    take_names(*attribute.graph);
                }
            }
        }
    }

    /// @return what no name in the file begins with, nor one of another call.
    std::string next_prefix() {
        for (;;) {
            const std::string prefix = "(" + std::to_string(++prefixes_) + ")";
            const auto name = taken_.lower_bound(prefix);
            if (name == taken_.end() || !name->starts_with(prefix)) {
                return prefix;
            }
        }
    }

    /// @param graphs  depth of the nodes' graph
    /// @param calls   depth of their calls
    Result<void> expand(std::vector<NodeProto>& nodes, std::size_t graphs, std::size_t calls) {
        std::vector<NodeProto> out;
        for (NodeProto& node : nodes) {
            for (AttributeProto& attribute : node.attributes) {
                if (attribute.graph == nullptr) {
                    continue;
                }
                auto inner = std::make_shared<GraphProto>(*attribute.graph);
                if (const Result<void> done = expand(inner->nodes, graphs + 1, calls); !done) {
                    return done;
                }
                attribute.graph = std::move(inner);
            }
            const auto function =
                functions_.find(Identity{node.domain, node.op_type, node.overload});
            if (function == functions_.end()) {
                out.push_back(std::move(node));
            } else if (const Result<void> done = call(node, function->second, graphs, calls, out);
                       !done) {
                return done;
            }
        }
        nodes = std::move(out);
        return Result<void>::ok();
    }

    Result<void> call(const NodeProto& node, const Function& function, std::size_t graphs,
                      std::size_t calls, std::vector<NodeProto>& out) {
        if (calls > MAX_CALLS) {
            return Error{ErrorCode::ONNX_LIMIT, function_label(*function.proto) + " calls"};
        }
        Result<std::vector<NodeProto>> body =
            nodes_of_call(function, node, next_prefix(), graphs, budget_, names_);
        if (!body) {
            return body.error();
        }
        if (const Result<void> done = expand(*body, graphs, calls + 1); !done) {
            return done;
        }
        std::move(body->begin(), body->end(), std::back_inserter(out));
        return Result<void>::ok();
    }

    const ModelProto& model_;
    FunctionBudget budget_;
    std::deque<std::string>& names_;
    std::map<Identity, Function> functions_;
    std::set<std::string_view> taken_;
    std::size_t prefixes_ = 0;
};

} // namespace

Result<GraphProto> inline_functions(const ModelProto& model, const Limits& limits,
                                    std::deque<std::string>& names) noexcept {
    return Inliner{model, limits, names}.inlined();
}

} // namespace assay::onnx
