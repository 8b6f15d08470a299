// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/zk/ezkl_sample.hpp"

#include "core/zk/ezkl/transcript.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::test {

namespace ezkl = assay::zk::ezkl;
using zk::Number;

namespace {

constexpr std::size_t WORD = 32;

const std::string SETTINGS =
    R"({"run_args":{"logrows":6,"num_inner_cols":2,"lookup_range":[-128,127],)"
    R"("input_visibility":"Private","output_visibility":"Public","param_visibility":"Private"},)"
    R"("total_assignments":40,"total_const_size":8,"module_sizes":{"poseidon":[0,[0]]},)"
    R"("required_lookups":["ReLU"],"model_instance_shapes":[[1,4]],)"
    R"("model_input_scales":[],"model_output_scales":[7],"version":"21.0.0"})";

void put(assay::Bytes& out, const zk::G1& p) {
    const zk::G1Bytes bytes = zk::to_bytes(p);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

ezkl::Circuit circuit_of(const std::string& text) {
    const auto settings = ezkl::Settings::parse(text);
    REQUIRE(settings);
    const auto system = ezkl::build(*settings, settings->flags()->front(), 4);
    REQUIRE(system);
    const std::size_t fixed = system->columns[1] + system->selectors;
    assay::Bytes key = {3, static_cast<std::uint8_t>(settings->k), 0,
                        static_cast<std::uint8_t>(fixed), static_cast<std::uint8_t>(fixed >> 8)};
    key.resize(key.size() + 2 + 2 * WORD * (fixed + system->permutation.size()));
    const auto circuits = ezkl::compile(key, *settings);
    REQUIRE(circuits);
    ezkl::Circuit circuit = circuits->front();
    std::uint64_t next = 1000;
    for (auto* points : {&circuit.fixed, &circuit.sigma}) {
        for (zk::G1& each : *points)
            each = ezkl_point(next++);
    }
    return circuit;
}

/// ezkl.md §5, without the last point: the challenge before it.
zk::Fr last_challenge(const ezkl::Circuit& circuit, const ezkl::Proof& proof, std::size_t scalars) {
    const std::size_t arguments = circuit.arguments.size();
    ezkl::Transcript transcript{proof.bytes};
    transcript.absorb(circuit.digests.front());
    for (const Number& each : proof.instances)
        transcript.absorb(zk::fr_from(each));
    const std::size_t sums = circuit.chunks() + arguments + 1;
    for (const auto& [points, challenges] : {std::pair<std::size_t, int>{circuit.columns[0], 1},
                                             {arguments, 2},
                                             {sums, 1},
                                             {circuit.degree - 1, 1}}) {
        static_cast<void>(transcript.points(points));
        for (int i = 0; i < challenges; ++i)
            static_cast<void>(transcript.squeeze());
    }
    static_cast<void>(transcript.scalars(scalars));
    static_cast<void>(transcript.squeeze());
    static_cast<void>(transcript.squeeze());
    static_cast<void>(transcript.point());
    return transcript.squeeze();
}

} // namespace

zk::G1 ezkl_point(std::uint64_t multiple) {
    return zk::to_affine(zk::multiply(zk::g1_generator(), Number{multiple}));
}

ezkl::Srs ezkl_ceremony(const Number& secret) {
    return {zk::g1_generator(), zk::fixed_g2_generator(),
            std::make_shared<const zk::FixedG2>(
                zk::to_affine(zk::multiply(zk::g2_generator(), secret)))};
}

EzklSample ezkl_sample(const Number& secret) {
    EzklSample out{circuit_of(SETTINGS), ezkl_ceremony(secret), {}, 0};
    const ezkl::Circuit& circuit = out.circuit;
    const std::size_t arguments = circuit.arguments.size();
    const std::size_t points = circuit.columns[0] + 2 * arguments + circuit.chunks() + 1 +
                               static_cast<std::size_t>(circuit.degree) - 1;
    const std::size_t scalars = circuit.queries[0].size() + circuit.queries[1].size() + 1 +
                                circuit.permutation.size() + 3 * circuit.chunks() - 1 +
                                3 * arguments;
    out.proof.columns = 1;
    for (std::uint64_t i = 0; i < circuit.instances; ++i)
        out.proof.instances.push_back(Number{100 + i});
    assay::Bytes& bytes = out.proof.bytes;
    std::uint64_t next = 2;
    for (std::size_t i = 0; i < points; ++i)
        put(bytes, ezkl_point(next++));
    out.first_scalar = bytes.size();
    for (std::size_t i = 0; i < scalars; ++i) {
        bytes.resize(bytes.size() + WORD);
        assay::math::write_big_endian(Number{next++, next, 7}, std::span{bytes}.last(WORD));
    }
    put(bytes, ezkl_point(next++)); // W1
    const zk::Fr u = last_challenge(circuit, out.proof, scalars);

    // right = rest + u W2 and e(W2, [s] G2) = e(right, G2): W2 = rest / (s - u).
    put(bytes, zk::g1_generator());
    const auto equation = ezkl::equation_of(circuit, out.proof, out.srs);
    REQUIRE(equation);
    zk::G1Sum rest{equation->fixed[1].p};
    zk::add(rest, zk::to_affine(zk::multiply(-zk::g1_generator(), zk::number_of(u))));
    const zk::Fr factor = zk::invert(zk::subtract(zk::fr_from(secret), u));
    bytes.resize(bytes.size() - 2 * WORD);
    put(bytes, zk::to_affine(zk::multiply(zk::to_affine(rest), zk::number_of(factor))));
    return out;
}

} // namespace assay::test
