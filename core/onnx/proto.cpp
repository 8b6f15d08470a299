// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/proto.hpp"

#include "core/bytes/protobuf.hpp"
#include "core/bytes/utf8.hpp"
#include "core/onnx/names.hpp"
#include "core/onnx/tensor_proto.hpp"

#include <bit>
#include <string>

namespace assay::onnx {
namespace {

using bytes::WireField;
using bytes::WireReader;
using bytes::WireType;

constexpr std::size_t MAX_INITIALIZERS = 1'000'000;
constexpr std::size_t MAX_ATTRIBUTES = 1'024;
constexpr std::size_t MAX_NODE_VALUES = 100'000;

/// One pass over a model. Every method returns false after it has set the error.
class Parser {
public:
    Parser(BytesView model, const Limits& limits) noexcept : model_{model}, limits_{limits} {}

    bool model(ModelProto& out) {
        bool has_graph = false;
        return fields(model_,
                      [&](const WireField& field) {
                          switch (field.number) {
                          case 1:
                              return integer(field, out.ir_version);
                          case 7:
                              if (has_graph) {
                                  return malformed(field);
                              }
                              has_graph = true;
                              return message(field) && graph(field.content, out.graph, 1);
                          case 8:
                              return message(field) &&
                                     opset(field.content, out.opset_imports.emplace_back());
                          case 25:
                              return message(field) &&
                                     function(field.content, out.functions.emplace_back());
                          default:
                              return true;
                          }
                      }) &&
               (has_graph || fail(ErrorCode::ONNX_MALFORMED, "graph"));
    }

    Error error() const { return error_; }

private:
    template <typename Visit>
    bool fields(BytesView bytes, Visit visit) {
        WireReader reader{bytes};
        while (!reader.at_end()) {
            const BytesView here = reader.rest();
            const std::optional<WireField> field = reader.next();
            if (!field) {
                return fail(ErrorCode::ONNX_MALFORMED, position(here));
            }
            if (!visit(*field)) {
                return false;
            }
        }
        return true;
    }

    std::string position(BytesView at) const {
        if (at.empty()) {
            return {};
        }
        return "byte " + std::to_string(at.data() - model_.data());
    }

    bool fail(ErrorCode code, std::string path) {
        error_ = Error{code, std::move(path)};
        return false;
    }
    /// Says in which part of the model the error was found.
    bool within(const std::string& part) {
        const std::string_view where = error_.path.view();
        return fail(error_.code, where.empty() ? part : part + " " + std::string{where});
    }
    bool malformed(const WireField& field) {
        return fail(ErrorCode::ONNX_MALFORMED, position(field.content));
    }
    bool message(const WireField& field) {
        return field.type == WireType::length_delimited || malformed(field);
    }

    bool integer(const WireField& field, std::int64_t& out) {
        out = static_cast<std::int64_t>(field.scalar);
        return field.type == WireType::varint || malformed(field);
    }

    bool string(const WireField& field, std::string_view& out) {
        if (field.type != WireType::length_delimited || !bytes::is_utf8(as_text(field.content))) {
            return malformed(field);
        }
        out = as_text(field.content);
        return true;
    }

    bool domain(const WireField& field, std::string_view& out) {
        if (!string(field, out)) {
            return false;
        }
        if (out == "ai.onnx") {
            out = {};
        }
        return true;
    }

    bool opset(BytesView bytes, OperatorSetId& out) {
        return fields(bytes, [&](const WireField& field) {
            switch (field.number) {
            case 1:
                return domain(field, out.domain);
            case 2:
                return integer(field, out.version);
            default:
                return true;
            }
        });
    }

    bool function(BytesView bytes, FunctionProto& out) {
        return fields(bytes, [&](const WireField& field) {
            switch (field.number) {
            case 1:
                return string(field, out.name);
            case 4:
                return node_value(field, out.inputs);
            case 5:
                return node_value(field, out.outputs);
            case 7:
                if (++nodes_ > limits_.nodes) {
                    return fail(ErrorCode::ONNX_LIMIT, "nodes");
                }
                return message(field) &&
                       (node(field.content, out.nodes.emplace_back(), 1) ||
                        within(node_label(out.nodes.back(), out.nodes.size() - 1)));
            case 9:
                return message(field) && opset(field.content, out.opset_imports.emplace_back());
            case 11:
                return message(field) && attribute(field.content, out.defaults.emplace_back(), 1);
            case 10:
                return domain(field, out.domain);
            case 13:
                return string(field, out.overload);
            default:
                return true;
            }
        });
    }

