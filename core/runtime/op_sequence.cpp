// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Sequences and optionals: values that are no tensors.
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cstring>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using Items = std::vector<Value>;

/// @return the items of an operand that must be a sequence; null after it failed the call or
///   marked its outputs unknown.
const Items* sequence(OpCall& call, std::size_t index) noexcept {
    if (!call.by_node()) {
        call.unknown();
        return nullptr;
    }
    if (call.value(index).kind != Value::Kind::sequence) {
        call.fail(ErrorCode::ONNX_RUN_SHAPE, "not a sequence");
        return nullptr;
    }
    return call.value(index).items.get();
}

/// Copying an item counts its owners, and forgetting the copy does again.
constexpr double STEPS_PER_ITEM = 32;
/// An item that is a tensor of its own is made, or read.
constexpr double STEPS_PER_TENSOR = 150;

/// A loop that builds a sequence copies it each time, so its items count as steps. @return false
/// after it failed the call.
bool may_copy(OpCall& call, const Items& items) noexcept {
    const std::size_t size = items.size() + 1;
    return call.spend(STEPS_PER_ITEM * static_cast<double>(size)) &&
           call.reserve(size * sizeof(Value));
}

/// A position from an operand, counted from the end when negative. @return nothing after it failed.
std::optional<std::size_t> position(OpCall& call, std::size_t index, std::size_t size) noexcept {
    if (!call.holds_integer(index)) {
        return std::nullopt;
    }
    const auto length = static_cast<std::int64_t>(size);
    const std::int64_t at = call.integer_at(index);
    if (at < -length || at >= length) {
        call.fail(ErrorCode::ONNX_INDEX, std::to_string(at) + " of " + std::to_string(length));
        return std::nullopt;
    }
    return static_cast<std::size_t>(at < 0 ? at + length : at);
}

} // namespace

/// SequenceConstruct; SequenceEmpty is the same of no operands.
void op_sequence_construct(OpCall& call) noexcept {
    if (!call.by_node()) {
        return call.unknown();
    }
    call.give_list(0, Items(call.values().begin(), call.values().end()));
}

void op_sequence_at(OpCall& call) noexcept {
    if (const Items* items = sequence(call, 0); items != nullptr) {
        if (const std::optional<std::size_t> at = position(call, 1, items->size()); at) {
            call.give(0, (*items)[*at]);
        }
    }
}

void op_sequence_erase(OpCall& call) noexcept {
    const Items* items = sequence(call, 0);
    if (items == nullptr) {
        return;
    }
    if (items->empty()) {
        return call.fail(ErrorCode::ONNX_INDEX, "an empty sequence");
    }
    const std::optional<std::size_t> at =
        call.has(1) ? position(call, 1, items->size()) : std::optional{items->size() - 1};
    if (at) {
        if (!may_copy(call, *items)) {
            return;
        }
        Items out = *items;
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(*at));
        call.give_list(0, std::move(out));
    }
}

void op_sequence_insert(OpCall& call) noexcept {
    const Items* items = sequence(call, 0);
    if (items == nullptr) {
        return;
    }
    if (items->size() >= MAX_SEQUENCE) {
        return call.fail(ErrorCode::ONNX_LIMIT, "sequence");
    }
    if (!may_copy(call, *items)) {
        return;
    }
    Items out;
    out.reserve(items->size() + 1);
    out = *items;
    std::size_t at = out.size();
    if (call.has(2)) {
        if (!call.holds_integer(2)) {
            return;
        }
        const auto length = static_cast<std::int64_t>(out.size());
        const std::int64_t wanted = call.integer_at(2);
        if (wanted < -length || wanted > length) {
            return call.fail(ErrorCode::ONNX_INDEX, std::to_string(wanted));
        }
        at = static_cast<std::size_t>(wanted < 0 ? wanted + length : wanted);
    }
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(at), call.value(1));
    call.give_list(0, std::move(out));
}

void op_sequence_length(OpCall& call) noexcept {
    const Items* items = sequence(call, 0);
    if (items == nullptr) {
        return;
    }
    const TensorRef y = call.out(0, ElementType::int64, std::span<const std::int64_t>{});
    if (y.data != nullptr) {
        *y.as<std::int64_t>() = static_cast<std::int64_t>(items->size());
    }
}

