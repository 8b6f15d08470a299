// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// If, Loop, Scan, SequenceMap: graphs inside nodes. They run node by node only.
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cstring>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::Graph;

/// @return the graph of an attribute; marks the outputs unknown or fails the call without one.
const Graph* inner_graph(OpCall& call, std::string_view name) noexcept {
    if (!call.by_node()) {
        call.unknown();
        return nullptr;
    }
    const Graph* graph = call.attributes().graph(name);
    if (graph == nullptr) {
        call.fail(ErrorCode::ONNX_MALFORMED, name);
    }
    return graph;
}

bool run_graph(OpCall& call, const Graph& graph, std::span<const Value> inputs,
               std::vector<Value>& outputs) noexcept {
    const Result<void> done = call.runner().run_inner(graph, inputs, outputs);
    if (!done && done.error().path.empty()) {
        call.fail(done.error().code);
    } else if (!done) {
        call.fail(done.error());
    }
    return !call.failed();
}

template <typename T>
Value scalar(OpCall& call, ElementType type, T value) noexcept {
    Result<std::shared_ptr<onnx::Tensor>> made = call.runner().allocate(type, {});
    if (!made) {
        call.fail(made.error().code);
        return {};
    }
    std::memcpy((*made)->elements.data(), &value, sizeof value);
    return Value::of(*std::move(made));
}

/// @return whether a condition holds; fails the call for what is not one boolean.
bool is_true(OpCall& call, const Value& value) noexcept {
    if (value.kind != Value::Kind::tensor || value.tensor->type != ElementType::boolean) {
        call.fail_type(value.kind == Value::Kind::tensor ? value.tensor->type
                                                         : ElementType::undefined);
        return false;
    }
    if (value.tensor->count() != 1) {
        call.fail_shape("condition " + onnx::text(value.tensor->dims));
        return false;
    }
    return value.tensor->elements.data()[0] != 0;
}

/// Part @p index of a tensor along an axis.
Value part(OpCall& call, const onnx::Tensor& x, std::size_t axis, std::int64_t index) noexcept {
    Dims dims = x.dims;
    dims.erase(dims.begin() + static_cast<std::ptrdiff_t>(axis));
    Result<std::shared_ptr<onnx::Tensor>> made = call.runner().allocate(x.type, dims);
    if (!made) {
        call.fail(made.error().code);
        return {};
    }
    const std::size_t block =
        volume(std::span{x.dims}.subspan(axis + 1)) * onnx::element_size(x.type);
    const std::size_t outer = block == 0 ? 0 : volume(std::span{x.dims}.first(axis));
    for (std::size_t o = 0; o < outer; ++o) {
        std::memcpy((*made)->elements.data() + o * block,
                    x.elements.data() + (o * static_cast<std::size_t>(x.dims[axis]) +
                                         static_cast<std::size_t>(index)) *
                                            block,
                    block);
    }
    return Value::of(*std::move(made));
}

/// Whether a stack has a batch of one as another dimension in front.
enum class Batch : bool { none, one };

/// The parts side by side along a new axis, those of no iteration as a tensor of no elements.
void stack(OpCall& call, std::size_t output, const std::vector<Value>& parts, std::int64_t axis,
           const onnx::Value& declared, bool reversed, Batch batch = Batch::none) noexcept {
    Dims dims;
    ElementType type = declared.type;
    if (parts.empty()) {
        for (const onnx::Dim& dim : declared.dims.value_or(std::vector<onnx::Dim>{})) {
            dims.push_back(std::max<std::int64_t>(0, dim.value));
        }
        type = type == ElementType::undefined ? ElementType::float32 : type;
    }
    for (const Value& one : parts) {
        if (one.kind != Value::Kind::tensor ||
            (&one != &parts.front() && (one.tensor->dims != dims || one.tensor->type != type))) {
            return call.fail_shape("scan output");
        }
        dims = one.tensor->dims;
        type = one.tensor->type;
    }
    const std::size_t at = axis_of(call, axis, dims.size() + 1);
    if (call.failed()) {
        return;
    }
    const std::size_t outer = volume(std::span{dims}.first(at));
    const std::size_t block = volume(std::span{dims}.subspan(at)) * onnx::element_size(type);
    dims.insert(dims.begin() + static_cast<std::ptrdiff_t>(at),
                static_cast<std::int64_t>(parts.size()));
    if (batch == Batch::one) {
        dims.insert(dims.begin(), 1);
    }
    const TensorRef y = call.out(output, type, dims);
    for (std::size_t i = 0; y.data != nullptr && i < parts.size(); ++i) {
        const onnx::Tensor& from = *parts[reversed ? parts.size() - 1 - i : i].tensor;
        for (std::size_t o = 0; block != 0 && o < outer; ++o) {
            std::memcpy(y.data + (o * parts.size() + i) * block, from.elements.data() + o * block,
                        block);
        }
    }
}

