// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/planner.hpp"

#include "core/runtime/fast_attention.hpp"
#include "core/runtime/fast_winograd.hpp"
#include "core/runtime/lowering.hpp"
#include "core/runtime/node_cost.hpp"
#include "core/runtime/not_a_number.hpp"
#include "core/runtime/op_table.hpp"
#include "core/runtime/operators.hpp"
#include "core/runtime/parallel.hpp"
#include "core/runtime/working_memory.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace assay::runtime {
namespace {

using onnx::NO_VALUE;
using onnx::Node;
using onnx::Op;
using onnx::ValueId;
using onnx::ValueShape;

constexpr std::size_t NO_SEGMENT = static_cast<std::size_t>(-1);

std::uint64_t bytes_of(const ValueShape& shape) noexcept {
    return onnx::byte_count(shape.type, shape.dims).value_or(0);
}

} // namespace

Planner::Planner(Specialization specialized, std::span<const ValueId> outputs,
                 const PlanOptions& options) noexcept
    : plan_{std::make_unique<Plan>()}, outputs_(outputs.begin(), outputs.end()), options_{options} {
    plan_->specialized_ = std::move(specialized);
    plan_->strings_ = options.strings;
    plan_->profile_ = options.profile;
}

const ValueShape& Planner::shape(ValueId id) const noexcept {
    return plan_->specialized_.values[id];
}

const std::vector<const Node*>& Planner::live() const noexcept {
    return plan_->specialized_.live;
}

Result<std::unique_ptr<Plan>> Planner::build() noexcept {
    plan_->data_.resize(plan_->specialized_.values.size());
    for (ValueId id = 0; id < plan_->data_.size(); ++id) {
        if (const onnx::Tensor* constant = shape(id).constant; constant != nullptr) {
            plan_->data_[id] = const_cast<std::uint8_t*>(constant->elements.data()); // only read
        }
    }
    xnn_workspace_t workspace = nullptr;
    if (xnn_create_workspace(&workspace) != xnn_status_success) {
        return ErrorCode::ONNX_LIMIT;
    }
    plan_->workspace_.reset(workspace);
    choose_forms();
    do {
        if (is_stuck_) {
            return ErrorCode::ONNX_LIMIT;
        }
        if (has_lowered_only()) {
            return std::unique_ptr<Plan>{};
        }
        cut_segments();
        choose_layouts();
        find_lifetimes();
        if (const Result<void> reserved = reserve_memory(); !reserved) {
            return reserved.error();
        }
    } while (!make_steps());
    return std::move(plan_);
}

void Planner::choose_forms() noexcept {
    for (const Node* node : live()) {
        const bool form = (options_.backend == Backend::xnnpack || is_pinned(*node)) &&
                          (options_.is_fused || !is_on_bytes(node->op)) &&
                          has_xnn_form(NodeView{*node, plan_->specialized_.values});
        in_xnnpack_.push_back(form ? 1 : 0);
    }
    if (options_.backend == Backend::xnnpack) {
        choose_watched();
    }
}

/// What may make NaN is looked at where XNNPACK might hide it further on.
void Planner::choose_watched() noexcept {
    is_watched_.assign(live().size(), 0);
    bool hides = false;
    for (std::size_t i = live().size(); i-- > 0;) {
        const Node& node = *live()[i];
        const bool makes = may_leave_numbers(NodeView{node, plan_->specialized_.values});
        // A term of Winograd's may overflow where the convolution does not.
        is_watched_[i] = (hides && makes) || node.op == Op::winograd_conv ? 1 : 0;
        hides = hides || (in_xnnpack_[i] != 0 && may_hide_nan(node));
    }
}

bool Planner::is_watched(std::size_t node) const noexcept {
    return !is_watched_.empty() && is_watched_[node] != 0;
}

bool Planner::is_pinned(const Node& node) const noexcept {
    return std::any_of(node.inputs.begin(), node.inputs.end(), [this](ValueId id) {
        const onnx::Tensor* constant = id == NO_VALUE ? nullptr : shape(id).constant;
        return constant != nullptr && constant->is_released();
    });
}

