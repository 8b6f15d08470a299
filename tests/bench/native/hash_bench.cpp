// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/hash/keccak256.hpp"

#include <benchmark/benchmark.h>

namespace {

void keccak(benchmark::State& state, std::size_t length) {
    const assay::Bytes data(length, 0x5a);
    for ([[maybe_unused]] auto step : state) {
        auto digest = assay::hash::keccak256(data);
        benchmark::DoNotOptimize(digest);
    }
}

BENCHMARK_CAPTURE(keccak, word, 32)->Name("keccak-32");
BENCHMARK_CAPTURE(keccak, mebibyte, std::size_t{1} << 20)->Name("keccak-1m");

} // namespace
