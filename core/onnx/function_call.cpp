// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/function_call.hpp"

#include "core/onnx/names.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace assay::onnx {
namespace {

class Instance {
public:
    Instance(const Function& function, std::string_view prefix, FunctionBudget& budget,
             std::deque<std::string>& names) noexcept
        : function_{function}, prefix_{prefix}, budget_{budget}, names_{names} {}

    Result<std::vector<NodeProto>> nodes(const NodeProto& call, std::size_t depth) {
        const FunctionProto& proto = *function_.proto;
        const Error over_budget{ErrorCode::ONNX_LIMIT, function_label(proto) + " nodes"};
        if (!budget_.take(proto.nodes, depth) || !budget_.take(proto.inputs) ||
            !budget_.take(proto.outputs)) {
            return over_budget;
        }
        if (!take_formals(call)) {
            return Error{ErrorCode::ONNX_MALFORMED, function_label(proto)};
        }
        for (const AttributeProto& attribute : call.attributes) {
            if (!given_.try_emplace(attribute.name, &attribute).second) {
                return Error{ErrorCode::ONNX_MALFORMED, function_label(proto)};
            }
        }
        std::vector<NodeProto> out = proto.nodes;
        if (!instantiate(out, depth) || !budget_.take(copies_, depth)) {
            return over_budget;
        }
        std::move(copies_.begin(), copies_.end(), std::back_inserter(out));
        return out;
    }

private:
    /// What a formal input or output stands for.
    struct Formal {
        std::string_view actual;
        std::size_t hidden = 0; ///< definitions of the same name in the graphs around a node
    };

    bool take_formals(const NodeProto& call) {
        const FunctionProto& proto = *function_.proto;
        if (call.inputs.size() > proto.inputs.size() ||
            call.outputs.size() > proto.outputs.size()) {
            return false;
        }
        for (std::size_t i = 0; i < proto.inputs.size(); ++i) {
            const std::string_view actual = i < call.inputs.size() ? call.inputs[i] : "";
            if (!formals_.try_emplace(proto.inputs[i], Formal{actual}).second) {
                return false;
            }
        }
        for (std::size_t i = 0; i < call.outputs.size(); ++i) {
            if (call.outputs[i].empty()) {
                continue;
            }
            const auto [formal, is_new] =
                formals_.try_emplace(proto.outputs[i], Formal{call.outputs[i]});
            if (!is_new) { // an input, or an output before
                NodeProto& copy = copies_.emplace_back();
                copy.op_type = "Identity";
                copy.inputs = {formal->second.actual};
                copy.outputs = {call.outputs[i]};
                take_version(copy);
            }
        }
        return true;
    }

    void take_version(NodeProto& node) const {
        if (const auto import = function_.versions.find(node.domain);
            import != function_.versions.end()) {
            node.version = import->second;
        }
    }

    /// @return whether what the nodes refer to is within the budget.
    bool instantiate(std::vector<NodeProto>& nodes, std::size_t depth) {
        return std::all_of(nodes.begin(), nodes.end(), [&](NodeProto& node) {
            take_version(node);
            rename(node.inputs);
            rename(node.outputs);
            return instantiate_attributes(node, depth);
        });
    }

    void rename(std::vector<std::string_view>& names) {
        for (std::string_view& name : names) {
            rename(name);
        }
    }

    /// All but the formal names get the call's prefix, in inner graphs too: the caller may use any
    /// name for what it passes, and nothing in the function may hide that.
    void rename(std::string_view& name) {
        if (name.empty()) {
            return;
        }
        const auto formal = formals_.find(name);
        if (formal != formals_.end() && formal->second.hidden == 0) {
            name = formal->second.actual;
            return;
        }
        const auto [own, is_new] = own_.try_emplace(name);
        if (is_new) {
            own->second = names_.emplace_back(std::string{prefix_} + std::string{name});
        }
        name = own->second;
    }

    bool instantiate_attributes(NodeProto& node, std::size_t depth) {
        std::vector<AttributeProto> bound;
        for (AttributeProto& attribute : node.attributes) {
            bool is_own = true; // what a call gives is in the caller's names
            if (!attribute.reference.empty()) {
                const AttributeProto* value = nullptr;
                if (const auto given = given_.find(attribute.reference); given != given_.end()) {
                    value = given->second;
                    is_own = false;
                } else if (const auto other = function_.defaults.find(attribute.reference);
                           other != function_.defaults.end()) {
                    value = other->second;
                } else {
                    continue; // without a value the attribute is left out
                }
                if (!budget_.take(*value, depth)) {
                    return false;
                }
                const std::string_view name = attribute.name;
                attribute = *value;
                attribute.name = name;
            }
            if (is_own && attribute.graph != nullptr && !instantiate(attribute.graph, depth + 1)) {
                return false;
            }
            bound.push_back(std::move(attribute));
        }
        node.attributes = std::move(bound);
        return true;
    }

    bool instantiate(std::shared_ptr<const GraphProto>& graph, std::size_t depth) {
        const std::shared_ptr<const GraphProto> original = graph;
        auto out = std::make_shared<GraphProto>(*original);
        hide_formals(*original, 1);
        for (std::vector<ValueInfoProto>* values : {&out->inputs, &out->outputs}) {
            for (ValueInfoProto& value : *values) {
                rename(value.name);
            }
        }
        for (TensorProto& tensor : out->initializers) {
            rename(tensor.name);
        }
        const bool done = instantiate(out->nodes, depth);
        hide_formals(*original, -1);
        graph = std::move(out);
        return done;
    }

    /// Names that a graph defines are its own in it, formal or not.
    void hide_formals(const GraphProto& graph, int change) {
        const auto hide = [&](std::string_view name) {
            if (const auto formal = formals_.find(name); formal != formals_.end()) {
                formal->second.hidden += static_cast<std::size_t>(change);
            }
        };
        for (const ValueInfoProto& input : graph.inputs) {
            hide(input.name);
        }
        for (const TensorProto& tensor : graph.initializers) {
            hide(tensor.name);
        }
        for (const NodeProto& node : graph.nodes) {
            std::for_each(node.outputs.begin(), node.outputs.end(), hide);
        }
    }

    const Function& function_;
    std::string_view prefix_;
    FunctionBudget& budget_;
    std::deque<std::string>& names_;
    std::map<std::string_view, Formal> formals_;
    std::map<std::string_view, std::string_view> own_; // with the prefix, by the function's names
    std::map<std::string_view, const AttributeProto*> given_;
    std::vector<NodeProto> copies_; // of what the function returns without a node of its own
};

} // namespace

std::string function_label(const FunctionProto& function) {
    std::string name{function.domain.empty() ? "ai.onnx" : function.domain};
    name += "." + std::string{function.name};
    if (!function.overload.empty()) {
        name += ":" + std::string{function.overload};
    }
    return "function " + quoted(name);
}

Result<std::vector<NodeProto>> nodes_of_call(const Function& function, const NodeProto& call,
                                             std::string_view prefix, std::size_t depth,
                                             FunctionBudget& budget,
                                             std::deque<std::string>& names) noexcept {
    return Instance{function, prefix, budget, names}.nodes(call, depth);
}

} // namespace assay::onnx
