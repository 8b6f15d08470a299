// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/kernel.hpp"

#include <cmath>

namespace assay::runtime {

void run_batch_normalization(const KernelCall& call) noexcept {
    const TensorRef& x = call.inputs[0];
    const double epsilon = static_cast<double>(call.node.attributes.real("epsilon", 1e-5F));
    const auto batch = static_cast<std::size_t>(x.dims[0]);
    const std::size_t channels = x.dims.size() < 2 ? 1 : static_cast<std::size_t>(x.dims[1]);
    const std::size_t rows = batch * channels;
    const std::size_t size = rows == 0 ? 0 : x.count() / rows;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t c = row % channels;
        const double factor =
            static_cast<double>(call.inputs[1].as<float>()[c]) /
            std::sqrt(static_cast<double>(call.inputs[4].as<float>()[c]) + epsilon);
        const auto bias = static_cast<double>(call.inputs[2].as<float>()[c]);
        const auto mean = static_cast<double>(call.inputs[3].as<float>()[c]);
        const float* from = x.as<float>() + row * size;
        float* to = call.outputs[0].as<float>() + row * size;
        for (std::size_t i = 0; i < size; ++i) {
            to[i] = static_cast<float>((static_cast<double>(from[i]) - mean) * factor + bias);
        }
    }
}

} // namespace assay::runtime