/// Leaves a segment to own kernels, but for what they cannot run. Where unsigned bytes come from
/// outside or leave, which XNNPACK may hold shifted, first what makes floats of them, or them of
/// floats. @return whether anything is left to them.
bool Planner::give_up(const Segment& segment) noexcept {
    const auto leave = [&](const auto& is_left) {
        bool any = false;
        for (std::size_t i = segment.first; i < segment.last; ++i) {
            if (!is_pinned(*live()[i]) && is_left(*live()[i])) {
                in_xnnpack_[i] = 0;
                any = true;
            }
        }
        return any;
    };
    const auto here = static_cast<std::size_t>(&segment - segments_.data());
    const auto is_border = [&](const Node& node) {
        return (node.op == Op::dequantize_linear && writers_[node.inputs[0]] != here) ||
               (node.op == Op::quantize_linear && slots_.contains(node.outputs[0]));
    };
    return leave(is_border) || leave([](const Node&) { return true; });
}

/// Whether a node runs nowhere: made by fusion, and XNNPACK does not take it.
bool Planner::has_lowered_only() const noexcept {
    for (std::size_t i = 0; i < live().size(); ++i) {
        if (in_xnnpack_[i] == 0 && op_function(live()[i]->op) == op_lowered_only) {
            return true;
        }
    }
    return false;
}

void Planner::cut_segments() noexcept {
    segments_.clear();
    for (std::size_t i = 0; i < live().size(); ++i) {
        const bool form = in_xnnpack_[i] != 0;
        // What is watched ends its segment: then its result is there to be looked at.
        if (form && !segments_.empty() && segments_.back().in_xnnpack && !is_watched(i - 1)) {
            segments_.back().last = i + 1;
        } else {
            segments_.push_back(Segment{i, i + 1, form});
        }
    }
}

/// Winograd's convolutions work on channels last. What goes between them and XNNPACK, or from one
/// to the next, stays so where nothing else reads it.
void Planner::choose_layouts() noexcept {
    held_last_.assign(plan_->specialized_.values.size(), 0);
    std::vector<char> is_fixed(held_last_.size(), 1); // what no step writes is a feed
    for (const Node* node : live()) {
        for (const ValueId id : node->outputs) {
            if (id != NO_VALUE) {
                is_fixed[id] = 0;
            }
        }
    }
    for (const ValueId id : outputs_) {
        is_fixed[id] = 1;
    }
    for (std::size_t i = 0; i < live().size(); ++i) {
        const Node& node = *live()[i];
        if (node.op == Op::winograd_conv) {
            held_last_[node.inputs[0]] = 1;
            held_last_[node.outputs[0]] = 1;
        } else if (in_xnnpack_[i] == 0) {
            for (const auto& ids : {std::span{node.inputs}, std::span{node.outputs}}) {
                for (const ValueId id : ids) {
                    if (id != NO_VALUE) {
                        is_fixed[id] = 1;
                    }
                }
            }
        }
    }
    for (ValueId id = 0; id < held_last_.size(); ++id) {
        held_last_[id] = held_last_[id] != 0 && is_fixed[id] == 0 ? 1 : 0;
    }
}

/// A value needs a place when a kernel writes it or another segment reads it.
void Planner::find_lifetimes() noexcept {
    slots_.clear();
    writers_.assign(plan_->specialized_.values.size(), NO_SEGMENT);
    const auto size_of = [this](ValueId id) { return bytes_of(shape(id)) + onnx::Buffer::PADDING; };
    for (std::size_t s = 0; s < segments_.size(); ++s) {
        for (std::size_t i = segments_[s].first; i < segments_[s].last; ++i) {
            for (const ValueId id : live()[i]->inputs) {
                const std::size_t writer = id == NO_VALUE ? NO_SEGMENT : writers_[id];
                if (writer != NO_SEGMENT && (writer != s || !segments_[s].in_xnnpack)) {
                    slots_.try_emplace(id, ArenaSlot{size_of(id), writer, s, 0})
                        .first->second.last = s;
                }
            }
            for (const ValueId id : live()[i]->outputs) {
                if (id == NO_VALUE) {
                    continue;
                }
                writers_[id] = s;
                if (!segments_[s].in_xnnpack) {
                    slots_.emplace(id, ArenaSlot{size_of(id), s, s, 0});
                }
            }
        }
    }
    for (const ValueId id : outputs_) {
        if (writers_[id] != NO_SEGMENT) {
            slots_.try_emplace(id, ArenaSlot{size_of(id), writers_[id], 0, 0}).first->second.last =
                segments_.size();
        }
    }
}

