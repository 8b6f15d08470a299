// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/zk/ezkl_sample.hpp"

#include "core/bytes/hex.hpp"
#include "core/hash/sha2.hpp"
#include "core/zk/ezkl/transcript.hpp"

#include <cstdlib>
#include <string>
#include <utility>

namespace assay::test {

namespace ezkl = assay::zk::ezkl;
using zk::Number;

namespace {

constexpr std::size_t WORD = 32;

/// Not a test's REQUIRE: a generator makes samples as well.
void need(bool holds) {
    if (!holds)
        std::abort();
}

void put(assay::Bytes& out, const zk::G1& p) {
    const zk::G1Bytes bytes = zk::to_bytes(p);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

/// halo2's raw form: coordinates times 2^256 in little-endian words.
void put_raw(assay::Bytes& out, zk::Fp coordinate) {
    for (int bit = 0; bit < 256; ++bit)
        coordinate = zk::Fp{assay::math::shrink(coordinate + coordinate)};
    assay::Bytes word(WORD);
    assay::math::write_big_endian(zk::FpLimbs::to_words(coordinate.limbs), word);
    out.insert(out.end(), word.rbegin(), word.rend());
}

void put_raw(assay::Bytes& out, const zk::G1& p) {
    put_raw(out, p.x);
    put_raw(out, p.y);
}

void put_text(assay::Bytes& out, std::string_view text) {
    const assay::BytesView bytes = assay::as_bytes(text);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

/// Any points: what they commit to is not asked.
assay::Bytes key_of(const ezkl::Settings& settings) {
    const auto system = ezkl::build(settings, settings.flags()->front(), 4);
    need(system.has_value());
    const std::size_t fixed = system->columns[1] + system->selectors;
    assay::Bytes key = {3,
                        static_cast<std::uint8_t>(settings.k),
                        0,
                        static_cast<std::uint8_t>(fixed),
                        static_cast<std::uint8_t>(fixed >> 8),
                        0,
                        0};
    for (std::uint64_t i = 0; i < fixed + system->permutation.size(); ++i)
        put_raw(key, ezkl_point(1000 + i));
    return key;
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

EzklSample ezkl_sample(const Number& secret, std::size_t digest) {
    const auto settings = ezkl::Settings::parse(EZKL_SETTINGS);
    need(settings.has_value());
    assay::Bytes key = key_of(*settings);
    auto circuits = ezkl::compile(key, *settings);
    need(circuits.has_value());
    EzklSample out{std::move(key), circuits->front(), ezkl_ceremony(secret), {}, 0};
    ezkl::Circuit& circuit = circuits->front();
    need(digest < circuit.digests.size());
    circuit.digests = {circuit.digests[digest]};
    const std::size_t arguments = circuit.arguments.size();
    const std::size_t points = circuit.columns[0] + 2 * arguments + circuit.chunks() + 1 +
                               static_cast<std::size_t>(circuit.degree) - 1;
    const std::size_t scalars = circuit.queries[0].size() + circuit.queries[1].size() + 1 +
                                circuit.permutation.size() + 3 * circuit.chunks() - 1 +
                                3 * arguments;
    out.proof.columns = 1;
    for (std::uint64_t i = 0; i < circuit.instances; ++i) { // 100, -101, 102, …
        Number value{100 + i};
        if (i % 2 != 0) {
            value = zk::FrPrime::WORDS;
            assay::math::subtract_from(value, Number{100 + i});
        }
        out.proof.instances.push_back(value);
    }
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
    need(equation.has_value());
    zk::G1Sum rest{equation->fixed[1].p};
    zk::add(rest, zk::to_affine(zk::multiply(-zk::g1_generator(), zk::number_of(u))));
    const zk::Fr factor = zk::invert(zk::subtract(zk::fr_from(secret), u));
    bytes.resize(bytes.size() - 2 * WORD);
    put(bytes, zk::to_affine(zk::multiply(zk::to_affine(rest), zk::number_of(factor))));
    return out;
}

assay::Bytes ezkl_proof_file(const ezkl::Proof& proof) {
    assay::Bytes out;
    put_text(out, R"({"transcript_type":"EVM","proof":")" + assay::bytes::to_hex_0x(proof.bytes) +
                      R"(","instances":[[)");
    for (const Number& each : proof.instances) {
        assay::Bytes word(WORD);
        assay::math::write_big_endian(each, word);
        put_text(out, (&each == proof.instances.data() ? "\"" : ",\"") +
                          assay::bytes::to_hex_0x(word) + "\"");
    }
    put_text(out, "]]}");
    return out;
}

assay::Bytes ezkl_srs_file(const Number& secret) {
    assay::Bytes out(4); // k = 0: one point, and one in Lagrange's form
    put_raw(out, zk::g1_generator());
    put_raw(out, zk::g1_generator());
    const zk::G2 second = zk::to_affine(zk::multiply(zk::g2_generator(), secret));
    for (const zk::G2& point : {zk::g2_generator(), second}) {
        for (const zk::Fp& coordinate : {point.x.c0, point.x.c1, point.y.c0, point.y.c1})
            put_raw(out, coordinate);
    }
    return out;
}

assay::Bytes ezkl_pins(std::initializer_list<assay::BytesView> files) {
    assay::Bytes out;
    for (const assay::BytesView file : files) {
        const assay::Hash32 digest = assay::hash::sha256(file);
        out.insert(out.end(), digest.begin(), digest.end());
    }
    return out;
}

} // namespace assay::test
