// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Plans of a session: one for each combination of shapes.
#include "core/runtime/fusion.hpp"
#include "core/runtime/session.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace assay::runtime {
namespace {

/// Plans kept, the one in use included: a page alternates between few shapes.
constexpr std::size_t MAX_PLANS = 4;

} // namespace

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
                    Backend backend, onnx::Phase phase, bool packs_only) noexcept {
    const std::uint64_t memory = plan_memory();
    Fusion fusion = backend != Backend::xnnpack ? Fusion::released
                    : options_.winograd         ? Fusion::everything
                                                : Fusion::all_but_winograd;
    for (;;) {
        Result<Specialization> specialized =
            specialize(graph_, bound, phase, memory, model_->folded());
        if (!specialized) {
            return specialized.error();
        }
        if (specialized->is_dynamic) {
            return std::unique_ptr<Plan>{};
        }
        if (specialized->has_odd_constants && !packs_only) {
            backend = Backend::reference;
            fusion = Fusion::released;
        }
        const bool fuses = fusion != Fusion::released;
        fuse(*specialized, graph_, graph_.outputs, fusion, model_->folded(), memory);
        specialized->folded.insert(specialized->folded.end(), shape_values.begin(),
                                   shape_values.end());
        Result<std::unique_ptr<Plan>> built =
            Plan::build(*std::move(specialized), graph_.outputs,
                        PlanOptions{backend, &model_->packed(), packs_only, memory, fuses,
                                    graph_.strings.get(), pool_.get(), profile_.get()});
        if (!built && built.error().code == ErrorCode::ONNX_LIMIT && fusion == Fusion::everything) {
            fusion = Fusion::all_but_winograd; // transformed weights come beside the others
            continue;
        }
        if (!built || *built != nullptr || !fuses) {
            return built;
        }
        fusion = Fusion::released; // XNNPACK refuses what fusion made
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
        if (backend == Backend::xnnpack && !model_->is_settled() && model_->packed().count() == 0 &&
            model_->has_large_weights() && model_.use_count() == 1) {
            plans_.clear();
            current_ = nullptr;
            const Result<std::unique_ptr<Plan>> packing =
                build_plan(bound, shape_values, backend, phase, true);
            if (!packing) {
                return packing.error();
            }
            if (*packing != nullptr) {
                model_->release(**packing);
            }
        }
        Result<std::unique_ptr<Plan>> plan = build_plan(bound, shape_values, backend, phase, false);
        if (!plan) {
            return plan.error();
        }
        plans_.push_back(CachedPlan{std::move(wanted), *std::move(plan)});
        drop_old_plans(plan_memory());
    }
    current_ = plans_.back().plan.get();
    shapes_changed_ = false;
    return Result<void>::ok();
}

} // namespace assay::runtime