/// Bytes of a node's working copies.
std::uint64_t Planner::working_memory(const Node& node) const noexcept {
    const auto refs = [this](const std::vector<ValueId>& ids) {
        std::vector<TensorRef> tensors;
        for (const ValueId id : ids) {
            tensors.push_back(ref(id));
        }
        return tensors;
    };
    return working_bytes(node, refs(node.inputs), refs(node.outputs));
}

Result<void> Planner::reserve_memory() noexcept {
    // Inside XNNPACK: every value of a segment, in up to two layouts; constants once packed, and
    // once reordered for it. Inside attention and Winograd's convolutions: what threads work in.
    std::uint64_t inside = 0;
    std::set<const onnx::Tensor*> constants;
    for (const Segment& segment : segments_) {
        for (std::size_t i = segment.first; segment.in_xnnpack && i < segment.last; ++i) {
            for (const ValueId id : live()[i]->inputs) {
                if (id != NO_VALUE && shape(id).constant != nullptr &&
                    constants.insert(shape(id).constant).second) {
                    inside += 2 * bytes_of(shape(id));
                }
            }
            for (const ValueId id : live()[i]->outputs) {
                inside += id == NO_VALUE ? 0 : 2 * bytes_of(shape(id));
            }
            if (inside > options_.memory_bytes) {
                return ErrorCode::ONNX_LIMIT;
            }
        }
    }
    for (const Node* node : live()) {
        if (node->op == Op::fused_attention) {
            inside += attention_bytes(*node, options_.pool);
        } else if (node->op == Op::winograd_conv) {
            inside += winograd_bytes(*node, plan_->specialized_.values, options_.pool);
        }
    }
    std::vector<ArenaSlot> slots;
    for (const auto& entry : slots_) {
        slots.push_back(entry.second);
    }
    const std::uint64_t arena = plan_arena(slots);
    plan_->planned_bytes_ = plan_->specialized_.folded_bytes + inside + arena;
    if (plan_->planned_bytes_ > options_.memory_bytes) {
        return ErrorCode::ONNX_LIMIT;
    }
    // Operators run one after the other, each in what the plan leaves.
    plan_->room_ = options_.memory_bytes - plan_->planned_bytes_;
    for (const Segment& segment : segments_) {
        const Node& first = *live()[segment.first];
        const std::uint64_t working = segment.in_xnnpack ? 0 : working_memory(first);
        if (working > plan_->room_ || !has_memory(working)) {
            return Error{ErrorCode::ONNX_LIMIT, first.label + " working memory"};
        }
    }
    if (options_.packs_only) {
        return Result<void>::ok();
    }
    Result<onnx::Buffer> memory = onnx::Buffer::allocate(arena);
    if (!memory) {
        return memory.error();
    }
    plan_->arena_ = *std::move(memory);
    std::size_t next = 0;
    for (const auto& entry : slots_) {
        plan_->data_[entry.first] = plan_->arena_.data() + slots[next++].offset;
    }
    return Result<void>::ok();
}

TensorRef Planner::ref(ValueId id) const noexcept {
    if (id == NO_VALUE) {
        return {};
    }
    return {shape(id).type, shape(id).dims, plan_->data_[id]};
}

void Planner::make_kernel_step(const Node& node) noexcept {
    KernelStep step{&node, op_function(node.op), {}, {}};
    step.state.may_approximate = options_.backend == Backend::xnnpack;
    step.state.pool = options_.pool;
    if (node.op == Op::winograd_conv) {
        step.state.reads_channels_last = held_last_[node.inputs[0]] != 0;
        step.state.writes_channels_last = held_last_[node.outputs[0]] != 0;
    }
    for (const ValueId id : node.inputs) {
        step.inputs.push_back(ref(id));
        step.state.constant_inputs.push_back(id != NO_VALUE && shape(id).constant != nullptr ? 1
                                                                                             : 0);
    }
    for (const ValueId id : node.outputs) {
        step.outputs.push_back(ref(id));
    }
    plan_->steps_.emplace_back(std::move(step));
}

