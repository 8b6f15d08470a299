// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/functions.hpp"
#include "core/onnx/graph.hpp"
#include "core/onnx/graph_order.hpp"
#include "core/onnx/names.hpp"
#include "core/onnx/opset.hpp"
#include "core/onnx/tensor_proto.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace assay::onnx {
namespace {

/// Longest list of operators in one error.
constexpr std::size_t MAX_LISTED = 100;

/// Names and indices of a graph under construction.
class Builder {
public:
    Builder(const ModelProto& model, const GraphProto& graph, const Limits& limits,
            std::span<std::uint8_t> bytes) noexcept
        : model_{model}, proto_{graph}, limits_{limits}, bytes_{bytes} {
        graph_.strings = std::make_shared<StringPool>();
    }
    /// A graph in an attribute of a node of @p parent.
    Builder(Builder& parent, const GraphProto& proto) noexcept
        : model_{parent.model_}, proto_{proto}, limits_{parent.limits_}, parent_{&parent},
          constants_{parent.constants_} {
        graph_.strings = parent.graph_.strings;
    }

    Result<Graph> build() {
        for (const auto step :
             {&Builder::check_model, &Builder::choose_opset, &Builder::check_operators,
              &Builder::declare_values, &Builder::connect_nodes, &Builder::order_nodes,
              &Builder::take_constants, &Builder::take_nodes}) {
            if (!(this->*step)()) {
                return std::move(error_);
            }
        }
        return std::move(graph_);
    }

private:
    bool fail(ErrorCode code, std::string path) {
        error_ = Error{code, std::move(path)};
        return false;
    }
    bool malformed(std::string path) { return fail(ErrorCode::ONNX_MALFORMED, std::move(path)); }

    std::string label(std::size_t index) const { return node_label(proto_.nodes[index], index); }

    bool check_model() {
        if (model_.ir_version < 1) {
            return malformed("ir_version");
        }
        if (proto_.outputs.empty() && parent_ == nullptr) {
            return malformed("graph.output");
        }
        return true;
    }

    bool choose_opset() {
        bool found = false;
        for (const OperatorSetId& import : model_.opset_imports) {
            if (import.version < 1) {
                return malformed("opset_import");
            }
            if (import.domain.empty()) {
                opset_ = std::max(opset_, import.version);
                found = true;
            }
        }
        if (!found && model_.ir_version < 3) {
            opset_ = 1; // files older than operator sets
            found = true;
        }
        const bool needed =
            std::any_of(proto_.nodes.begin(), proto_.nodes.end(), [](const NodeProto& node) {
                return node.domain.empty() && node.version == 0;
            });
        return found || !needed || malformed("opset_import");
    }

    /// The operator set that a node is written in.
    std::int64_t version_of(const NodeProto& node) const {
        if (node.version != 0) {
            return node.version;
        }
        std::int64_t version = 0;
        for (const OperatorSetId& import : model_.opset_imports) {
            if (import.domain == node.domain) {
                version = std::max(version, import.version);
            }
        }
        return node.domain.empty() ? opset_ : version;
    }

    std::string domain_label(std::size_t index) const {
        const NodeProto& node = proto_.nodes[index];
        return std::string{node.domain.empty() ? "ai.onnx" : node.domain} + " " +
               std::to_string(version_of(node));
    }

    /// Every operator must be known; all that are not are named at once.
    bool check_operators() {
        std::string unknown;
        std::size_t listed = 0;
        for (std::size_t i = 0; i < proto_.nodes.size(); ++i) {
            const NodeProto& node = proto_.nodes[i];
            if (node.op_type.empty()) {
                return malformed("node #" + std::to_string(i));
            }
            const OpSchema* schema = // only functions have overloads
                node.overload.empty() ? find_schema(node.domain, node.op_type) : nullptr;
            if (schema != nullptr) {
                schemas_.push_back(schema);
                continue;
            }
            if (++listed <= MAX_LISTED) {
                unknown += (unknown.empty() ? "" : "; ") + domain_label(i) + " " + label(i);
            }
        }
        if (listed > MAX_LISTED) {
            unknown += "; " + std::to_string(listed - MAX_LISTED) + " more";
        }
        return listed == 0 || fail(ErrorCode::ONNX_UNSUPPORTED_OP, std::move(unknown));
    }

