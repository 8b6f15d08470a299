// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/session.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace assay::runtime {

using onnx::Dims;
using onnx::ElementType;
using onnx::UNKNOWN;
using onnx::ValueId;

Result<std::unique_ptr<Session>> Session::load(BytesView model,
                                               const SessionOptions& options) noexcept {
    if (model.size() > options.limits.model_bytes) {
        return Error{ErrorCode::ONNX_LIMIT, "model bytes"};
    }
    Result<onnx::Buffer> copy = onnx::Buffer::allocate(model.size());
    if (!copy) {
        return copy.error();
    }
    std::copy(model.begin(), model.end(), copy->data());
    return load(*std::move(copy), options);
}

Result<std::unique_ptr<Session>> Session::load(onnx::Buffer model,
                                               const SessionOptions& options) noexcept {
    if (options.threads < 1 || options.threads > MAX_THREADS) {
        return Error{ErrorCode::ARGUMENT_INVALID, "threads"};
    }
    Result<std::shared_ptr<Model>> loaded = Model::load(std::move(model), options.limits);
    return loaded ? make(*std::move(loaded), options, nullptr) : loaded.error();
}

Result<std::unique_ptr<Session>> Session::fork() const noexcept {
    return make(model_, options_, pool_);
}

Result<std::unique_ptr<Session>> Session::make(std::shared_ptr<Model> model,
                                               const SessionOptions& options,
                                               std::shared_ptr<pthreadpool> pool) noexcept {
    std::unique_ptr<Session> session{new Session{std::move(model), options}};
    session->pool_ = std::move(pool);
    if (const Result<void> ready = session->prepare(); !ready) {
        return ready.error();
    }
    return session;
}

Result<void> Session::prepare() noexcept {
    if (xnn_initialize(nullptr) != xnn_status_success) {
        return Error{ErrorCode::ONNX_LIMIT, "XNNPACK"};
    }
    if (options_.clock != nullptr) {
        profile_ = std::make_unique<Profile>(options_.clock);
    }
    if (options_.threads > 1 && pool_ == nullptr) {
        pool_.reset(pthreadpool_create(options_.threads), pthreadpool_destroy);
    }
    make_feeds();
    find_shape_feeds();
    // What does not depend on open dimensions is checked now.
    std::vector<BoundInput> bound;
    for (const ValueId id : graph_.inputs) {
        bound.push_back(BoundInput{id, declared_shape(id)});
    }
    if (const Result<Specialization> checked =
            specialize(graph_, bound, onnx::Phase::load, plan_memory(), model_->folded());
        checked) {
        describe_outputs(*checked);
    } else {
        return checked.error();
    }
    bool fixed = true;
    for (std::size_t i = 0; i < feeds_.size(); ++i) {
        if (inputs_[i].optional) {
            continue;
        }
        const onnx::ValueShape declared = declared_shape(feeds_[i].id);
        if (inputs_[i].kind != onnx::ValueKind::tensor || !declared.is_bound()) {
            fixed = false;
        } else if (const Result<void> set = set_input(i, declared.dims); !set) {
            return set;
        }
        fixed = fixed && !feeds_[i].carries_shape;
    }
    return fixed ? choose_plan(options_.backend, onnx::Phase::load) : Result<void>::ok();
}

void Session::make_feeds() noexcept {
    const auto add = [this](ValueId id, bool optional) {
        const onnx::Value& value = graph_.values[id];
        feeds_.emplace_back().id = id;
        inputs_.push_back(
            PortInfo{value.name, value.kind, value.type, value.dims, value.items, optional});
    };
    for (const ValueId id : graph_.inputs) {
        add(id, false);
    }
    for (const ValueId id : graph_.overridable) {
        add(id, true);
    }
}

/// Marks the inputs that the shape operand of a Reshape is computed from.
void Session::find_shape_feeds() noexcept {
    std::vector<char> carries(graph_.values.size());
    for (auto node = graph_.nodes.rbegin(); node != graph_.nodes.rend(); ++node) {
        if (node->op == onnx::Op::reshape) {
            carries[node->inputs[1]] = 1;
        }
        const bool wanted =
            std::any_of(node->outputs.begin(), node->outputs.end(), [&carries](ValueId id) {
                return id != onnx::NO_VALUE && carries[id] != 0;
            });
        if (node->op == onnx::Op::shape || node->op == onnx::Op::size) {
            continue; // reads the dimensions of its operand, not the elements
        }
        for (const ValueId id : node->inputs) {
            if (wanted && id != onnx::NO_VALUE) {
                carries[id] = 1;
            }
        }
    }
    for (Feed& feed : feeds_) {
        feed.carries_shape = carries[feed.id] != 0;
    }
}