void op_concat_from_sequence(OpCall& call) noexcept {
    const Items* items = sequence(call, 0);
    if (items == nullptr) {
        return;
    }
    if (!call.spend(STEPS_PER_TENSOR * static_cast<double>(items->size()))) {
        return;
    }
    const bool adds = call.integer("new_axis", 0) != 0;
    if (items->empty() || (*items)[0].kind != Value::Kind::tensor) {
        return call.fail_shape("an empty sequence");
    }
    const onnx::Tensor& first = *(*items)[0].tensor;
    const std::size_t axis =
        axis_of(call, call.integer("axis", 0), first.dims.size() + (adds ? 1 : 0));
    if (call.failed()) {
        return;
    }
    Dims dims = first.dims;
    if (adds) {
        dims.insert(dims.begin() + static_cast<std::ptrdiff_t>(axis), 0);
    }
    dims[axis] = 0;
    for (const Value& item : *items) {
        if (item.kind != Value::Kind::tensor || item.tensor->type != first.type) {
            return call.fail_type(first.type);
        }
        Dims own = item.tensor->dims;
        if (adds) {
            own.insert(own.begin() + static_cast<std::ptrdiff_t>(std::min(axis, own.size())), 1);
        }
        bool fits = own.size() == dims.size();
        for (std::size_t i = 0; fits && i < dims.size(); ++i) {
            fits = i == axis || own[i] == dims[i];
        }
        if (!fits) {
            return call.fail_shape("items of different shapes");
        }
        dims[axis] += own[axis];
    }
    const TensorRef y = call.out(0, first.type, dims);
    if (y.data == nullptr) {
        return;
    }
    const std::size_t size = onnx::element_size(first.type);
    const std::size_t outer = volume(std::span{dims}.first(axis));
    std::uint8_t* to = y.data;
    for (std::size_t o = 0; o < outer; ++o) {
        for (const Value& item : *items) {
            const std::size_t bytes = static_cast<std::size_t>(item.tensor->count()) * size / outer;
            std::memcpy(to, item.tensor->elements.data() + o * bytes, bytes);
            to += bytes;
        }
    }
}

void op_split_to_sequence(OpCall& call) noexcept {
    if (!call.by_node()) {
        return call.unknown();
    }
    const TensorRef& x = call.in(0);
    const std::size_t axis = axis_of(call, call.integer("axis", 0), x.dims.size());
    if (call.failed()) {
        return;
    }
    Dims parts;
    bool drops = false;
    if (call.has(1) && !call.holds_integers(1)) {
        return;
    }
    const auto fits = [&call](std::uint64_t count) noexcept {
        if (count > MAX_SEQUENCE) {
            call.fail(ErrorCode::ONNX_LIMIT, "sequence");
        }
        return !call.failed();
    };
    if (!call.has(1)) {
        if (!fits(static_cast<std::uint64_t>(x.dims[axis]))) {
            return;
        }
        parts.assign(static_cast<std::size_t>(x.dims[axis]), 1);
        drops = call.integer("keepdims", 1) == 0;
    } else if (call.rank(1) == 0) {
        const std::int64_t each = call.integer_at(1);
        if (each < 1) {
            return call.fail_shape("split");
        }
        if (!fits(static_cast<std::uint64_t>(x.dims[axis] / each))) {
            return;
        }
        for (std::int64_t rest = x.dims[axis]; rest > 0; rest -= parts.back()) {
            parts.push_back(std::min(each, rest));
        }
    } else {
        if (!fits(call.in(1).count())) {
            return;
        }
        parts = call.integers(1);
    }
    std::int64_t total = 0;
    for (const std::int64_t each : parts) {
        if (each < 0 || each > x.dims[axis] - total) {
            return call.fail_shape("split");
        }
        total += each;
    }
    if (total != x.dims[axis]) {
        return call.fail_shape("split");
    }
    if (!call.spend(STEPS_PER_TENSOR * static_cast<double>(parts.size()))) {
        return;
    }
    const std::size_t inner = volume(x.dims.subspan(axis + 1)) * onnx::element_size(x.type);
    const std::size_t outer = inner == 0 ? 0 : volume(x.dims.first(axis));
    Items items;
    std::size_t before = 0;
    for (const std::int64_t each : parts) {
        Dims dims(x.dims.begin(), x.dims.end());
        dims[axis] = each;
        if (drops) {
            dims.erase(dims.begin() + static_cast<std::ptrdiff_t>(axis));
        }
        Result<std::shared_ptr<onnx::Tensor>> made = call.runner().allocate(x.type, dims);
        if (!made) {
            return call.fail(made.error().code);
        }
        const std::size_t bytes = static_cast<std::size_t>(each) * inner;
        for (std::size_t o = 0; o < outer; ++o) {
            std::memcpy((*made)->elements.data() + o * bytes,
                        x.data + o * static_cast<std::size_t>(x.dims[axis]) * inner + before,
                        bytes);
        }
        before += bytes;
        items.push_back(Value::of(*std::move(made)));
    }
    call.give_list(0, std::move(items));
}

