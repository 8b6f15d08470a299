// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/kernel.hpp"

#include <cstring>

namespace assay::runtime {
void run_copy(const KernelCall& call) noexcept {
    const TensorRef& to = call.outputs[0];
    const std::size_t bytes = to.count() * onnx::element_size(to.type);
    if (bytes != 0) {
        std::memcpy(to.data, call.inputs[0].data, bytes);
    }
}

} // namespace assay::runtime
