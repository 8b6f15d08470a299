// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Everything in a proof that holds, changed. The proof is made here, under a ceremony whose secret
// is known: every value in it is arbitrary, and the last point makes the equation hold. No prover
// could do so under a real one.
#include "core/zk/ezkl/key.hpp"
#include "core/zk/ezkl/transcript.hpp"
#include "core/zk/ezkl/verifier.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

namespace ezkl = assay::zk::ezkl;
namespace zk = assay::zk;
using assay::BytesView;
using assay::ErrorCode;
using zk::Number;

namespace {

constexpr std::size_t WORD = 32;
constexpr Number SECRET{0x5eed, 0xfeed, 0xbeef, 0x1234};

const std::string SETTINGS =
    R"({"run_args":{"logrows":6,"num_inner_cols":2,"lookup_range":[-128,127],)"
    R"("input_visibility":"Private","output_visibility":"Public","param_visibility":"Private"},)"
    R"("total_assignments":40,"total_const_size":8,"module_sizes":{"poseidon":[0,[0]]},)"
    R"("required_lookups":["ReLU"],"model_instance_shapes":[[1,4]],)"
    R"("model_input_scales":[],"model_output_scales":[7],"version":"21.0.0"})";

zk::G1 point(std::uint64_t multiple) {
    return zk::to_affine(zk::multiply(zk::g1_generator(), Number{multiple}));
}

void put(assay::Bytes& out, const zk::G1& p) {
    const zk::G1Bytes bytes = zk::to_bytes(p);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

ezkl::Srs ceremony(const Number& secret) {
    return {zk::g1_generator(), zk::fixed_g2_generator(),
            std::make_shared<const zk::FixedG2>(
                zk::to_affine(zk::multiply(zk::g2_generator(), secret)))};
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
            each = point(next++);
    }
    return circuit;
}

struct Sample {
    ezkl::Circuit circuit;
    ezkl::Srs srs;
    ezkl::Proof proof;
    std::size_t first_scalar; ///< offset
};

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

Sample sample() {
    Sample out{circuit_of(SETTINGS), ceremony(SECRET), {}, 0};
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
        put(bytes, point(next++));
    out.first_scalar = bytes.size();
    for (std::size_t i = 0; i < scalars; ++i) {
        bytes.resize(bytes.size() + WORD);
        assay::math::write_big_endian(Number{next++, next, 7}, std::span{bytes}.last(WORD));
    }
    put(bytes, point(next++)); // W1
    const zk::Fr u = last_challenge(circuit, out.proof, scalars);

    // right = rest + u W2 and e(W2, [s] G2) = e(right, G2): W2 = rest / (s - u).
    put(bytes, zk::g1_generator());
    const auto equation = ezkl::equation_of(circuit, out.proof, out.srs);
    REQUIRE(equation);
    zk::G1Sum rest{equation->fixed[1].p};
    zk::add(rest, zk::to_affine(zk::multiply(-zk::g1_generator(), zk::number_of(u))));
    const zk::Fr factor = zk::invert(zk::subtract(zk::fr_from(SECRET), u));
    bytes.resize(bytes.size() - 2 * WORD);
    put(bytes, zk::to_affine(zk::multiply(zk::to_affine(rest), zk::number_of(factor))));
    return out;
}

ErrorCode code_of(const Sample& given) {
    const auto digest = ezkl::verify(given.circuit, given.proof, given.srs);
    return digest ? ErrorCode{} : digest.error().code;
}

template <class Change>
ErrorCode changed(const Sample& given, const Change& change) {
    Sample copy = given;
    change(copy);
    return code_of(copy);
}

constexpr auto INVALID = ErrorCode::EZKL_PROOF_INVALID;

} // namespace

TEST_CASE("No word of an EZKL proof can be another", "[zk][ezkl][negative]") {
    const Sample good = sample();
    REQUIRE(code_of(good) == ErrorCode{});
    const std::size_t end_of_scalars = good.proof.bytes.size() - 4 * WORD;
    for (std::size_t at = 0; at < good.proof.bytes.size(); at += WORD) {
        const bool is_scalar = at >= good.first_scalar && at < end_of_scalars;
        const auto with_bit = [&](std::size_t byte, unsigned bit) {
            return changed(good, [&](Sample& s) {
                s.proof.bytes[at + byte] ^= static_cast<std::uint8_t>(bit);
            });
        };
        CAPTURE(at);
        // The neighbour of a coordinate is off the curve; 2^255 is above both primes.
        REQUIRE(with_bit(WORD - 1, 1) == (is_scalar ? INVALID : ErrorCode::ZK_POINT_INVALID));
        REQUIRE(with_bit(0, 0x80) ==
                (is_scalar ? ErrorCode::ZK_SCALAR_OUT_OF_RANGE : ErrorCode::ZK_POINT_INVALID));
        REQUIRE(changed(good, [&](Sample& s) { s.proof.bytes.resize(at); }) == INVALID);
    }
}