bool Planner::make_steps() noexcept {
    plan_->steps_.clear();
    for (const Segment& segment : segments_) {
        if (!segment.in_xnnpack) {
            make_kernel_step(*live()[segment.first]);
            std::get<KernelStep>(plan_->steps_.back()).is_watched = is_watched(segment.first);
        } else if (!make_xnn_step(segment)) {
            is_stuck_ = !give_up(segment);
            return false;
        }
    }
    return true;
}

/// Whether a node of a segment has enough to do for several threads: XNNPACK wakes them for each.
bool Planner::pays_threads(const Segment& segment) const noexcept {
    const auto pays = [this](const Node* node) {
        const std::uint64_t products = multiply_accumulates(*node, plan_->specialized_.values);
        std::uint64_t elements = 0;
        for (const ValueId id : node->outputs) {
            elements += id == NO_VALUE ? 0 : bytes_of(shape(id)) / sizeof(float);
        }
        return products >= WORTH_A_THREAD || elements >= WORTH_A_THREAD;
    };
    const auto nodes = live().begin();
    return std::any_of(nodes + static_cast<std::ptrdiff_t>(segment.first),
                       nodes + static_cast<std::ptrdiff_t>(segment.last), pays);
}

bool Planner::make_xnn_step(const Segment& segment) noexcept {
    std::set<ValueId> inputs;
    std::set<ValueId> outputs;
    std::set<ValueId> written;
    for (std::size_t i = segment.first; i < segment.last; ++i) {
        const Node& node = *live()[i];
        const std::size_t operands = data_operands(node);
        for (std::size_t k = 0; k < operands; ++k) {
            const ValueId id = node.inputs[k];
            if (id != NO_VALUE && shape(id).constant == nullptr && !written.contains(id)) {
                inputs.insert(id);
            }
        }
        for (const ValueId id : node.outputs) {
            if (id != NO_VALUE) {
                written.insert(id);
                if (slots_.contains(id)) {
                    outputs.insert(id);
                }
            }
        }
    }
    XnnStep step;
    step.external_values.assign(inputs.begin(), inputs.end());
    const std::size_t input_count = step.external_values.size();
    step.external_values.insert(step.external_values.end(), outputs.begin(), outputs.end());
    const std::span<const ValueId> externals = step.external_values;
    Lowering lowering{plan_->specialized_.values,     externals.first(input_count),
                      externals.subspan(input_count), held_last_,
                      plan_->specialized_.lasting,    *options_.packed};
    for (std::size_t i = segment.first; i < segment.last; ++i) {
        lowering.note_weights(*live()[i]);
    }
    for (std::size_t i = segment.first; i < segment.last && lowering.ok(); ++i) {
        xnn_lowering(live()[i]->op)(lowering, NodeView{*live()[i], plan_->specialized_.values});
    }
    lowering.finish();
    xnn_runtime_t runtime = nullptr;
    const std::uint32_t flags = options_.profile == nullptr ? 0 : XNN_FLAG_BASIC_PROFILING;
    const bool made = lowering.ok() &&
                      xnn_create_runtime_v4(lowering.subgraph(), options_.packed->provider(),
                                            plan_->workspace_.get(),
                                            pays_threads(segment) ? options_.pool : nullptr, flags,
                                            &runtime) == xnn_status_success &&
                      !options_.packed->has_unwritten();
    step.runtime.reset(runtime);
    step.packed = options_.packed->end_runtime();
    if (!made) {
        return false;
    }
    if (!options_.packs_only && xnn_reshape_runtime(runtime) != xnn_status_success) {
        return false;
    }
    for (std::uint32_t id = 0; id < step.external_values.size(); ++id) {
        step.bindings.push_back(xnn_external_value{id, nullptr});
    }
    step.nodes.assign(live().begin() + static_cast<std::ptrdiff_t>(segment.first),
                      live().begin() + static_cast<std::ptrdiff_t>(segment.last));
    step.constants = lowering.take_constants();
    if (is_watched(segment.last - 1)) {
        step.watched = live()[segment.last - 1]->outputs[0];
    }
    plan_->steps_.emplace_back(std::move(step));
    return true;
}

} // namespace assay::runtime
