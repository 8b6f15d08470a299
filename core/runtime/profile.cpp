// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/profile.hpp"

#include "core/onnx/opset.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace assay::runtime {

std::vector<XnnOperator> xnn_operators(xnn_runtime_t runtime) noexcept {
    std::size_t count = 0;
    std::size_t needed = 0;
    if (xnn_get_runtime_profiling_info(runtime, xnn_profile_info_num_operators, sizeof count,
                                       &count, &needed) != xnn_status_success) {
        return {};
    }
    std::vector<std::uint64_t> times(count);
    (void) xnn_get_runtime_profiling_info(runtime, xnn_profile_info_operator_timing,
                                          count * sizeof(std::uint64_t), times.data(), &needed);
    needed = 0;
    (void) xnn_get_runtime_profiling_info(runtime, xnn_profile_info_operator_name, 0, nullptr,
                                          &needed);
    std::string names(needed, '\0');
    (void) xnn_get_runtime_profiling_info(runtime, xnn_profile_info_operator_name, names.size(),
                                          names.data(), &needed);
    std::vector<XnnOperator> operators;
    std::string_view rest = names;
    for (const std::uint64_t time : times) {
        const std::string_view name = rest.substr(0, rest.find('\0'));
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        operators.push_back(XnnOperator{std::string{name}, time});
    }
    return operators;
}

void Profile::clear() noexcept {
    events_.clear();
    dropped_ = 0;
}

void Profile::add(ProfileEvent event) noexcept {
    if (events_.size() >= MAX_EVENTS) {
        ++dropped_;
        return;
    }
    events_.push_back(std::move(event));
}

StepTimer::StepTimer(Profile* profile, const onnx::Node& node) noexcept
    : profile_{profile}, node_{&node} {
    if (profile_ != nullptr) {
        start_ = profile_->clock_();
    }
}

StepTimer::StepTimer(Profile* profile, std::span<const onnx::Node* const> nodes,
                     xnn_runtime_t runtime) noexcept
    : profile_{profile}, nodes_{nodes}, runtime_{runtime} {
    if (profile_ != nullptr) {
        start_ = profile_->clock_();
    }
}

StepTimer::~StepTimer() {
    if (profile_ == nullptr) {
        return;
    }
    const double length = profile_->clock_() - start_;
    if (node_ != nullptr) {
        profile_->add({node_->label, std::string{onnx::schema(node_->op).name}, start_, length});
        return;
    }
    std::string name;
    for (const onnx::Node* node : nodes_) {
        name += (name.empty() ? "" : ", ") + node->label;
    }
    profile_->add({std::move(name), "XNNPACK", start_, length});
    double at = start_;
    for (const XnnOperator& each : xnn_operators(runtime_)) {
        const double time = static_cast<double>(each.microseconds);
        profile_->add({each.name, "XNNPACK", at, time});
        at += time;
    }
}

} // namespace assay::runtime