std::int64_t listed(std::span<const std::int64_t> list, std::size_t index) noexcept {
    return index < list.size() ? list[index] : 0;
}

} // namespace

void op_if(OpCall& call) noexcept {
    const bool holds = call.by_node() && is_true(call, call.value(0));
    if (call.failed()) {
        return;
    }
    const Graph* graph = inner_graph(call, holds ? "then_branch" : "else_branch");
    std::vector<Value> outputs;
    if (graph == nullptr || !run_graph(call, *graph, {}, outputs)) {
        return;
    }
    if (outputs.size() < call.node().outputs.size()) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "outputs of a branch");
    }
    for (std::size_t i = 0; i < call.node().outputs.size(); ++i) {
        call.give(i, outputs[i]);
    }
}

void op_loop(OpCall& call) noexcept {
    const Graph* body = inner_graph(call, "body");
    if (body == nullptr) {
        return;
    }
    const std::span<const Value> values = call.values();
    const std::size_t carried = values.size() < 2 ? 0 : values.size() - 2;
    std::int64_t limit = INT64_MAX;
    if (call.has(0)) {
        if (!call.holds_integer(0)) {
            return;
        }
        limit = call.integer_at(0);
    }
    bool goes_on = !call.has(1) || is_true(call, values[1]);
    if (call.failed()) {
        return;
    }
    std::vector<Value> state(
        values.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, values.size())),
        values.end());
    if (body->outputs.size() < 1 + carried ||
        call.node().outputs.size() > body->outputs.size() - 1) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "outputs of the body");
    }
    std::vector<std::vector<Value>> scans(body->outputs.size() - 1 - carried);
    for (std::int64_t i = 0; goes_on && i < limit; ++i) {
        std::vector<Value> inputs = {scalar(call, ElementType::int64, i),
                                     scalar(call, ElementType::boolean, std::uint8_t{1})};
        inputs.insert(inputs.end(), state.begin(), state.end());
        std::vector<Value> outputs;
        if (call.failed() || !run_graph(call, *body, inputs, outputs)) {
            return;
        }
        goes_on = is_true(call, outputs[0]);
        if (call.failed()) {
            return;
        }
        std::copy_n(outputs.begin() + 1, carried, state.begin());
        for (std::size_t s = 0; s < scans.size(); ++s) {
            if (!has_room(call, scans[s], scans.size())) {
                return;
            }
            scans[s].push_back(std::move(outputs[1 + carried + s]));
        }
    }
    for (std::size_t i = 0; i < call.node().outputs.size() && !call.failed(); ++i) {
        if (i < carried) {
            call.give(i, std::move(state[i]));
        } else {
            stack(call, i, scans[i - carried], 0, body->values[body->outputs[i + 1]], false);
        }
    }
}

