// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/broadcast.hpp"

namespace assay::runtime {

Strides dense_strides(std::span<const std::int64_t> dims) noexcept {
    Strides strides{};
    std::int64_t step = 1;
    for (std::size_t i = dims.size(); i-- > 0;) {
        strides[i] = step;
        step *= dims[i];
    }
    return strides;
}

Strides broadcast_strides(std::span<const std::int64_t> dims, std::size_t rank) noexcept {
    Strides strides{};
    std::int64_t step = 1;
    for (std::size_t i = dims.size(); i-- > 0;) {
        strides[i + rank - dims.size()] = dims[i] == 1 ? 0 : step;
        step *= dims[i];
    }
    return strides;
}

} // namespace assay::runtime
