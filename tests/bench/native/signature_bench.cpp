// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/p384.hpp"
#include "core/signatures/rsa.hpp"
#include "core/signatures/secp256k1.hpp"

#include "tests/bench/native/fixtures.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace assay;

void ecdsa_verify(benchmark::State& state) {
    const auto f = bench::ecdsa_fixture();
    for ([[maybe_unused]] auto step : state) {
        if (!signatures::verify_ecdsa(f.key, f.message, f.signature))
            state.SkipWithError("refused");
    }
}

void ecdsa_recover(benchmark::State& state) {
    const auto f = bench::recovery_fixture();
    for ([[maybe_unused]] auto step : state) {
        if (!signatures::recover_address(f.digest, f.r, f.s, f.v))
            state.SkipWithError("refused");
    }
}

void rsa_pss(benchmark::State& state) {
    const auto f = bench::rsa_fixture();
    for ([[maybe_unused]] auto step : state) {
        const auto key = signatures::RsaPublicKey::from_spki(f.key);
        if (!key || !signatures::verify_rsa_pss_sha256(*key, f.message, f.signature))
            state.SkipWithError("refused");
    }
}

void p384_verify(benchmark::State& state) {
    const auto f = bench::p384_fixture();
    for ([[maybe_unused]] auto step : state) {
        if (!signatures::verify_p384(f.key, f.message, f.signature))
            state.SkipWithError("refused");
    }
}

BENCHMARK(ecdsa_verify)->Name("ecdsa-verify");
BENCHMARK(ecdsa_recover)->Name("ecdsa-recover");
BENCHMARK(rsa_pss)->Name("rsa-pss-2048");
BENCHMARK(p384_verify)->Name("p384-verify");

} // namespace
