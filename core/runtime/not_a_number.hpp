// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where NaN comes from and where it gets lost. XNNPACK's bounds turn it into a number natively (in
// wasm third_party/compat/wasm/keep_nan.h mends those of float kernels), and some of its functions
// everywhere; ONNX keeps it (inference.md §2). Feeds and constants are looked at before a run, and
// what the nodes named here compute is looked at as soon as it is there.
#pragma once

#include "core/runtime/lowering.hpp"

namespace assay::runtime {

/// Whether a node may make NaN or infinity of finite elements other than by overflow.
[[nodiscard]] bool may_leave_numbers(const NodeView& view) noexcept;

/// Whether XNNPACK may make a number of NaN in a node: all but arithmetic and moves without bounds.
[[nodiscard]] bool may_hide_nan(const onnx::Node& node) noexcept;

} // namespace assay::runtime
