// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/functions.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace assay::onnx {
namespace {

using Names = std::map<std::string_view, std::string_view>;

class Inliner {
public:
    Inliner(const ModelProto& model, const Limits& limits, std::deque<std::string>& names) noexcept
        : model_{model}, limits_{limits}, names_{names} {}

    Result<void> expand(std::vector<NodeProto>& nodes, std::size_t depth) {
        std::vector<NodeProto> out;
        for (NodeProto& node : nodes) {
            for (AttributeProto& attribute : node.attributes) {
                if (attribute.graph == nullptr) {
                    continue;
                }
                auto inner = std::make_shared<GraphProto>(*attribute.graph);
                if (const Result<void> done = expand(inner->nodes, depth); !done) {
                    return done;
                }
                attribute.graph = std::move(inner);
            }
            const FunctionProto* function = find(node);
            if (function == nullptr) {
                out.push_back(std::move(node));
            } else if (const Result<void> done = call(node, *function, depth, out); !done) {
                return done;
            }
            if (out.size() > limits_.nodes) {
                return Error{ErrorCode::ONNX_LIMIT, "nodes"};
            }
        }
        nodes = std::move(out);
        return Result<void>::ok();
    }

private:
    const FunctionProto* find(const NodeProto& node) const {
        const auto found = std::find_if(
            model_.functions.begin(), model_.functions.end(), [&node](const FunctionProto& one) {
                return one.name == node.op_type && one.domain == node.domain;
            });
        return found == model_.functions.end() ? nullptr : &*found;
    }

    std::string_view keep(std::string name) { return names_.emplace_back(std::move(name)); }

    Result<void> call(const NodeProto& node, const FunctionProto& function, std::size_t depth,
                      std::vector<NodeProto>& out) {
        if (depth >= MAX_NESTING) {
            return Error{ErrorCode::ONNX_LIMIT, std::string{node.op_type}};
        }
        if (node.inputs.size() > function.inputs.size() ||
            node.outputs.size() > function.outputs.size()) {
            return Error{ErrorCode::ONNX_MALFORMED, std::string{node.op_type}};
        }
        Names names;
        for (std::size_t i = 0; i < function.inputs.size(); ++i) {
            names[function.inputs[i]] = i < node.inputs.size() ? node.inputs[i] : "";
        }
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            if (!node.outputs[i].empty()) {
                names[function.outputs[i]] = node.outputs[i];
            }
        }
        const std::string prefix = "(" + std::to_string(++calls_) + ")";
        std::vector<NodeProto> body = function.nodes;
        for (NodeProto& inner : body) {
            rename(inner, names, prefix);
            bind(inner, node, function);
        }
        if (const Result<void> done = expand(body, depth + 1); !done) {
            return done;
        }
        std::move(body.begin(), body.end(), std::back_inserter(out));
        return Result<void>::ok();
    }

    /// Gives the values of one call names that no other call has.
    void rename(NodeProto& node, Names& names, const std::string& prefix) {
        for (std::vector<std::string_view>* list : {&node.outputs, &node.inputs}) {
            for (std::string_view& name : *list) {
                if (name.empty()) {
                    continue;
                }
                const auto [place, is_new] = names.try_emplace(name);
                if (is_new) {
                    place->second = keep(prefix + std::string{name});
                }
                name = place->second;
            }
        }
        for (AttributeProto& attribute : node.attributes) {
            if (attribute.graph != nullptr) {
                attribute.graph = renamed(*attribute.graph, names, prefix);
            }
        }
    }

    std::shared_ptr<const GraphProto> renamed(const GraphProto& graph, Names names,
                                              const std::string& prefix) {
        auto out = std::make_shared<GraphProto>(graph);
        // Names that the graph defines itself are its own and hide those around.
        for (const ValueInfoProto& input : graph.inputs) {
            names[input.name] = input.name;
        }
        for (const TensorProto& tensor : graph.initializers) {
            names[tensor.name] = tensor.name;
        }
        for (NodeProto& node : out->nodes) {
            rename(node, names, prefix);
        }
        for (ValueInfoProto& output : out->outputs) {
            if (const auto found = names.find(output.name); found != names.end()) {
                output.name = found->second;
            }
        }
        return out;
    }

    /// Attributes that refer to those of the call take their values, or the function's defaults.
    static void bind(NodeProto& node, const NodeProto& call, const FunctionProto& function) {
        std::vector<AttributeProto> bound;
        for (AttributeProto& attribute : node.attributes) {
            if (attribute.graph != nullptr) {
                auto inner = std::make_shared<GraphProto>(*attribute.graph);
                for (NodeProto& one : inner->nodes) {
                    bind(one, call, function);
                }
                attribute.graph = std::move(inner);
            }
            if (attribute.reference.empty()) {
                bound.push_back(std::move(attribute));
                continue;
            }
            for (const std::vector<AttributeProto>* list : {&call.attributes, &function.defaults}) {
                const auto found =
                    std::find_if(list->begin(), list->end(), [&](const AttributeProto& one) {
                        return one.name == attribute.reference;
                    });
                if (found != list->end()) {
                    bound.push_back(*found);
                    bound.back().name = attribute.name;
                    break; // without a value the attribute is left out
                }
            }
        }
        node.attributes = std::move(bound);
    }

    const ModelProto& model_;
    const Limits& limits_;
    std::deque<std::string>& names_;
    std::size_t calls_ = 0;
};

} // namespace

Result<void> inline_functions(const ModelProto& model, GraphProto& graph, const Limits& limits,
                              std::deque<std::string>& names) noexcept {
    return Inliner{model, limits, names}.expand(graph.nodes, 1);
}

} // namespace assay::onnx
