// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a session is fed.
#include "core/runtime/session.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace assay::runtime {
namespace {

std::string describe(const PortInfo& port, std::span<const std::int64_t> got) {
    std::string path = "input \"" + port.name + "\": expected ";
    if (port.dims) {
        onnx::Dims expected;
        for (const onnx::Dim& dim : *port.dims) {
            expected.push_back(dim.value);
        }
        path += onnx::text(expected) + ", ";
    }
    return path + "got " + onnx::text(got);
}

bool holds(const Value& value, onnx::ElementType type) noexcept {
    return value.kind == Value::Kind::tensor &&
           (type == onnx::ElementType::undefined || value.tensor->type == type);
}

bool is_of_kind(const Value& value, onnx::ValueKind kind, onnx::ElementType type) noexcept {
    switch (kind) {
    case onnx::ValueKind::tensor:
        return holds(value, type);
    case onnx::ValueKind::sequence:
        return value.kind == Value::Kind::sequence;
    case onnx::ValueKind::map:
        return value.kind == Value::Kind::map;
    default:
        return true;
    }
}

/// Whether an item of a sequence, or what an optional holds, is of the declared type.
bool is_item(const Value& value, const onnx::ItemType& declared) noexcept {
    if (!declared.is_known_kind) {
        return true;
    }
    return is_of_kind(value, declared.kind, declared.type) &&
           (declared.kind != onnx::ValueKind::sequence || !declared.is_known_inner_kind ||
            std::all_of(value.items->begin(), value.items->end(), [&](const Value& item) {
                return is_of_kind(item, declared.inner_kind, declared.type);
            }));
}

bool is_of(const Value& value, const PortInfo& port) noexcept {
    switch (port.kind) {
    case onnx::ValueKind::sequence:
        return value.kind == Value::Kind::sequence &&
               std::all_of(value.items->begin(), value.items->end(),
                           [&](const Value& item) { return is_item(item, port.items); });
    case onnx::ValueKind::optional:
        return value.kind == Value::Kind::none || is_item(value, port.items);
    default:
        return is_of_kind(value, port.kind, port.type);
    }
}

} // namespace

Result<void> Session::set_input(std::size_t index, std::span<const std::int64_t> dims) noexcept {
    if (index >= feeds_.size()) {
        return Error{ErrorCode::ONNX_INPUT_NAME, "index " + std::to_string(index)};
    }
    Feed& feed = feeds_[index];
    if (feed.bound && std::equal(dims.begin(), dims.end(), feed.dims.begin(), feed.dims.end())) {
        return Result<void>::ok();
    }
    const PortInfo& port = inputs_[index];
    if (port.kind != onnx::ValueKind::tensor) {
        return Error{ErrorCode::ONNX_INPUT_TYPE, "input \"" + port.name + "\""};
    }
    bool fits = onnx::is_known(dims) && dims.size() <= onnx::MAX_RANK &&
                (!port.dims || port.dims->size() == dims.size());
    for (std::size_t i = 0; fits && port.dims && i < dims.size(); ++i) {
        const std::int64_t expected = (*port.dims)[i].value;
        fits = expected == onnx::UNKNOWN || expected == dims[i];
    }
    if (!fits) {
        return Error{ErrorCode::ONNX_INPUT_SHAPE, describe(port, dims)};
    }
    const std::optional<std::uint64_t> bytes = onnx::byte_count(port.type, dims);
    if (!bytes || *bytes > options_.limits.memory_bytes) {
        return Error{ErrorCode::ONNX_LIMIT, describe(port, dims)};
    }
    if (*bytes > feed.elements.size() || feed.elements.data() == nullptr) {
        Result<onnx::Buffer> elements = onnx::Buffer::allocate(*bytes);
        if (!elements) {
            return Error{ErrorCode::ONNX_LIMIT, describe(port, dims)};
        }
        feed.elements = *std::move(elements);
    }
    feed.size = static_cast<std::size_t>(*bytes);
    feed.dims.assign(dims.begin(), dims.end());
    feed.bound = true;
    shapes_changed_ = true;
    has_run_ = false;
    return Result<void>::ok();
}

Result<void> Session::set_value(std::size_t index, Value value) noexcept {
    if (index >= feeds_.size()) {
        return Error{ErrorCode::ONNX_INPUT_NAME, "index " + std::to_string(index)};
    }
    const PortInfo& port = inputs_[index];
    if (!is_of(value, port)) {
        return Error{ErrorCode::ONNX_INPUT_TYPE, "input \"" + port.name + "\""};
    }
    Feed& feed = feeds_[index];
    if (port.kind == onnx::ValueKind::tensor) {
        const Result<void> set = set_input(index, value.tensor->dims);
        if (set && feed.size != 0) {
            std::memcpy(feed.elements.data(), value.tensor->elements.data(), feed.size);
        }
        return set;
    }
    shapes_changed_ = shapes_changed_ || !feed.bound;
    feed.value = std::move(value);
    feed.bound = true;
    return Result<void>::ok();
}

Result<void> Session::reset_input(std::size_t index) noexcept {
    if (index >= feeds_.size() || !inputs_[index].optional) {
        return Error{ErrorCode::ONNX_INPUT_NAME, "index " + std::to_string(index)};
    }
    shapes_changed_ = shapes_changed_ || feeds_[index].bound;
    feeds_[index].bound = false;
    return Result<void>::ok();
}

std::span<std::uint8_t> Session::input_data(std::size_t index) noexcept {
    if (index >= feeds_.size() || !feeds_[index].bound) {
        return {};
    }
    return {feeds_[index].elements.data(), feeds_[index].size};
}

bool Session::feeds_are_finite() const noexcept {
    for (std::size_t i = 0; i < feeds_.size(); ++i) {
        const Feed& feed = feeds_[i];
        if (feed.bound && !all_finite(inputs_[i].type, {feed.elements.data(), feed.size})) {
            return false;
        }
    }
    return true;
}

} // namespace assay::runtime
