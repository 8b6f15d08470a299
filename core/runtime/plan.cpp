// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/plan.hpp"

#include "core/runtime/model.hpp"
#include "core/runtime/planner.hpp"

#include <algorithm>

namespace assay::runtime {

static bool is_finite(const TensorRef& tensor) noexcept {
    const auto bytes = static_cast<std::size_t>(*onnx::byte_count(tensor.type, tensor.dims));
    return tensor.data == nullptr || all_finite(tensor.type, {tensor.data, bytes});
}

Result<std::unique_ptr<Plan>> Plan::build(Specialization specialized,
                                          std::span<const onnx::ValueId> outputs,
                                          const PlanOptions& options) noexcept {
    return Planner{std::move(specialized), outputs, options}.build();
}

void Plan::bind(onnx::ValueId id, std::uint8_t* data) noexcept {
    if (data_[id] != data) {
        data_[id] = data;
        is_set_up_ = false;
    }
}

Result<void> Plan::set_up() noexcept {
    for (Step& step : steps_) {
        if (auto* kernel = std::get_if<KernelStep>(&step); kernel != nullptr) {
            for (std::size_t i = 0; i < kernel->inputs.size(); ++i) {
                if (const onnx::ValueId id = kernel->node->inputs[i]; id != onnx::NO_VALUE) {
                    kernel->inputs[i].data = data_[id];
                }
            }
            continue;
        }
        auto& xnn = std::get<XnnStep>(step);
        for (std::size_t i = 0; i < xnn.bindings.size(); ++i) {
            xnn.bindings[i].data = data_[xnn.external_values[i]];
        }
        if (xnn_setup_runtime_v2(xnn.runtime.get(), xnn.bindings.size(), xnn.bindings.data()) !=
            xnn_status_success) {
            return ErrorCode::ONNX_LIMIT;
        }
    }
    is_set_up_ = true;
    return Result<void>::ok();
}

Result<void> Plan::run() noexcept {
    has_met_nan_ = false;
    if (!is_set_up_) {
        if (const Result<void> ready = set_up(); !ready) {
            return ready;
        }
    }
    for (Step& step : steps_) {
        if (auto* kernel = std::get_if<KernelStep>(&step); kernel != nullptr) {
            const StepTimer timer{profile_, *kernel->node};
            OpCall call{*kernel->node, *strings_, kernel->inputs, kernel->outputs, &kernel->state};
            call.set_room(room_ - std::min(room_, strings_->bytes()));
            kernel->run(call);
            if (call.failed()) {
                return call.result();
            }
            if (kernel->is_watched && !is_finite(kernel->outputs[0])) {
                has_met_nan_ = true;
                return Result<void>::ok();
            }
            continue;
        }
        const auto& xnn = std::get<XnnStep>(step);
        const StepTimer timer{profile_, xnn.nodes, xnn.runtime.get()};
        if (xnn_invoke_runtime(xnn.runtime.get()) != xnn_status_success) {
            return ErrorCode::ONNX_LIMIT;
        }
        if (xnn.watched != onnx::NO_VALUE && !is_finite(value(xnn.watched))) {
            has_met_nan_ = true;
            return Result<void>::ok();
        }
    }
    return Result<void>::ok();
}

TensorRef Plan::value(onnx::ValueId id) const noexcept {
    const onnx::ValueShape& shape = specialized_.values[id];
    return {shape.type, shape.dims, data_[id]};
}

std::size_t Plan::xnn_steps() const noexcept {
    return static_cast<std::size_t>(
        std::count_if(steps_.begin(), steps_.end(),
                      [](const Step& step) { return std::holds_alternative<XnnStep>(step); }));
}

std::size_t Plan::kernel_steps() const noexcept {
    return steps_.size() - xnn_steps();
}

} // namespace assay::runtime
