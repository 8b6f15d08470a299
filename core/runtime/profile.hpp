// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What a run spent its time on, node by node. The runtime has no clock: a session that is given
/// one records every run.
#pragma once

#include "core/onnx/graph.hpp"

#include <xnnpack.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace assay::runtime {

/// Microseconds since any fixed moment, never falling.
using Clock = double (*)() noexcept;

/// One operator of an XNNPACK runtime that was made with XNN_FLAG_BASIC_PROFILING.
struct XnnOperator {
    std::string name;
    std::uint64_t microseconds; ///< of the last run
};

/// @return the operators in the order in which they run; none when the runtime does not profile.
[[nodiscard]] std::vector<XnnOperator> xnn_operators(xnn_runtime_t runtime) noexcept;

struct ProfileEvent {
    std::string name;   ///< label of the node, or what XNNPACK calls its operator
    std::string kernel; ///< what computed it: an operator's name, or "XNNPACK"
    double start;       ///< microseconds of the clock
    double length;      ///< microseconds
};

/// Events of one run; those inside another lie within its time.
class Profile {
public:
    /// A loop may run many nodes; what comes later is counted and dropped.
    static constexpr std::size_t MAX_EVENTS = 100'000;

    explicit Profile(Clock clock) noexcept : clock_{clock} {}

    void clear() noexcept;
    [[nodiscard]] std::span<const ProfileEvent> events() const noexcept { return events_; }
    [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }

private:
    friend class StepTimer;

    void add(ProfileEvent event) noexcept;

    Clock clock_;
    std::vector<ProfileEvent> events_;
    std::uint64_t dropped_ = 0;
};

/// Records what runs during its life. A null profile records nothing.
class StepTimer {
public:
    /// One node on its own operator.
    StepTimer(Profile* profile, const onnx::Node& node) noexcept;
    /// Nodes that run as one XNNPACK runtime.
    StepTimer(Profile* profile, std::span<const onnx::Node* const> nodes,
              xnn_runtime_t runtime) noexcept;
    StepTimer(const StepTimer&) = delete;
    StepTimer& operator=(const StepTimer&) = delete;
    ~StepTimer();

private:
    Profile* profile_;
    std::span<const onnx::Node* const> nodes_;
    const onnx::Node* node_ = nullptr;
    xnn_runtime_t runtime_ = nullptr;
    double start_ = 0;
};

} // namespace assay::runtime
