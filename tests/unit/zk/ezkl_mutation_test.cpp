// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Everything in a proof that holds, changed.
#include "tests/unit/zk/ezkl_sample.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <vector>

namespace ezkl = assay::zk::ezkl;
namespace zk = assay::zk;
using assay::ErrorCode;
using assay::test::ezkl_ceremony;
using assay::test::ezkl_point;
using assay::test::ezkl_sample;
using assay::test::EZKL_SECRET;
using assay::test::EzklSample;
using zk::Number;

namespace {

constexpr std::size_t WORD = 32;

ErrorCode code_of(const EzklSample& given) {
    const auto digest = ezkl::verify(given.circuit, given.proof, given.srs);
    return digest ? ErrorCode{} : digest.error().code;
}

template <class Change>
ErrorCode changed(const EzklSample& given, const Change& change) {
    EzklSample copy = given;
    change(copy);
    return code_of(copy);
}

constexpr auto INVALID = ErrorCode::EZKL_PROOF_INVALID;

} // namespace

TEST_CASE("No word of an EZKL proof can be another", "[zk][ezkl][negative]") {
    const EzklSample good = ezkl_sample();
    REQUIRE(code_of(good) == ErrorCode{});
    const std::size_t end_of_scalars = good.proof.bytes.size() - 4 * WORD;
    for (std::size_t at = 0; at < good.proof.bytes.size(); at += WORD) {
        const bool is_scalar = at >= good.first_scalar && at < end_of_scalars;
        const auto with_bit = [&](std::size_t byte, unsigned bit) {
            return changed(good, [&](EzklSample& s) {
                s.proof.bytes[at + byte] ^= static_cast<std::uint8_t>(bit);
            });
        };
        CAPTURE(at);
        // The neighbour of a coordinate is off the curve; 2^255 is above both primes.
        REQUIRE(with_bit(WORD - 1, 1) == (is_scalar ? INVALID : ErrorCode::ZK_POINT_INVALID));
        REQUIRE(with_bit(0, 0x80) ==
                (is_scalar ? ErrorCode::ZK_SCALAR_OUT_OF_RANGE : ErrorCode::ZK_POINT_INVALID));
        REQUIRE(changed(good, [&](EzklSample& s) { s.proof.bytes.resize(at); }) == INVALID);
    }
}

TEST_CASE("No point of an EZKL proof can be another point", "[zk][ezkl][negative]") {
    const EzklSample good = ezkl_sample();
    const std::size_t end = good.proof.bytes.size();
    std::vector<std::size_t> points;
    for (std::size_t at = 0; at < good.first_scalar; at += 2 * WORD)
        points.push_back(at);
    points.insert(points.end(), {end - 4 * WORD, end - 2 * WORD});
    for (std::size_t i = 0; i < points.size(); ++i) {
        CAPTURE(i);
        const auto own = [&](EzklSample& s) {
            return s.proof.bytes.begin() + static_cast<std::ptrdiff_t>(points[i]);
        };
        REQUIRE(changed(good, [&](EzklSample& s) {
                    const zk::G1Bytes other = zk::to_bytes(ezkl_point(999999));
                    std::copy(other.begin(), other.end(), own(s));
                }) == INVALID);
        REQUIRE(changed(good, [&](EzklSample& s) { std::fill_n(own(s), 2 * WORD, 0); }) ==
                ErrorCode::ZK_POINT_INVALID);
        const std::size_t other = points[(i + 1) % points.size()];
        REQUIRE(changed(good, [&](EzklSample& s) {
                    std::swap_ranges(own(s), own(s) + 2 * WORD,
                                     s.proof.bytes.begin() + static_cast<std::ptrdiff_t>(other));
                }) == INVALID);
    }
}

TEST_CASE("An EZKL proof is bound to its public values, key and ceremony", "[zk][ezkl][negative]") {
    const EzklSample good = ezkl_sample();
    for (std::size_t i = 0; i < good.proof.instances.size(); ++i) {
        REQUIRE(changed(good, [&](EzklSample& s) { s.proof.instances[i][0] += 1; }) == INVALID);
        REQUIRE(changed(good, [&](EzklSample& s) {
                    std::swap(s.proof.instances[i],
                              s.proof.instances[(i + 1) % s.proof.instances.size()]);
                }) == INVALID);
    }
    const auto counted = ErrorCode::EZKL_INSTANCE_COUNT;
    REQUIRE(changed(good, [](EzklSample& s) { s.proof.instances.pop_back(); }) == counted);
    REQUIRE(changed(good, [](EzklSample& s) { s.proof.instances.push_back(Number{}); }) == counted);
    REQUIRE(changed(good, [](EzklSample& s) { s.proof.columns = 2; }) == counted);
    REQUIRE(changed(good, [](EzklSample& s) { s.proof.bytes.push_back(0); }) ==
            ErrorCode::ZK_TRAILING_BYTES);
    for (std::size_t i = 0; i < good.circuit.fixed.size(); ++i)
        REQUIRE(changed(good, [&](EzklSample& s) { s.circuit.fixed[i] = ezkl_point(5); }) ==
                INVALID);
    for (std::size_t i = 0; i < good.circuit.sigma.size(); ++i)
        REQUIRE(changed(good, [&](EzklSample& s) { s.circuit.sigma[i] = ezkl_point(5); }) ==
                INVALID);
    REQUIRE(changed(good, [](EzklSample& s) { s.circuit.digests = {zk::fr_from(5)}; }) == INVALID);
    REQUIRE(changed(good, [](EzklSample& s) { s.circuit.gates.pop_back(); }) == INVALID);
    REQUIRE(changed(good, [](EzklSample& s) { s.srs = ezkl_ceremony(Number{2}); }) == INVALID);
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
