// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/value_text.hpp"

#include "core/cli/tensor_text.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::cli {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;
using onnx::ElementType;
using runtime::PortInfo;
using runtime::Value;

Error at(const Error& error, const std::string& where) noexcept {
    return Error{error.code, where + std::string{error.path.view()}};
}

std::optional<ElementType> type_named(std::string_view wanted) noexcept {
    for (int number = 1; number <= static_cast<int>(ElementType::int2); ++number) {
        const auto type = static_cast<ElementType>(number);
        if (onnx::name(type) == wanted) {
            return type;
        }
    }
    return std::nullopt;
}

/// The dimensions that the input declares, when all are numbers.
std::optional<onnx::Dims> fixed_dims(const PortInfo& port) noexcept {
    if (!port.dims) {
        return std::nullopt;
    }
    onnx::Dims dims;
    for (const onnx::Dim& dim : *port.dims) {
        dims.push_back(dim.value);
    }
    return onnx::is_known(dims) ? std::optional{std::move(dims)} : std::nullopt;
}

class Reader {
public:
    explicit Reader(runtime::Session& session) noexcept : session_{session} {}

    /// @param type  that the input declares; undefined where the text must name it
    /// @param dims  for a tensor that does not name them
    Result<Value> tensor(const JsonValue& text, ElementType type,
                         std::optional<onnx::Dims> dims) noexcept {
        const JsonValue* data = &text;
        if (text.is(JsonKind::object)) {
            constexpr std::array<std::string_view, 3> KNOWN = {"data", "type", "dims"};
            for (const JsonMember& member : text.members()) {
                if (std::find(KNOWN.begin(), KNOWN.end(), member.name) == KNOWN.end()) {
                    return Error{ErrorCode::ONNX_INPUT_TYPE, "." + member.name};
                }
            }
            data = text.find("data");
            if (const JsonValue* named = text.find("type"); named != nullptr) {
                const auto found =
                    named->is(JsonKind::string) ? type_named(named->string()) : std::nullopt;
                if (!found || (type != ElementType::undefined && *found != type)) {
                    return Error{ErrorCode::ONNX_INPUT_TYPE, ".type"};
                }
                type = *found;
            }
            if (const JsonValue* list = text.find("dims"); list != nullptr) {
                Result<onnx::Dims> read = read_dims(*list);
                if (!read) {
                    return read.error();
                }
                dims = *std::move(read);
            }
        }
        if (data == nullptr || !data->is(JsonKind::array) || type == ElementType::undefined) {
            return ErrorCode::ONNX_INPUT_TYPE;
        }
        if (!dims) {
            return Error{ErrorCode::ONNX_INPUT_SHAPE, ".dims"};
        }
        const std::optional<std::uint64_t> bytes = onnx::byte_count(type, *dims);
        if (!bytes || *bytes > session_.limits().memory_bytes) {
            return ErrorCode::ONNX_LIMIT;
        }
        Result<onnx::Tensor> made = onnx::Tensor::make(type, *std::move(dims));
        if (!made) {
            return made.error();
        }
        const Result<void> read =
            read_elements(*data, type, session_.strings(), {made->elements.data(), *bytes});
        if (!read) {
            return read.error();
        }
        return Value::of(std::make_shared<const onnx::Tensor>(*std::move(made)));
    }

    /// A value whose kind the text shows.
    Result<Value> any(const JsonValue& text, std::size_t depth = 0) noexcept {
        if (depth > onnx::MAX_NESTING) {
            return ErrorCode::ONNX_INPUT_TYPE;
        }
        if (text.is(JsonKind::null)) {
            return Value{};
        }
        if (text.is(JsonKind::array)) {
            return sequence(text, depth);
        }
        return text.find("keys") != nullptr ? map(text)
                                            : tensor(text, ElementType::undefined, std::nullopt);
    }

private:
    Result<Value> sequence(const JsonValue& text, std::size_t depth) noexcept {
        if (text.items().size() > runtime::MAX_SEQUENCE) {
            return ErrorCode::ONNX_LIMIT;
        }
        std::vector<Value> items;
        for (const JsonValue& each : text.items()) {
            Result<Value> item = any(each, depth + 1);
            if (!item) {
                return at(item.error(), "[" + std::to_string(items.size()) + "]");
            }
            items.push_back(*std::move(item));
        }
        return Value::of(std::move(items));
    }

