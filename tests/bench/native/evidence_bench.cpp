// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/verify_api.hpp"

#include "tests/bench/native/fixtures.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace assay;

constexpr std::string_view ACCEPTED = R"({"ok":true)";

void nitro_document(benchmark::State& state) {
    const auto& f = bench::evidence();
    for ([[maybe_unused]] auto step : state) {
        const std::string verdict =
            api::verify_nitro({.document = f.document, .options = as_bytes(f.nitro_options)});
        if (!verdict.starts_with(ACCEPTED))
            state.SkipWithError(verdict.c_str());
    }
}

/// The key is pinned: what a page does for each reply, once the attestation has been verified.
void receipt(benchmark::State& state) {
    const auto& f = bench::evidence();
    for ([[maybe_unused]] auto step : state) {
        const std::string verdict = api::verify_receipt({.request = as_bytes(f.request),
                                                         .response = as_bytes(f.response),
                                                         .document = {},
                                                         .key = f.key,
                                                         .options = as_bytes(f.pinned_options)});
        if (!verdict.starts_with(ACCEPTED))
            state.SkipWithError(verdict.c_str());
    }
}

/// A conversation of 100 kB; the rate is that of the request's text, all steps included.
void long_receipt(benchmark::State& state) {
    const auto f = bench::long_receipt();
    for ([[maybe_unused]] auto step : state) {
        const std::string verdict = api::verify_receipt({.request = as_bytes(f.request),
                                                         .response = as_bytes(f.response),
                                                         .document = {},
                                                         .key = f.key,
                                                         .options = as_bytes(f.pinned_options)});
        if (!verdict.starts_with(ACCEPTED))
            state.SkipWithError(verdict.c_str());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(f.request.size()));
}

BENCHMARK(nitro_document)->Name("nitro-document");
BENCHMARK(receipt)->Name("receipt");
BENCHMARK(long_receipt)->Name("receipt-100k");

} // namespace