    bool graph(BytesView bytes, GraphProto& out, std::size_t depth) {
        if (depth > MAX_NESTING) {
            return fail(ErrorCode::ONNX_LIMIT, position(bytes));
        }
        return fields(bytes, [&](const WireField& field) {
            switch (field.number) {
            case 1:
                if (++nodes_ > limits_.nodes) {
                    return fail(ErrorCode::ONNX_LIMIT, "nodes");
                }
                return message(field) &&
                       (node(field.content, out.nodes.emplace_back(), depth) ||
                        within(node_label(out.nodes.back(), out.nodes.size() - 1)));
            case 5:
                if (out.initializers.size() >= MAX_INITIALIZERS) {
                    return fail(ErrorCode::ONNX_LIMIT, "initializers");
                }
                return message(field) && (tensor(field.content, out.initializers.emplace_back()) ||
                                          within(initializer_label(tensor_name(field.content))));
            case 11:
                return message(field) && value_info(field.content, out.inputs.emplace_back());
            case 12:
                return message(field) && value_info(field.content, out.outputs.emplace_back());
            case 15:
                out.has_sparse_initializers = true;
                return message(field);
            default:
                return true;
            }
        });
    }

    bool tensor(BytesView bytes, TensorProto& out) {
        Result<TensorProto> read = read_tensor(bytes);
        if (!read) {
            return fail(read.error().code, position(bytes));
        }
        out = *std::move(read);
        return true;
    }

    bool node_value(const WireField& field, std::vector<std::string_view>& out) {
        if (out.size() >= MAX_NODE_VALUES) {
            return fail(ErrorCode::ONNX_LIMIT, position(field.content));
        }
        return string(field, out.emplace_back());
    }

    bool tensor_attribute(BytesView bytes, AttributeProto& out) {
        auto inner = std::make_shared<TensorProto>();
        out.tensor = inner;
        return tensor(bytes, *inner);
    }

    bool graph_attribute(BytesView bytes, AttributeProto& out, std::size_t depth) {
        auto inner = std::make_shared<GraphProto>();
        out.graph = inner;
        return graph(bytes, *inner, depth);
    }

    bool node(BytesView bytes, NodeProto& out, std::size_t depth) {
        return fields(bytes, [&](const WireField& field) {
            switch (field.number) {
            case 1:
                return node_value(field, out.inputs);
            case 2:
                return node_value(field, out.outputs);
            case 3:
                return string(field, out.name);
            case 4:
                return string(field, out.op_type);
            case 5:
                if (out.attributes.size() >= MAX_ATTRIBUTES) {
                    return fail(ErrorCode::ONNX_LIMIT, position(bytes));
                }
                return message(field) &&
                       attribute(field.content, out.attributes.emplace_back(), depth);
            case 7:
                return domain(field, out.domain);
            case 8:
                return string(field, out.overload);
            default:
                return true;
            }
        });
    }

    bool attribute(BytesView bytes, AttributeProto& out, std::size_t depth) {
        AttributeKind seen = AttributeKind::undefined; // for files without a `type` field
        const bool read = fields(bytes, [&](const WireField& field) {
            switch (field.number) {
            case 1:
                return string(field, out.name);
            case 2:
                seen = AttributeKind::real;
                out.real = std::bit_cast<float>(static_cast<std::uint32_t>(field.scalar));
                return field.type == WireType::fixed32 || malformed(field);
            case 3:
                seen = AttributeKind::integer;
                return integer(field, out.integer);
            case 4:
                seen = AttributeKind::string;
                out.string = as_text(field.content);
                return message(field);
            case 5:
                seen = AttributeKind::tensor;
                return message(field) && tensor_attribute(field.content, out);
            case 6:
                seen = AttributeKind::graph;
                return message(field) && graph_attribute(field.content, out, depth + 1);
            case 11: {
                seen = AttributeKind::graphs;
                GraphProto inner;
                return message(field) && graph(field.content, inner, depth + 1);
            }
            case 7:
                seen = AttributeKind::reals;
                return for_each_fixed32(field,
                                        [&](std::uint32_t bits) {
                                            out.reals.push_back(std::bit_cast<float>(bits));
                                        }) ||
                       malformed(field);
            case 8:
                seen = AttributeKind::integers;
                return for_each_varint(field,
                                       [&](std::uint64_t value) {
                                           out.integers.push_back(static_cast<std::int64_t>(value));
                                       }) ||
                       malformed(field);
            case 9:
                seen = AttributeKind::strings;
                out.strings.push_back(as_text(field.content));
                return message(field);
            case 10: {
                seen = AttributeKind::tensors;
                TensorProto inner;
                return message(field) && tensor(field.content, inner);
            }
            case 21:
                return string(field, out.reference);
            case 20:
                if (field.type != WireType::varint || field.scalar > 14) {
                    return malformed(field);
                }
                out.kind = static_cast<AttributeKind>(field.scalar);
                return true;
            default:
                return true;
            }
        });
        if (!read) {
            return false;
        }
        if (out.kind == AttributeKind::undefined) {
            out.kind = seen;
        }
        const bool missing = (out.kind == AttributeKind::tensor && !out.tensor) ||
                             (out.kind == AttributeKind::graph && !out.graph);
        if (out.name.empty() || (missing && out.reference.empty())) {
            return fail(ErrorCode::ONNX_MALFORMED, position(bytes));
        }
        return true;
    }

