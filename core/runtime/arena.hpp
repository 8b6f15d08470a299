// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Offsets in one block of memory for values that live at different times (inference.md §3.6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::runtime {

struct ArenaSlot {
    std::uint64_t size = 0;   ///< bytes, padding included
    std::size_t first = 0;    ///< the step that writes it
    std::size_t last = 0;     ///< the last step that reads it, inclusive
    std::uint64_t offset = 0; ///< set by plan_arena
};

/// Sets the offsets so that slots that live at the same time do not overlap; largest first, each as
/// low as it fits. @return the bytes of the block.
[[nodiscard]] std::uint64_t plan_arena(std::span<ArenaSlot> slots) noexcept;

} // namespace assay::runtime
