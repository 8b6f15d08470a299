// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/bn254/pairing.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace {

using namespace assay;

/// Each product waits for the one before; "cycles" are of the time-stamp counter, one product.
void multiply(benchmark::State& state) {
    zk::Fp a = zk::g2_generator().x.c0;
    const zk::Fp b = zk::g2_generator().y.c1;
    std::uint64_t cycles = 0;
    for ([[maybe_unused]] auto step : state) {
#if defined(__x86_64__)
        const std::uint64_t start = __rdtsc();
#endif
        constexpr int PRODUCTS = 1000;
        for (int i = 0; i < PRODUCTS; ++i)
            a = a * b;
#if defined(__x86_64__)
        cycles += (__rdtsc() - start) / PRODUCTS;
#endif
        benchmark::DoNotOptimize(a);
    }
    state.counters["cycles"] =
        benchmark::Counter(static_cast<double>(cycles), benchmark::Counter::kAvgIterations);
}

/// One pairing, lines of the point of G2 and with them the check of its group included.
void pairing(benchmark::State& state) {
    const zk::G1 p = zk::g1_generator();
    for ([[maybe_unused]] auto step : state) {
        const std::array<zk::Pair, 1> pair = {{{p, zk::g2_generator()}}};
        if (zk::product_is_one({}, pair))
            state.SkipWithError("degenerate");
    }
}

BENCHMARK(multiply)->Name("bn254-multiply-1000");
BENCHMARK(pairing)->Name("pairing");

} // namespace
