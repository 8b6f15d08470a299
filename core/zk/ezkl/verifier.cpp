// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/verifier.hpp"

#include "core/zk/bn254/msm.hpp"
#include "core/zk/ezkl/identity.hpp"
#include "core/zk/ezkl/key.hpp"
#include "core/zk/ezkl/shplonk.hpp"
#include "core/zk/ezkl/transcript.hpp"

#include <utility>

namespace assay::zk::ezkl {
namespace {

constexpr std::int32_t LAST = -static_cast<std::int32_t>(BLINDING + 1);

const std::vector<Query>& queries(const Circuit& circuit, ColumnKind kind) noexcept {
    return circuit.queries[static_cast<std::size_t>(kind)];
}

/// Everything that the proof's bytes hold, with the challenges between.
struct Reading {
    std::vector<G1> advice, multiplicities, products, sums, quotients;
    G1 random;
    Openings at;
    Fr random_value;
    Challenges challenges;
    Fr set_challenge, value_challenge; ///< V and Y
    G1 w1, w2;
    Fr u;
};

/// §5
Result<Reading> read(const Circuit& circuit, const Fr& digest, const Proof& proof) noexcept {
    Reading out;
    Transcript transcript{proof.bytes};
    transcript.absorb(digest);
    for (const Number& each : proof.instances)
        transcript.absorb(fr_from(each));
    const std::size_t arguments = circuit.arguments.size();
    const std::size_t chunks = circuit.chunks();
    out.advice = transcript.points(circuit.columns[0]);
    out.challenges.theta = transcript.squeeze();
    out.multiplicities = transcript.points(arguments);
    out.challenges.beta = transcript.squeeze();
    out.challenges.gamma = transcript.squeeze();
    out.products = transcript.points(chunks);
    out.sums = transcript.points(arguments);
    out.random = transcript.point();
    out.challenges.y = transcript.squeeze();
    out.quotients = transcript.points(static_cast<std::size_t>(circuit.degree) - 1);
    out.challenges.x = transcript.squeeze();
    out.at.advice = transcript.scalars(queries(circuit, ColumnKind::advice).size());
    out.at.fixed = transcript.scalars(queries(circuit, ColumnKind::fixed).size());
    out.random_value = transcript.scalar();
    out.at.sigma = transcript.scalars(circuit.permutation.size());
    for (std::size_t i = 0; i < chunks; ++i) {
        PermutationOpening& z = out.at.products.emplace_back();
        z.here = transcript.scalar();
        z.next = transcript.scalar();
        z.last = i + 1 < chunks ? transcript.scalar() : fr_zero();
    }
    for (std::size_t i = 0; i < arguments; ++i) {
        LookupOpening& lookup = out.at.lookups.emplace_back();
        lookup.here = transcript.scalar();
        lookup.next = transcript.scalar();
        lookup.multiplicity = transcript.scalar();
    }
    out.value_challenge = transcript.squeeze();
    out.set_challenge = transcript.squeeze();
    out.w1 = transcript.point();
    out.u = transcript.squeeze();
    out.w2 = transcript.point();
    if (const auto good = transcript.finish(); !good)
        return good.error();
    return out;
}

/// §7: the openings in the order in which the prover combined them.
Shplonk openings(const Circuit& circuit, const Reading& reading, const Fr& quotient,
                 const Fr& power) noexcept {
    Shplonk out;
    const auto columns = [&](ColumnKind kind, const std::vector<G1>& points,
                             const std::vector<Fr>& values) {
        const std::size_t first = out.reserve(points);
        const auto& list = queries(circuit, kind);
        for (std::size_t i = 0; i < list.size(); ++i)
            out.open(first + list[i].column, list[i].rotation, values[i]);
    };
    columns(ColumnKind::advice, reading.advice, reading.at.advice);
    const std::size_t products = out.reserve(reading.products);
    for (std::size_t i = 0; i < reading.products.size(); ++i) {
        out.open(products + i, 0, reading.at.products[i].here);
        out.open(products + i, 1, reading.at.products[i].next);
    }
    for (std::size_t i = reading.products.size(); i-- > 1;)
        out.open(products + i - 1, LAST, reading.at.products[i - 1].last);
    const std::size_t sums = out.reserve(reading.sums);
    const std::size_t multiplicities = out.reserve(reading.multiplicities);
    for (std::size_t i = 0; i < reading.sums.size(); ++i) {
        out.open(sums + i, 0, reading.at.lookups[i].here);
        out.open(sums + i, 1, reading.at.lookups[i].next);
        out.open(multiplicities + i, 0, reading.at.lookups[i].multiplicity);
    }
    columns(ColumnKind::fixed, circuit.fixed, reading.at.fixed);
    const std::size_t sigma = out.reserve(circuit.sigma);
    for (std::size_t i = 0; i < circuit.sigma.size(); ++i)
        out.open(sigma + i, 0, reading.at.sigma[i]);
    out.open(out.reserve_sum(reading.quotients, power), 0, quotient);
    out.open(out.reserve({&reading.random, 1}), 0, reading.random_value);
    return out;
}

/// What must hold of @p srs's points; EZKL_PROOF_INVALID, or what §5 refuses.
Result<Equation> equation_under(const Circuit& circuit, const Fr& digest, const Proof& proof,
                                const Srs& srs) noexcept {
    constexpr auto INVALID = ErrorCode::EZKL_PROOF_INVALID;
    const auto reading = read(circuit, digest, proof);
    if (!reading)
        return reading.error();
    const Fr power_n = power(reading->challenges.x, std::uint64_t{1} << circuit.k);
    const auto quotient =
        quotient_value(circuit, proof.instances, reading->at, reading->challenges, power_n);
    if (!quotient)
        return INVALID;
    const Shplonk shplonk = openings(circuit, *reading, *quotient, power_n);
    auto combined = shplonk.combine({reading->challenges.x, root_of_unity(circuit.k), reading->u,
                                     reading->set_challenge, reading->value_challenge});
    if (!combined)
        return INVALID;
    auto& [terms, constant, w1_factor] = *combined;
    terms.push_back({srs.g1, -constant});
    terms.push_back({reading->w1, -w1_factor});
    terms.push_back({reading->w2, reading->u});
    const G1 right = sum_of(terms);
    return Equation{{{-reading->w2, srs.s_g2}, {right, srs.g2}}, {}};
}

/// The same key with a circuit and its digest before the others, where the next proof tries them.
KnownKey with_first(KnownKey key, std::size_t circuit, std::size_t digest) noexcept {
    if (circuit == 0 && digest == 0)
        return key;
    ReadKey out = *key;
    std::swap(out.circuits.front(), out.circuits[circuit]);
    auto& digests = out.circuits.front().digests;
    std::swap(digests.front(), digests[digest]);
    return std::make_shared<const ReadKey>(std::move(out));
}

} // namespace

Result<void> check_instance_count(const Proof& proof, std::uint64_t expected,
                                  std::uint64_t usable_rows) noexcept {
    if (proof.columns != 1 || proof.instances.size() != expected || expected > usable_rows)
        return Error{ErrorCode::EZKL_INSTANCE_COUNT, "instances"};
    return Result<void>::ok();
}

Result<std::size_t> verify(const Circuit& circuit, const Proof& proof, const Srs& srs) noexcept {
    if (const auto good = check_instance_count(proof, circuit.instances, circuit.usable_rows());
        !good)
        return good.error();
    for (std::size_t i = 0; i < circuit.digests.size(); ++i) {
        const auto equation = equation_under(circuit, circuit.digests[i], proof, srs);
        if (equation && equation->holds())
            return i;
        if (!equation && equation.error().code != ErrorCode::EZKL_PROOF_INVALID)
            return equation.error(); // in the proof's bytes, whatever the digest
    }
    return ErrorCode::EZKL_PROOF_INVALID;
}

Result<Equation> equation_of(const Circuit& circuit, const Proof& proof, const Srs& srs) noexcept {
    if (const auto good = check_instance_count(proof, circuit.instances, circuit.usable_rows());
        !good)
        return good.error();
    return equation_under(circuit, circuit.digests.front(), proof, srs);
}

Result<Verified> verify(KnownKey key, Proof proof) noexcept {
    Error failure{ErrorCode::EZKL_MALFORMED}; // of a key without circuits
    for (std::size_t i = 0; i < key->circuits.size(); ++i) {
        const auto digest = verify(key->circuits[i], proof, key->srs);
        if (digest)
            return Verified{std::move(proof), with_first(std::move(key), i, *digest)};
        if (i == 0)
            failure = digest.error();
    }
    return failure;
}

Result<Verified> verify_files(BytesView key, std::string_view settings_text,
                              std::string_view proof_text, BytesView srs_file, SourceBuild source,
                              KnownKey known) noexcept {
    if (known) {
        auto proof = Proof::parse(proof_text);
        return proof ? verify(std::move(known), *std::move(proof)) : proof.error();
    }
    const auto settings = Settings::parse(settings_text);
    if (!settings)
        return settings.error();
    auto proof = Proof::parse(proof_text);
    if (!proof)
        return proof.error();
    const auto flags = settings->flags();
    if (!flags)
        return flags.error();
    if (flags->size() > 1 && source == SourceBuild::refused)
        return Error{ErrorCode::EZKL_VERSION_UNSUPPORTED, "settings.version"};
    if (const auto good = settings->check_limits(); !good)
        return good.error();
    if (const auto good =
            check_instance_count(*proof, settings->instance_count(), settings->usable_rows());
        !good)
        return good.error();
    auto circuits = compile(key, *settings);
    if (!circuits)
        return circuits.error();
    auto srs = Srs::read(srs_file);
    if (!srs)
        return srs.error();
    return verify(std::make_shared<const ReadKey>(ReadKey{*std::move(circuits), *std::move(srs)}),
                  *std::move(proof));
}

} // namespace assay::zk::ezkl
