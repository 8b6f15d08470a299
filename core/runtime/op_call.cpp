// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/op_call.hpp"

#include "core/runtime/working_memory.hpp"

#include <algorithm>
#include <string>

namespace assay::runtime {

using onnx::ElementType;

bool OpCall::known(std::size_t index) noexcept {
    if (inputs_[index].data != nullptr) {
        return true;
    }
    if (by_node() && inputs_[index].type == ElementType::undefined) {
        fail_type(ElementType::undefined); // a sequence: it will not become known
    } else {
        unknown();
    }
    return false;
}

bool OpCall::holds_integers(std::size_t index) noexcept {
    const ElementType type = inputs_[index].type;
    if (type == ElementType::int32 || type == ElementType::int64) {
        return true;
    }
    fail_type(type);
    return false;
}

bool OpCall::holds_integer(std::size_t index) noexcept {
    if (!holds_integers(index)) {
        return false;
    }
    if (inputs_[index].count() == 1) {
        return true;
    }
    fail_shape("input " + std::to_string(index));
    return false;
}

bool OpCall::known_integers(std::size_t index) noexcept {
    return holds_integers(index) && known(index);
}

bool OpCall::known_integer(std::size_t index) noexcept {
    return holds_integer(index) && known(index);
}

onnx::Dims OpCall::integers(std::size_t index) const noexcept {
    const TensorRef& operand = inputs_[index];
    onnx::Dims out(operand.count());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = operand.type == ElementType::int32 ? operand.as<std::int32_t>()[i]
                                                    : operand.as<std::int64_t>()[i];
    }
    return out;
}

void OpCall::unknown() noexcept {
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
        shapes_[i] = onnx::ValueShape{};
    }
}

TensorRef OpCall::out(std::size_t index, ElementType type,
                      std::span<const std::int64_t> dims) noexcept {
    if (!wants(index) || failed()) {
        return {};
    }
    if (inferring()) {
        shapes_[index] =
            onnx::ValueShape{type, true, onnx::Dims(dims.begin(), dims.end()), nullptr};
        return {};
    }
    const auto filled = [](TensorRef place) noexcept {
        place.data = place.count() == 0 ? nullptr : place.data;
        return place;
    };
    if (runner_ == nullptr) {
        return filled(places_[index]);
    }
    Result<std::shared_ptr<onnx::Tensor>> made = runner_->allocate(type, dims);
    if (!made) {
        fail(made.error().code, onnx::text(dims));
        return {};
    }
    const TensorRef place = filled(ref(**made));
    std::vector<TensorRef> outputs(index + 1);
    outputs[index] = place;
    working_ += working_bytes(node_, {}, outputs);
    if (!reserve(working_ + working_bytes(node_, inputs_, {}))) {
        return {};
    }
    results_[index] = Value::of(*std::move(made));
    return place;
}

void OpCall::give(std::size_t index, Value value) noexcept {
    if (wants(index)) {
        results_[index] = std::move(value);
    }
}

void OpCall::give_list(std::size_t index, std::vector<Value> items) noexcept {
    Result<Value> made = runner_->list(std::move(items), Value::Kind::sequence);
    if (!made) {
        return fail(made.error().code, "sequence");
    }
    give(index, *std::move(made));
}

bool OpCall::reserve(std::uint64_t bytes) noexcept {
    const bool fits = runner_ == nullptr ? bytes <= room_ : runner_->reserve(bytes).has_value();
    if (!fits || !has_memory(bytes)) {
        fail(ErrorCode::ONNX_LIMIT, "working memory");
        return false;
    }
    return true;
}

bool OpCall::spend(double steps) noexcept {
    const auto nodes = [](double all) { return static_cast<std::uint64_t>(all / STEPS_PER_NODE); };
    bool allowed = spent_ + steps <= MAX_STEPS;
    if (allowed && runner_ != nullptr) {
        allowed = runner_->spend(nodes(spent_ + steps) - nodes(spent_)).has_value();
    }
    spent_ += steps;
    if (!allowed) {
        fail(ErrorCode::ONNX_LIMIT, "steps");
    }
    return allowed;
}

void OpCall::fail(ErrorCode code, std::string_view detail) noexcept {
    std::string path = node_.label;
    if (!detail.empty()) {
        path.append(" ").append(detail);
    }
    result_ = Error{code, path};
}

void OpCall::fail_shape(std::string_view detail) noexcept {
    std::string where = node_.label;
    if (!detail.empty()) {
        where.append(" ").append(detail);
    }
    std::string_view separator = ": ";
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        if (has(i)) {
            where.append(separator).append(onnx::text(inputs_[i].dims));
            separator = ", ";
        }
    }
    fail_at(where);
}

void OpCall::fail_value(std::string_view detail) noexcept {
    fail_at(node_.label + " " + std::string{detail});
}

void OpCall::fail_at(std::string_view where) noexcept {
    const bool loading = phase_ == onnx::Phase::load;
    result_ = Error{loading ? ErrorCode::ONNX_SHAPE : ErrorCode::ONNX_RUN_SHAPE, where};
}

void OpCall::fail_type(ElementType type) noexcept {
    fail(ErrorCode::ONNX_UNSUPPORTED_TYPE, onnx::name(type));
}

std::size_t axis_of(OpCall& call, std::int64_t axis, std::size_t rank) noexcept {
    if (const std::optional<std::size_t> found = onnx::normalize_axis(axis, rank); found) {
        return *found;
    }
    call.fail_shape("axis");
    return rank;
}

std::size_t volume(std::span<const std::int64_t> dims) noexcept {
    std::size_t product = 1;
    for (const std::int64_t dim : dims) {
        product *= static_cast<std::size_t>(dim);
    }
    return product;
}

TensorRef ref(const onnx::Tensor& tensor) noexcept {
    return {tensor.type, tensor.dims, const_cast<std::uint8_t*>(tensor.elements.data())};
}

} // namespace assay::runtime