void op_scan(OpCall& call) noexcept {
    const Graph* body = inner_graph(call, "body");
    if (body == nullptr) {
        return;
    }
    // Operator set 8 had a batch dimension and lengths as the first input.
    const bool batched = call.version() < 9;
    if (batched && call.has(0)) {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "sequence_lens");
    }
    const std::span<const Value> values = call.values().subspan(batched ? 1 : 0);
    const auto scanned = static_cast<std::size_t>(call.integer("num_scan_inputs", 0));
    if (scanned < 1 || scanned > values.size() || body->outputs.size() < values.size() - scanned ||
        call.node().outputs.size() > body->outputs.size()) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "num_scan_inputs");
    }
    const std::size_t states = values.size() - scanned;
    for (const Value& value : values) {
        if (value.kind != Value::Kind::tensor || (batched && (value.tensor->dims.empty()))) {
            return call.fail_shape();
        }
        if (batched && value.tensor->dims[0] != 1) {
            return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "a batch other than 1");
        }
    }
    const auto in_axes = call.attributes().integers("scan_input_axes");
    const auto in_directions =
        call.attributes().integers(batched ? "directions" : "scan_input_directions");
    const auto out_axes = call.attributes().integers("scan_output_axes");
    const auto out_directions = call.attributes().integers("scan_output_directions");
    std::vector<Value> state;
    std::vector<Value> series;
    for (std::size_t i = 0; i < values.size(); ++i) {
        Value value = batched ? part(call, *values[i].tensor, 0, 0) : values[i];
        (i < states ? state : series).push_back(std::move(value));
    }
    std::vector<std::size_t> axes(scanned);
    std::int64_t length = -1;
    for (std::size_t i = 0; i < scanned && !call.failed(); ++i) {
        axes[i] = axis_of(call, listed(in_axes, i), series[i].tensor->dims.size());
        if (call.failed()) {
            return;
        }
        const std::int64_t size = series[i].tensor->dims[axes[i]];
        if (length >= 0 && size != length) {
            return call.fail_shape("scan inputs");
        }
        length = size;
    }
    std::vector<std::vector<Value>> scans(body->outputs.size() - states);
    for (std::int64_t t = 0; t < length && !call.failed(); ++t) {
        std::vector<Value> inputs = state;
        for (std::size_t i = 0; i < scanned; ++i) {
            inputs.push_back(part(call, *series[i].tensor, axes[i],
                                  listed(in_directions, i) != 0 ? length - 1 - t : t));
        }
        std::vector<Value> outputs;
        if (call.failed() || !run_graph(call, *body, inputs, outputs)) {
            return;
        }
        std::copy_n(outputs.begin(), states, state.begin());
        for (std::size_t s = 0; s < scans.size(); ++s) {
            if (!has_room(call, scans[s], scans.size())) {
                return;
            }
            scans[s].push_back(std::move(outputs[states + s]));
        }
    }
    for (std::size_t i = 0; i < call.node().outputs.size() && !call.failed(); ++i) {
        const onnx::Value& declared = body->values[body->outputs[i]];
        if (batched && i < states) {
            // The batch of one comes back as a first dimension.
            stack(call, i, {state[i]}, 0, declared, false);
        } else if (batched) {
            stack(call, i, scans[i - states], 0, declared, false, Batch::one);
        } else if (i < states) {
            call.give(i, state[i]);
        } else {
            stack(call, i, scans[i - states], listed(out_axes, i - states), declared,
                  listed(out_directions, i - states) != 0);
        }
    }
}

void op_sequence_map(OpCall& call) noexcept {
    const Graph* body = inner_graph(call, "body");
    if (body == nullptr) {
        return;
    }
    const std::span<const Value> values = call.values();
    if (values[0].kind != Value::Kind::sequence ||
        body->outputs.size() < call.node().outputs.size()) {
        return call.fail_shape("sequence");
    }
    std::vector<std::vector<Value>> results(body->outputs.size());
    for (std::size_t i = 0; i < values[0].items->size(); ++i) {
        std::vector<Value> inputs;
        for (const Value& value : values) {
            if (value.kind != Value::Kind::sequence) {
                inputs.push_back(value);
            } else if (i < value.items->size()) {
                inputs.push_back((*value.items)[i]);
            } else {
                return call.fail_shape("sequences of different lengths");
            }
        }
        std::vector<Value> outputs;
        if (!run_graph(call, *body, inputs, outputs)) {
            return;
        }
        for (std::size_t k = 0; k < outputs.size(); ++k) {
            if (!has_room(call, results[k], results.size())) {
                return;
            }
            results[k].push_back(std::move(outputs[k]));
        }
    }
    for (std::size_t k = 0; k < call.node().outputs.size(); ++k) {
        call.give_list(k, std::move(results[k]));
    }
}

} // namespace assay::runtime
