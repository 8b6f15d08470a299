// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/arena.hpp"

#include "core/onnx/buffer.hpp"

#include <algorithm>
#include <vector>

namespace assay::runtime {
namespace {

std::uint64_t aligned(std::uint64_t size) noexcept {
    constexpr std::uint64_t ALIGNMENT = onnx::Buffer::ALIGNMENT;
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

bool live_together(const ArenaSlot& a, const ArenaSlot& b) noexcept {
    return a.first <= b.last && b.first <= a.last;
}

} // namespace

std::uint64_t plan_arena(std::span<ArenaSlot> slots) noexcept {
    std::vector<ArenaSlot*> by_size;
    for (ArenaSlot& slot : slots) {
        by_size.push_back(&slot);
    }
    std::stable_sort(by_size.begin(), by_size.end(),
                     [](const ArenaSlot* a, const ArenaSlot* b) { return a->size > b->size; });
    std::vector<ArenaSlot*> placed; // by offset
    std::uint64_t total = 0;
    for (ArenaSlot* slot : by_size) {
        slot->offset = 0;
        for (const ArenaSlot* other : placed) {
            if (!live_together(*slot, *other)) {
                continue;
            }
            if (slot->offset + slot->size <= other->offset) {
                break; // fits into the gap in front
            }
            slot->offset = std::max(slot->offset, aligned(other->offset + other->size));
        }
        const auto position = std::upper_bound(
            placed.begin(), placed.end(), slot,
            [](const ArenaSlot* a, const ArenaSlot* b) { return a->offset < b->offset; });
        placed.insert(position, slot);
        total = std::max(total, slot->offset + slot->size);
    }
    return total;
}

} // namespace assay::runtime
