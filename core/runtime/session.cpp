// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/session.hpp"

#include "core/onnx/proto.hpp"
#include "core/runtime/fusion.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::UNKNOWN;
using onnx::ValueId;

/// Plans kept, the one in use included: a page alternates between few shapes.
constexpr std::size_t MAX_PLANS = 4;

/// Whether all bits of an exponent are set nowhere: no NaN, no infinity.
bool all_finite(std::span<const std::uint8_t> bytes) noexcept {
    constexpr std::uint32_t EXPONENT = 0x7f80'0000;
    std::uint32_t found = 0;
    for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, bytes.data() + i, 4);
        found |= (bits & EXPONENT) == EXPONENT ? 1U : 0U;
    }
    return found == 0;
}

std::string describe(const PortInfo& port, std::span<const std::int64_t> got) {
    std::string path = "input \"" + port.name + "\": expected ";
    if (port.dims) {
        Dims expected;
        for (const onnx::Dim& dim : *port.dims) {
            expected.push_back(dim.value);
        }
        path += onnx::text(expected) + ", ";
    }
    return path + "got " + onnx::text(got);
}

} // namespace

Result<std::unique_ptr<Session>> Session::load(BytesView model,
                                               const SessionOptions& options) noexcept {
    if (options.threads < 1 || options.threads > MAX_THREADS) {
        return Error{ErrorCode::ARGUMENT_INVALID, "threads"};
    }
    const Result<onnx::ModelProto> proto = onnx::parse_model(model, options.limits);
    if (!proto) {
        return proto.error();
    }
    Result<onnx::Graph> graph = onnx::build_graph(*proto, options.limits);
    if (!graph) {
        return graph.error();
    }
    std::unique_ptr<Session> session{new Session{options}};
    session->graph_ = *std::move(graph);
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
    if (options_.threads > 1) {
        pool_.reset(pthreadpool_create(options_.threads));
    }
    const auto add_constant = [this](const onnx::Tensor& tensor) {
        constant_bytes_ += tensor.elements.size();
        constants_are_finite_ =
            constants_are_finite_ && (tensor.type != ElementType::float32 ||
                                      all_finite({tensor.elements.data(), tensor.elements.size()}));
    };
    for (const onnx::Value& value : graph_.values) {
        if (value.constant != nullptr) {
            add_constant(*value.constant);
        }
    }
    for (const onnx::Node& node : graph_.nodes) {
        for (const onnx::Attribute& attribute : node.attributes.items()) {
            if (attribute.tensor != nullptr) {
                add_constant(*attribute.tensor);
            }
        }
    }
    make_feeds();
    find_shape_feeds();
    // What does not depend on open dimensions is checked now.
    std::vector<BoundInput> bound;
    for (const ValueId id : graph_.inputs) {
        bound.push_back(BoundInput{id, declared_shape(id)});
    }
    const std::uint64_t memory = options_.limits.memory_bytes - constant_bytes_;
    const Result<Specialization> checked = specialize(graph_, bound, onnx::Phase::load, memory);
    if (!checked) {
        return checked.error();
    }
    describe_outputs(*checked);
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
        inputs_.push_back(PortInfo{value.name, value.kind, value.type, value.dims, optional});
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
        PortInfo port{value.name, value.kind, type, value.dims, false};
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
        fits = expected == UNKNOWN || expected == dims[i];
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
    const bool is_tensor = value.kind == Value::Kind::tensor;
    const bool fits = port.kind == onnx::ValueKind::tensor
                          ? is_tensor && value.tensor->type == port.type
                      : port.kind == onnx::ValueKind::sequence ? value.kind == Value::Kind::sequence
                      : port.kind == onnx::ValueKind::map      ? value.kind == Value::Kind::map
                                                               : true;
    if (!fits) {
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
        if (feed.bound && inputs_[i].type == ElementType::float32 &&
            !all_finite({feed.elements.data(), feed.size})) {
            return false;
        }
    }
    return true;
}

Session::PlanKey Session::key(Backend backend) const noexcept {
    PlanKey key;
    key.backend = backend;
    for (const Feed& feed : feeds_) {
        key.dims.push_back(feed.bound ? std::optional{feed.dims} : std::nullopt);
        if (feed.bound && feed.carries_shape) {
            key.shape_elements.insert(key.shape_elements.end(), feed.elements.data(),
                                      feed.elements.data() + feed.size);
        }
    }
    return key;
}

