// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// LSTM and GRU in float (inference.md §5): one XNNPACK product for all steps, then per step a
// product of the packed recurrent weights with the state, and the gates.
#pragma once

#include "core/runtime/op_call.hpp"

namespace assay::runtime {

/// What a call is about, as op_recurrent has checked it.
struct RecurrentShape {
    std::size_t steps;
    std::size_t batch;
    std::size_t input;
    std::size_t hidden;
    std::size_t directions;
    bool first_is_reverse;
};

/// Runs a planned LSTM or GRU of float32 with the usual activations and constant weights.
/// @return false when the call is another one; nothing has been written then.
[[nodiscard]] bool run_fast_recurrent(OpCall& call, const RecurrentShape& shape) noexcept;

} // namespace assay::runtime