/// A sequence of maps, one for each row, from class labels to scores.
void op_zip_map(OpCall& call) noexcept {
    if (!call.by_node()) {
        return call.unknown();
    }
    const TensorRef& x = call.in(0);
    const auto numbers = call.attributes().integers("classlabels_int64s");
    const auto texts = call.attributes().strings("classlabels_strings");
    const std::size_t count = texts.empty() ? numbers.size() : texts.size();
    if (x.type != ElementType::float32) {
        return call.fail_type(x.type);
    }
    if (x.dims.empty() || x.dims.size() > 2 || count == 0 ||
        x.dims.back() != static_cast<std::int64_t>(count)) {
        return call.fail_shape("class labels");
    }
    const Dims dims = {static_cast<std::int64_t>(count)};
    Result<std::shared_ptr<onnx::Tensor>> keys =
        call.runner().allocate(texts.empty() ? ElementType::int64 : ElementType::string, dims);
    if (!keys) {
        return call.fail(keys.error().code);
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (texts.empty()) {
            (*keys)->as<std::int64_t>()[i] = numbers[i];
        } else {
            (*keys)->as<std::uint64_t>()[i] = call.strings().intern(texts[i]);
        }
    }
    const Value key_value = Value::of(*std::move(keys));
    Items rows;
    for (std::size_t row = 0; row < x.count() / count; ++row) {
        Result<std::shared_ptr<onnx::Tensor>> scores = call.runner().allocate(x.type, dims);
        if (!scores) {
            return call.fail(scores.error().code);
        }
        std::memcpy((*scores)->elements.data(), x.as<float>() + row * count, count * sizeof(float));
        Result<Value> map =
            call.runner().list({key_value, Value::of(*std::move(scores))}, Value::Kind::map);
        if (!map || !has_room(call, rows, 1)) {
            return call.fail(ErrorCode::ONNX_LIMIT, "maps");
        }
        rows.push_back(*std::move(map));
    }
    call.give_list(0, std::move(rows));
}

void op_optional(OpCall& call) noexcept {
    if (!call.by_node()) {
        return call.unknown();
    }
    call.give(0, call.input_count() == 0 ? Value{} : call.value(0));
}

void op_optional_get_element(OpCall& call) noexcept {
    if (!call.by_node()) {
        return call.unknown();
    }
    if (call.value(0).kind == Value::Kind::none) {
        return call.fail(ErrorCode::ONNX_INDEX, "an absent optional");
    }
    call.give(0, call.value(0));
}

void op_optional_has_element(OpCall& call) noexcept {
    if (!call.by_node()) {
        return call.unknown();
    }
    const bool has = call.input_count() != 0 && call.value(0).kind != Value::Kind::none;
    const TensorRef y = call.out(0, ElementType::boolean, std::span<const std::int64_t>{});
    if (y.data != nullptr) {
        y.data[0] = has ? 1 : 0;
    }
}

} // namespace assay::runtime