TEST_CASE("No point of an EZKL proof can be another point", "[zk][ezkl][negative]") {
    const Sample good = sample();
    const std::size_t end = good.proof.bytes.size();
    std::vector<std::size_t> points;
    for (std::size_t at = 0; at < good.first_scalar; at += 2 * WORD)
        points.push_back(at);
    points.insert(points.end(), {end - 4 * WORD, end - 2 * WORD});
    for (std::size_t i = 0; i < points.size(); ++i) {
        CAPTURE(i);
        const auto own = [&](Sample& s) {
            return s.proof.bytes.begin() + static_cast<std::ptrdiff_t>(points[i]);
        };
        REQUIRE(changed(good, [&](Sample& s) {
                    const zk::G1Bytes other = zk::to_bytes(point(999999));
                    std::copy(other.begin(), other.end(), own(s));
                }) == INVALID);
        REQUIRE(changed(good, [&](Sample& s) { std::fill_n(own(s), 2 * WORD, 0); }) ==
                ErrorCode::ZK_POINT_INVALID);
        const std::size_t other = points[(i + 1) % points.size()];
        REQUIRE(changed(good, [&](Sample& s) {
                    std::swap_ranges(own(s), own(s) + 2 * WORD,
                                     s.proof.bytes.begin() + static_cast<std::ptrdiff_t>(other));
                }) == INVALID);
    }
}

TEST_CASE("An EZKL proof is bound to its public values, key and ceremony", "[zk][ezkl][negative]") {
    const Sample good = sample();
    for (std::size_t i = 0; i < good.proof.instances.size(); ++i) {
        REQUIRE(changed(good, [&](Sample& s) { s.proof.instances[i][0] += 1; }) == INVALID);
        REQUIRE(changed(good, [&](Sample& s) {
                    std::swap(s.proof.instances[i],
                              s.proof.instances[(i + 1) % s.proof.instances.size()]);
                }) == INVALID);
    }
    const auto counted = ErrorCode::EZKL_INSTANCE_COUNT;
    REQUIRE(changed(good, [](Sample& s) { s.proof.instances.pop_back(); }) == counted);
    REQUIRE(changed(good, [](Sample& s) { s.proof.instances.push_back(Number{}); }) == counted);
    REQUIRE(changed(good, [](Sample& s) { s.proof.columns = 2; }) == counted);
    REQUIRE(changed(good, [](Sample& s) { s.proof.bytes.push_back(0); }) ==
            ErrorCode::ZK_TRAILING_BYTES);
    for (std::size_t i = 0; i < good.circuit.fixed.size(); ++i)
        REQUIRE(changed(good, [&](Sample& s) { s.circuit.fixed[i] = point(5); }) == INVALID);
    for (std::size_t i = 0; i < good.circuit.sigma.size(); ++i)
        REQUIRE(changed(good, [&](Sample& s) { s.circuit.sigma[i] = point(5); }) == INVALID);
    REQUIRE(changed(good, [](Sample& s) { s.circuit.digests = {zk::fr_from(5)}; }) == INVALID);
    REQUIRE(changed(good, [](Sample& s) { s.circuit.gates.pop_back(); }) == INVALID);
    REQUIRE(changed(good, [](Sample& s) { s.srs = ceremony(Number{2}); }) == INVALID);
    // The digests may be several: one of them must be the proof's, and is the next one's first.
    ezkl::Circuit other = good.circuit;
    other.gates.pop_back();
    ezkl::Circuit own = good.circuit;
    own.digests.insert(own.digests.begin(), zk::fr_from(5));
    const auto key = std::make_shared<const ezkl::ReadKey>(ezkl::ReadKey{{other, own}, good.srs});
    const auto verified = ezkl::verify(key, good.proof);
    REQUIRE(verified);
    REQUIRE(zk::equal(verified->digest(), good.circuit.digests.front()));
    REQUIRE(verified->circuit().gates.size() == good.circuit.gates.size());
    REQUIRE(verified->key->circuits.size() == 2);
    const auto again = ezkl::verify(verified->key, good.proof);
    REQUIRE(again);
    REQUIRE(again->key == verified->key);
    ezkl::Proof wrong = good.proof;
    wrong.instances[0][0] += 1;
    REQUIRE(ezkl::verify(verified->key, wrong).error().code == INVALID);
}