onnx::ValueShape Session::declared_shape(ValueId id) const noexcept {
    const onnx::Value& value = graph_.values[id];
    onnx::ValueShape shape;
    shape.type = value.type;
    if (value.dims && value.kind == onnx::ValueKind::tensor) {
        shape.has_rank = true;
        for (const onnx::Dim& dim : *value.dims) {
            shape.dims.push_back(dim.value);
        }
    }
    return shape;
}

/// Inferred dimensions where they are known, the declared symbols elsewhere.
void Session::describe_outputs(const Specialization& checked) noexcept {
    for (const ValueId id : graph_.outputs) {
        const onnx::Value& value = graph_.values[id];
        const onnx::ValueShape& shape = checked.values[id];
        const ElementType type = shape.type == ElementType::undefined ? value.type : shape.type;
        PortInfo port{value.name, value.kind, type, value.dims, value.items, false};
        if (shape.has_rank) {
            std::vector<onnx::Dim> dims(shape.dims.size());
            for (std::size_t i = 0; i < dims.size(); ++i) {
                dims[i].value = shape.dims[i];
                if (shape.dims[i] == UNKNOWN && value.dims && value.dims->size() == dims.size()) {
                    dims[i].symbol = (*value.dims)[i].symbol;
                }
            }
            port.dims = std::move(dims);
        }
        outputs_.push_back(std::move(port));
    }
}

Result<void> Session::run() noexcept {
    has_run_ = false;
    if (profile_ != nullptr) {
        profile_->clear();
    }
    for (std::size_t i = 0; i < feeds_.size(); ++i) {
        if (!feeds_[i].bound && !inputs_[i].optional) {
            return Error{ErrorCode::ONNX_INPUT_NAME, "input \"" + inputs_[i].name + "\""};
        }
    }
    return run_on(model_->constants_are_finite() && feeds_are_finite() ? options_.backend
                                                                       : Backend::reference);
}

Result<void> Session::run_on(Backend backend) noexcept {
    if (!is_current(backend)) {
        if (const Result<void> chosen = choose_plan(backend, onnx::Phase::run); !chosen) {
            return chosen;
        }
    }
    if (current_ == nullptr) {
        return run_by_node();
    }
    for (Feed& feed : feeds_) {
        if (feed.bound && !feed.carries_shape) {
            current_->bind(feed.id, feed.elements.data());
        }
    }
    const Result<void> done = current_->run();
    if (done && current_->has_met_nan()) {
        return run_on(Backend::reference);
    }
    has_run_ = done.has_value();
    return done;
}

TensorRef Session::output(std::size_t index) const noexcept {
    if (!has_run_ || index >= graph_.outputs.size()) {
        return {};
    }
    if (current_ == nullptr) {
        const Value& value = results_[index];
        return value.kind == Value::Kind::tensor ? ref(*value.tensor) : TensorRef{};
    }
    return current_->value(graph_.outputs[index]);
}

Value Session::output_value(std::size_t index) const noexcept {
    if (has_run_ && current_ == nullptr && index < results_.size()) {
        return results_[index];
    }
    const TensorRef tensor = output(index);
    if (tensor.data == nullptr) {
        return {};
    }
    Result<onnx::Tensor> copy =
        onnx::Tensor::make(tensor.type, Dims(tensor.dims.begin(), tensor.dims.end()));
    if (!copy) {
        return {};
    }
    std::memcpy(copy->elements.data(), tensor.data, copy->elements.size());
    return Value::of(std::make_shared<const onnx::Tensor>(*std::move(copy)));
}

/// Feeds are copied: a result may be one of them.
Result<void> Session::run_by_node() noexcept {
    if (model_->is_released()) {
        return ErrorCode::ONNX_LIMIT; // its weights are there for a plan only
    }
    if (interpreter_ == nullptr) {
        interpreter_ =
            std::make_unique<Interpreter>(plan_memory(), options_.limits.node_runs, profile_.get());
    }
    results_.clear();
    std::map<ValueId, Value> inputs;
    for (std::size_t i = 0; i < feeds_.size(); ++i) {
        const Feed& feed = feeds_[i];
        if (!feed.bound) {
            continue;
        }
        if (inputs_[i].kind != onnx::ValueKind::tensor) {
            inputs[feed.id] = feed.value;
            continue;
        }
        Result<std::shared_ptr<onnx::Tensor>> copy =
            interpreter_->allocate(inputs_[i].type, feed.dims);
        if (!copy) {
            return copy.error();
        }
        std::memcpy((*copy)->elements.data(), feed.elements.data(), feed.size);
        inputs[feed.id] = Value::of(*std::move(copy));
    }
    const Result<void> done = interpreter_->run(graph_, inputs, results_);
    has_run_ = done.has_value();
    return done;
}

} // namespace assay::runtime