/// The same answer as comparing key() with the current plan's, without allocating.
bool Session::is_current(Backend backend) const noexcept {
    if (plans_.empty() || shapes_changed_ || plans_.back().key.backend != backend) {
        return false;
    }
    const std::uint8_t* known = plans_.back().key.shape_elements.data();
    for (const Feed& feed : feeds_) {
        if (feed.bound && feed.carries_shape && feed.size != 0) {
            if (std::memcmp(known, feed.elements.data(), feed.size) != 0) {
                return false;
            }
            known += feed.size;
        }
    }
    return true;
}

/// Forgets the plans that were not used for longest: no more than MAX_PLANS, nor than @p memory.
void Session::drop_old_plans(std::uint64_t memory) noexcept {
    std::uint64_t total = 0;
    std::size_t kept = 0;
    while (kept < plans_.size() && kept < MAX_PLANS) {
        const Plan* plan = plans_[plans_.size() - 1 - kept].plan.get();
        total += plan == nullptr ? 0 : plan->planned_bytes();
        if (kept != 0 && total > memory) {
            break;
        }
        ++kept;
    }
    plans_.erase(plans_.begin(), plans_.end() - static_cast<std::ptrdiff_t>(kept));
}

/// @return null when the model must run node by node.
Result<std::unique_ptr<Plan>>
Session::build_plan(std::span<const BoundInput> bound,
                    std::span<const std::shared_ptr<const onnx::Tensor>> shape_values,
                    Backend backend, onnx::Phase phase) noexcept {
    const std::uint64_t memory = options_.limits.memory_bytes - constant_bytes_;
    // Once more without fusion when XNNPACK refuses what it made.
    for (bool fuses = backend == Backend::xnnpack;; fuses = false) {
        Result<Specialization> specialized = specialize(graph_, bound, phase, memory);
        if (!specialized) {
            return specialized.error();
        }
        if (specialized->is_dynamic) {
            return std::unique_ptr<Plan>{};
        }
        if (fuses) {
            fuse(*specialized, graph_, graph_.outputs);
        }
        specialized->folded.insert(specialized->folded.end(), shape_values.begin(),
                                   shape_values.end());
        Result<std::unique_ptr<Plan>> built = Plan::build(
            *std::move(specialized), graph_.outputs,
            PlanOptions{backend, memory, fuses, graph_.strings.get(), pool_.get(), profile_.get()});
        if (!built || *built != nullptr || !fuses) {
            return built;
        }
    }
}

Result<void> Session::choose_plan(Backend backend, onnx::Phase phase) noexcept {
    PlanKey wanted = key(backend);
    const auto found = std::find_if(plans_.begin(), plans_.end(),
                                    [&wanted](const CachedPlan& row) { return row.key == wanted; });
    if (found != plans_.end()) {
        std::rotate(found, found + 1, plans_.end());
    } else {
        std::vector<BoundInput> bound;
        std::vector<std::shared_ptr<const onnx::Tensor>> shape_values;
        for (std::size_t i = 0; i < feeds_.size(); ++i) {
            const Feed& feed = feeds_[i];
            if (!feed.bound) {
                continue;
            }
            const bool is_tensor = inputs_[i].kind == onnx::ValueKind::tensor;
            onnx::ValueShape shape{inputs_[i].type, is_tensor, feed.dims, nullptr};
            if (feed.carries_shape) {
                Result<onnx::Tensor> copy = onnx::Tensor::make(shape.type, shape.dims);
                if (!copy) {
                    return copy.error();
                }
                std::copy_n(feed.elements.data(), feed.size, copy->elements.data());
                shape_values.push_back(std::make_shared<const onnx::Tensor>(*std::move(copy)));
                shape.constant = shape_values.back().get();
            }
            bound.push_back(BoundInput{feed.id, std::move(shape)});
        }
        const std::uint64_t memory = options_.limits.memory_bytes - constant_bytes_;
        Result<std::unique_ptr<Plan>> plan = build_plan(bound, shape_values, backend, phase);
        if (!plan) {
            return plan.error();
        }
        plans_.push_back(CachedPlan{std::move(wanted), *std::move(plan)});
        drop_old_plans(memory);
    }
    current_ = plans_.back().plan.get();
    shapes_changed_ = false;
    return Result<void>::ok();
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
    const Backend backend =
        constants_are_finite_ && feeds_are_finite() ? options_.backend : Backend::reference;
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
    if (interpreter_ == nullptr) {
        interpreter_ = std::make_unique<Interpreter>(options_.limits.memory_bytes - constant_bytes_,
                                                     options_.limits.node_runs, profile_.get());
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
