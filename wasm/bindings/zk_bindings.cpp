// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// zk.wasm: the operations on proofs (core/api/operations.hpp), through one frame.
#include "core/api/operations.hpp"

#include "wasm/bindings/boundary.hpp"

#include <emscripten/bind.h>

namespace assay::wasm {
namespace {

Arena arena;
TextResult verdict;

/// Key, settings, proof and SRS of a large circuit.
constexpr std::size_t ARENA_BYTES = std::size_t{80} << 20;

Word reserve(Word size) noexcept {
    return arena.reserve(size, ARENA_BYTES);
}

Word call(Word frame, Word length) noexcept {
    return verdict.publish(api::run_frame(arena.input(frame, length), api::find_zk_operation));
}

} // namespace

EMSCRIPTEN_BINDINGS(assay_zk) {
    emscripten::function("reserve", &reserve);
    emscripten::function("call", &call);
}

} // namespace assay::wasm
