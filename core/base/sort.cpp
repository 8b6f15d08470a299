// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/sort.hpp"

#include <algorithm>
#include <numeric>

namespace assay {

std::vector<std::uint32_t> sorted_indices(std::size_t size,
                                          bool (*less)(const void*, std::uint32_t, std::uint32_t),
                                          const void* items) noexcept {
    std::vector<std::uint32_t> order(size);
    std::iota(order.begin(), order.end(), 0U);
    const auto compare = [&](std::uint32_t a, std::uint32_t b) { return less(items, a, b); };
    std::make_heap(order.begin(), order.end(), compare);
    std::sort_heap(order.begin(), order.end(), compare);
    return order;
}

} // namespace assay