    /// @return the id of a new value, or NO_VALUE after a failure.
    ValueId define(std::string_view name) {
        if (name.empty()) {
            malformed("empty name");
            return NO_VALUE;
        }
        const auto id = static_cast<ValueId>(graph_.values.size());
        if (!ids_.emplace(name, id).second) {
            malformed("name " + quoted(name));
            return NO_VALUE;
        }
        graph_.values.emplace_back().name = name;
        producers_.push_back(NO_NODE);
        return id;
    }

    bool declare(const ValueInfoProto& info, Value& value) {
        const bool is_tensor = info.is_known_kind && info.kind == ValueKind::tensor;
        if (!info.has_type) {
            // The graphs of nodes need not say what their values are.
            return parent_ != nullptr || malformed("type of " + quoted(info.name));
        }
        if (is_tensor && info.type == ElementType::undefined) {
            return malformed("type of " + quoted(info.name));
        }
        if (!info.is_known_kind || (is_tensor && element_size(info.type) == 0)) {
            return fail(ErrorCode::ONNX_UNSUPPORTED_TYPE, quoted(info.name));
        }
        value.kind = info.kind;
        value.type = is_tensor ? info.type : ElementType::undefined;
        value.items = info.items;
        if (info.dims) {
            std::vector<Dim>& dims = value.dims.emplace();
            for (const DimProto& dim : *info.dims) {
                dims.push_back(Dim{dim.value, std::string{dim.symbol}});
            }
        }
        return true;
    }

    /// Inputs and initializers.
    bool declare_values() {
        if (proto_.has_sparse_initializers) {
            return fail(ErrorCode::ONNX_UNSUPPORTED_TYPE, "sparse_initializer");
        }
        for (const ValueInfoProto& input : proto_.inputs) {
            const ValueId id = define(input.name);
            if (id == NO_VALUE || !declare(input, graph_.values[id])) {
                return false;
            }
            graph_.inputs.push_back(id);
        }
        initializers_.resize(graph_.values.size());
        for (const TensorProto& tensor : proto_.initializers) {
            const auto input = ids_.find(tensor.name);
            if (input != ids_.end() && initializers_[input->second] != nullptr) {
                return malformed(initializer_label(tensor.name));
            }
            const ValueId id = input != ids_.end() ? input->second : define(tensor.name);
            if (id == NO_VALUE) {
                return false;
            }
            initializers_.resize(graph_.values.size());
            initializers_[id] = &tensor;
        }
        const auto overridable =
            std::stable_partition(graph_.inputs.begin(), graph_.inputs.end(),
                                  [this](ValueId id) { return initializers_[id] == nullptr; });
        graph_.overridable.assign(overridable, graph_.inputs.end());
        graph_.inputs.erase(overridable, graph_.inputs.end());
        return true;
    }