    Result<Value> map(const JsonValue& text) noexcept {
        std::vector<Value> items;
        for (const char* part : {"keys", "values"}) {
            const JsonValue* member = text.find(part);
            const JsonValue* data = member == nullptr ? nullptr : member->find("data");
            if (data == nullptr || !data->is(JsonKind::array)) {
                return Error{ErrorCode::ONNX_INPUT_TYPE, std::string{"."} + part};
            }
            Result<Value> read =
                tensor(*member, ElementType::undefined,
                       onnx::Dims{static_cast<std::int64_t>(data->items().size())});
            if (!read) {
                return at(read.error(), std::string{"."} + part);
            }
            items.push_back(*std::move(read));
        }
        if (items[0].tensor->dims.size() != 1 || items[0].tensor->dims != items[1].tensor->dims) {
            return ErrorCode::ONNX_INPUT_SHAPE;
        }
        return Value::of(std::move(items), Value::Kind::map);
    }

    Result<onnx::Dims> read_dims(const JsonValue& list) noexcept {
        const bool is_list = list.is(JsonKind::array) && list.items().size() <= onnx::MAX_RANK;
        onnx::Dims dims(is_list ? list.items().size() : 0);
        // Dimensions are int64 elements like any others.
        const std::span<std::uint8_t> raw{reinterpret_cast<std::uint8_t*>(dims.data()),
                                          dims.size() * sizeof(std::int64_t)};
        if (!is_list || !read_elements(list, ElementType::int64, session_.strings(), raw) ||
            !onnx::is_known(dims)) {
            return Error{ErrorCode::ONNX_INPUT_SHAPE, ".dims"};
        }
        return dims;
    }

    runtime::Session& session_;
};

void write_value(bytes::JsonWriter& out, const Value& value) noexcept {
    if (value.kind == Value::Kind::none) {
        out.null();
    } else if (value.kind == Value::Kind::tensor) {
        const onnx::Tensor& tensor = *value.tensor;
        out.object().key("type").string(name(tensor.type)).key("dims").array();
        for (const std::int64_t dim : tensor.dims) {
            out.number(dim);
        }
        out.end().key("data");
        write_elements(out, tensor.type, {tensor.elements.data(), tensor.elements.size()});
        out.end();
    } else if (value.kind == Value::Kind::map) {
        out.object().key("keys");
        write_value(out, (*value.items)[0]);
        out.key("values");
        write_value(out, (*value.items)[1]);
        out.end();
    } else {
        out.array();
        for (const Value& item : *value.items) {
            write_value(out, item);
        }
        out.end();
    }
}

} // namespace

Result<void> feed(runtime::Session& session, BytesView text) noexcept {
    bytes::JsonBudget budget{.float_places = SIZE_MAX}; // tensors are floats, and none is printed
    const auto feeds = bytes::parse_json(as_text(text), ErrorCode::ARGUMENT_INVALID, budget);
    if (!feeds) {
        return feeds.error();
    }
    if (!feeds->is(JsonKind::object)) {
        return Error{ErrorCode::ARGUMENT_INVALID, "input"};
    }
    Reader reader{session};
    const std::span<const PortInfo> inputs = session.inputs();
    for (const PortInfo& port : inputs) {
        if (!port.optional && feeds->find(port.name) == nullptr) {
            return Error{ErrorCode::ONNX_INPUT_NAME, port.name};
        }
    }
    for (const JsonMember& member : feeds->members()) {
        std::size_t index = 0;
        while (index < inputs.size() && inputs[index].name != member.name) {
            ++index;
        }
        if (index == inputs.size()) {
            return Error{ErrorCode::ONNX_INPUT_NAME, member.name};
        }
        const PortInfo& port = inputs[index];
        Result<Value> value = port.kind == onnx::ValueKind::tensor
                                  ? reader.tensor(member.value, port.type, fixed_dims(port))
                                  : reader.any(member.value);
        if (!value) {
            return at(value.error(), member.name);
        }
        if (const Result<void> set = session.set_value(index, *std::move(value)); !set) {
            return set;
        }
    }
    return Result<void>::ok();
}

void write_outputs(bytes::JsonWriter& out, const runtime::Session& session) noexcept {
    out.object();
    const std::span<const PortInfo> outputs = session.outputs();
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        out.key(outputs[i].name);
        write_value(out, session.output_value(i));
    }
    out.end();
}

} // namespace assay::cli