    bool value_info(BytesView bytes, ValueInfoProto& out) {
        return fields(bytes, [&](const WireField& field) {
            switch (field.number) {
            case 1:
                return string(field, out.name);
            case 2:
                if (out.has_type) {
                    return malformed(field);
                }
                out.has_type = true;
                return message(field) && type(field.content, out, 1);
            default:
                return true;
            }
        });
    }

    /// TypeProto; of what is no tensor only its kind and that of its items are kept.
    bool type(BytesView bytes, ValueInfoProto& out, std::size_t depth) {
        if (depth > MAX_NESTING) {
            return fail(ErrorCode::ONNX_LIMIT, position(bytes));
        }
        return fields(bytes, [&](const WireField& field) {
            switch (field.number) {
            case 1:
                out.is_known_kind = true;
                return message(field) && tensor_type(field.content, out);
            case 4: // sequence: elem_type = 1
            case 9: // optional: elem_type = 1
                out.is_known_kind = true;
                out.kind = field.number == 4 ? ValueKind::sequence : ValueKind::optional;
                return message(field) && element_type(field.content, 1, out.items, depth);
            case 5: // map: value_type = 2
                out.is_known_kind = true;
                out.kind = ValueKind::map;
                return message(field) && element_type(field.content, 2, out.items, depth);
            default:
                return true;
            }
        });
    }

    bool element_type(BytesView bytes, std::uint32_t number, ItemType& out, std::size_t depth) {
        return fields(bytes, [&](const WireField& field) {
            if (field.number != number) {
                return true;
            }
            ValueInfoProto item;
            if (!message(field) || !type(field.content, item, depth + 1)) {
                return false;
            }
            const bool is_tensor = item.kind == ValueKind::tensor;
            out = {item.kind, item.is_known_kind, is_tensor ? item.type : item.items.type,
                   item.items.kind, item.items.is_known_kind};
            return true;
        });
    }

    bool tensor_type(BytesView bytes, ValueInfoProto& out) {
        return fields(bytes, [&](const WireField& field) {
            switch (field.number) {
            case 1:
                if (field.type != WireType::varint || field.scalar > 0xff) {
                    return malformed(field);
                }
                out.type = static_cast<ElementType>(field.scalar);
                return true;
            case 2:
                if (out.dims) {
                    return malformed(field);
                }
                return message(field) && shape(field.content, out.dims.emplace());
            default:
                return true;
            }
        });
    }

    bool shape(BytesView bytes, std::vector<DimProto>& out) {
        return fields(bytes, [&](const WireField& field) {
            if (field.number != 1) {
                return true;
            }
            if (out.size() >= MAX_RANK) {
                return fail(ErrorCode::ONNX_LIMIT, position(bytes));
            }
            return message(field) && dim(field.content, out.emplace_back());
        });
    }

    bool dim(BytesView bytes, DimProto& out) {
        return fields(bytes, [&](const WireField& field) {
            switch (field.number) {
            case 1:
                // Some exporters write −1 for a dimension that they do not know.
                return integer(field, out.value) && (out.value >= UNKNOWN || malformed(field));
            case 2:
                return string(field, out.symbol);
            default:
                return true;
            }
        });
    }

    BytesView model_;
    const Limits& limits_;
    std::uint64_t nodes_ = 0;
    Error error_{ErrorCode::ONNX_MALFORMED};
};

} // namespace

Result<ModelProto> parse_model(BytesView model, const Limits& limits) noexcept {
    if (model.size() > limits.model_bytes) {
        return Error{ErrorCode::ONNX_LIMIT, "model bytes"};
    }
    ModelProto out;
    Parser parser{model, limits};
    if (!parser.model(out)) {
        return parser.error();
    }
    return out;
}

} // namespace assay::onnx