    /// Resolves every name; inputs may be written by a later node.
    bool connect_nodes() {
        nodes_.resize(proto_.nodes.size());
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            for (const std::string_view name : proto_.nodes[i].outputs) {
                const ValueId id = name.empty() ? NO_VALUE : define(name);
                if (id == NO_VALUE && !name.empty()) {
                    return false;
                }
                nodes_[i].outputs.push_back(id);
                if (id != NO_VALUE) {
                    producers_[id] = i;
                }
            }
        }
        initializers_.resize(graph_.values.size());
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            for (const std::string_view name : proto_.nodes[i].inputs) {
                const ValueId id = name.empty() ? NO_VALUE : resolve(name);
                if (id == NO_VALUE && !name.empty()) {
                    return malformed(label(i) + " input " + quoted(name));
                }
                nodes_[i].inputs.push_back(id);
            }
            if (!build_inner_graphs(i)) {
                return false;
            }
        }
        for (const ValueInfoProto& output : proto_.outputs) {
            const ValueId id = output.name.empty() ? NO_VALUE : resolve(output.name);
            if (id == NO_VALUE) {
                return malformed("output " + quoted(output.name));
            }
            // A model's outputs are known by name: what it names twice is one.
            if (parent_ == nullptr && std::find(graph_.outputs.begin(), graph_.outputs.end(), id) !=
                                          graph_.outputs.end()) {
                continue;
            }
            Value& value = graph_.values[id];
            if (value.type == ElementType::undefined && output.has_type &&
                !declare(output, value)) {
                return false;
            }
            graph_.outputs.push_back(id);
        }
        return true;
    }

    /// @return the value of a name here or, captured, in a graph around; NO_VALUE when there is
    /// none.
    ValueId resolve(std::string_view name) {
        if (const auto found = ids_.find(name); found != ids_.end()) {
            return found->second;
        }
        const ValueId outer = parent_ == nullptr ? NO_VALUE : parent_->resolve(name);
        if (outer == NO_VALUE) {
            return NO_VALUE;
        }
        const ValueId inner = define(name);
        initializers_.resize(graph_.values.size());
        graph_.values[inner].kind = parent_->graph_.values[outer].kind;
        graph_.values[inner].type = parent_->graph_.values[outer].type;
        graph_.captures.push_back(Capture{outer, inner});
        return inner;
    }

    bool build_inner_graphs(std::size_t index) {
        for (const AttributeProto& attribute : proto_.nodes[index].attributes) {
            if (attribute.kind != AttributeKind::graph || attribute.graph == nullptr) {
                continue;
            }
            Builder inner{*this, *attribute.graph};
            Result<Graph> graph = inner.build();
            if (!graph) {
                return fail(graph.error().code,
                            label(index) + " " + std::string{graph.error().path.view()});
            }
            constants_ = inner.constants_;
            for (const Capture& capture : graph->captures) {
                nodes_[index].captures.push_back(capture.outer);
            }
            inner_graphs_[&attribute] = std::make_shared<const Graph>(*std::move(graph));
        }
        return true;
    }

    /// Files need not be sorted, nor free of what no output depends on.
    bool order_nodes() {
        const NodeOrder order = order_of(nodes_, producers_);
        if (order.stuck != NO_NODE) {
            return malformed("cycle at " + label(order.stuck));
        }
        order_ = order.positions;
        needed_ = needed_for(graph_.outputs, nodes_, order_, graph_.values.size());
        return true;
    }

    /// Adds to the bytes of all constants, before any of them is copied.
    bool reserve(const TensorProto& proto, const std::string& where) {
        constants_ += byte_count(proto.type, proto.dims).value_or(0);
        return constants_ <= limits_.memory_bytes || fail(ErrorCode::ONNX_LIMIT, where);
    }

    bool take_constants() {
        for (std::size_t id = 0; id < graph_.values.size(); ++id) {
            if (initializers_[id] == nullptr || needed_.values[id] == 0) {
                continue;
            }
            const std::string where = initializer_label(initializers_[id]->name);
            if (!reserve(*initializers_[id], where)) {
                return false;
            }
            std::optional<Tensor> in_place =
                bytes_.empty() ? std::nullopt : tensor_in_place(*initializers_[id], bytes_);
            Result<Tensor> tensor = in_place ? Result<Tensor>{*std::move(in_place)}
                                             : decode_tensor(*initializers_[id], *graph_.strings);
            if (!tensor) {
                return fail(tensor.error().code, where);
            }
            Value& value = graph_.values[id];
            if (value.type != ElementType::undefined && value.type != tensor->type) {
                return malformed(where);
            }
            value.constant = std::make_shared<Tensor>(*std::move(tensor));
        }
        return true;
    }

    bool take_nodes() {
        for (const std::size_t index : order_) {
            if (needed_.nodes[index] != 0 && !take_node(index)) {
                return false;
            }
        }
        return true;
    }

    bool take_node(std::size_t index) {
        const OpSchema& schema = *schemas_[index];
        Links& links = nodes_[index];
        const Result<int> version = choose_version(schema, version_of(proto_.nodes[index]));
        if (!version) {
            return fail(version.error().code, domain_label(index) + " " + label(index));
        }
        const auto required = static_cast<std::size_t>(schema.min_inputs);
        bool complete = links.inputs.size() >= required &&
                        links.inputs.size() <= static_cast<std::size_t>(schema.max_inputs) &&
                        links.outputs.size() <= static_cast<std::size_t>(schema.max_outputs) &&
                        !links.outputs.empty();
        for (std::size_t i = 0; complete && i < required; ++i) {
            complete = links.inputs[i] != NO_VALUE;
        }
        if (!complete || (schema.op == Op::gemm && *version < 11 && links.inputs.size() < 3)) {
            return malformed(label(index) + " inputs or outputs");
        }
        std::vector<Attribute> attributes;
        for (const AttributeProto& proto : proto_.nodes[index].attributes) {
            if (!take_attribute(schema, *version, index, proto, attributes)) {
                return false;
            }
        }
        graph_.nodes.push_back(Node{schema.op, *version, label(index), std::move(links.inputs),
                                    std::move(links.outputs), Attributes{std::move(attributes)},
                                    std::move(links.captures)});
        return true;
    }

    bool take_attribute(const OpSchema& schema, int version, std::size_t node,
                        const AttributeProto& proto, std::vector<Attribute>& out) {
        const std::string where = label(node) + " attribute " + quoted(proto.name);
        const std::optional<AttributeRule> rule = attribute_rule(schema, proto.name);
        if (!rule || rule->since > version) {
            return fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, where);
        }
        const bool twice = std::any_of(out.begin(), out.end(), [&proto](const Attribute& other) {
            return other.name == proto.name;
        });
        if (rule->kind != proto.kind || twice || !proto.reference.empty()) {
            return malformed(where);
        }
        // An operator must not take a text that it does not know for its default.
        const auto allowed = [&rule](std::string_view text) { return rule->allows(text); };
        if ((proto.kind == AttributeKind::string && !allowed(proto.string)) ||
            !std::all_of(proto.strings.begin(), proto.strings.end(), allowed)) {
            return fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, where);
        }
        Attribute attribute;
        attribute.name = proto.name;
        attribute.kind = proto.kind;
        attribute.real = proto.real;
        attribute.integer = proto.integer;
        attribute.string = proto.string;
        attribute.reals = proto.reals;
        attribute.integers = proto.integers;
        attribute.strings.assign(proto.strings.begin(), proto.strings.end());
        if (const auto inner = inner_graphs_.find(&proto); inner != inner_graphs_.end()) {
            attribute.graph = inner->second;
        }
        if (proto.tensor) {
            if (!reserve(*proto.tensor, where)) {
                return false;
            }
            Result<Tensor> tensor = decode_tensor(*proto.tensor, *graph_.strings);
            if (!tensor) {
                return fail(tensor.error().code, where);
            }
            attribute.tensor = std::make_shared<const Tensor>(*std::move(tensor));
        }
        out.push_back(std::move(attribute));
        return true;
    }

    const ModelProto& model_;
    const GraphProto& proto_;
    const Limits& limits_;
    std::span<std::uint8_t> bytes_{}; // of the graph itself: those of nodes may be taken twice
    Builder* parent_ = nullptr;
    std::uint64_t constants_ = 0; // bytes
    Graph graph_;
    std::map<const AttributeProto*, std::shared_ptr<const Graph>> inner_graphs_;
    Error error_{ErrorCode::ONNX_MALFORMED};
    std::int64_t opset_ = 0;
    std::vector<const OpSchema*> schemas_;         // of each node
    std::map<std::string_view, ValueId> ids_;      // by name
    std::vector<std::size_t> producers_;           // node of each value
    std::vector<const TensorProto*> initializers_; // of each value, or null
    std::vector<Links> nodes_;                     // in the order of the file
    std::vector<std::size_t> order_;               // sorted positions in nodes_
    Needed needed_;
};

} // namespace

Result<Graph> build_graph(const ModelProto& model, const Limits& limits,
                          std::span<std::uint8_t> bytes) noexcept {
    if (model.functions.empty()) {
        return Builder{model, model.graph, limits, bytes}.build();
    }
    std::deque<std::string> names;
    const Result<GraphProto> graph = inline_functions(model, limits, names);
    if (!graph) {
        return graph.error();
    }
    return Builder{model, *graph, limits, bytes}.build();
}

} // namespace assay::onnx
