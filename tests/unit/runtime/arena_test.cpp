// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/arena.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>

namespace assay::runtime {
namespace {

TEST_CASE("slots of different times share memory", "[runtime][arena]") {
    std::array slots = {ArenaSlot{100, 0, 1, 0}, ArenaSlot{100, 2, 3, 0}};
    CHECK(plan_arena(slots) == 100);
}

TEST_CASE("slots that meet in one step do not overlap", "[runtime][arena]") {
    std::array slots = {ArenaSlot{100, 0, 1, 0}, ArenaSlot{100, 1, 2, 0}};
    CHECK(plan_arena(slots) == 228); // on a 64-byte boundary
    CHECK(slots[0].offset != slots[1].offset);
}

TEST_CASE("a gap between larger slots is used", "[runtime][arena]") {
    // The 192 bytes after the first slot are free again when the last slot is written.
    std::array slots = {ArenaSlot{256, 0, 9, 0}, ArenaSlot{192, 0, 1, 0}, ArenaSlot{128, 0, 9, 0},
                        ArenaSlot{128, 2, 3, 0}};
    CHECK(plan_arena(slots) == 256 + 192 + 128);
    CHECK(slots[3].offset == 256);
}

TEST_CASE("no slots need no memory", "[runtime][arena]") {
    CHECK(plan_arena({}) == 0);
}

} // namespace
} // namespace assay::runtime
