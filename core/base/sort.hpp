// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Sorting that is not on a hot path. std::sort is some 3 kB of wasm for each type and order; here
// all of them share one function.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay {

/// Orders the indices 0 … size - 1 by @p less (a strict weak ordering of indices); O(n log n), not
/// stable.
[[nodiscard]] std::vector<std::uint32_t>
sorted_indices(std::size_t size, bool (*less)(const void* items, std::uint32_t a, std::uint32_t b),
               const void* items) noexcept;

/// As above for a container with operator[]. @param LESS compares two items.
template <auto LESS, typename Items>
[[nodiscard]] std::vector<std::uint32_t> sorted_order(const Items& items) noexcept {
    return sorted_indices(
        items.size(),
        [](const void* context, std::uint32_t a, std::uint32_t b) {
            const auto& all = *static_cast<const Items*>(context);
            return LESS(all[a], all[b]);
        },
        &items);
}

} // namespace assay
