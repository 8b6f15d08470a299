// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What is kept of a pinned key answers for that key alone: after a proof has held, every other file
// under the same pin is refused, and a verdict is the one of a thread that has kept nothing.
#include "core/api/operations.hpp"
#include "core/bytes/hex.hpp"
#include "core/hash/sha2.hpp"
#include "core/zk/ezkl/descriptor.hpp"

#include "tests/unit/zk/ezkl_sample.hpp"

#include <catch2/catch_test_macros.hpp>

#include <initializer_list>
#include <string>
#include <thread>
#include <vector>

namespace ezkl = assay::zk::ezkl;
namespace zk = assay::zk;
using assay::Bytes;
using assay::BytesView;
using assay::test::ezkl_sample;
using assay::test::EZKL_SECRET;
using assay::test::EzklSample;
using zk::Number;

namespace {

constexpr std::size_t WORD = 32;
using Files = std::vector<Bytes>;

void put_text(Bytes& out, std::string_view text) {
    const BytesView bytes = assay::as_bytes(text);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

Bytes proof_file(const ezkl::Proof& proof) {
    Bytes out;
    put_text(out, R"({"transcript_type":"EVM","proof":")" + assay::bytes::to_hex_0x(proof.bytes) +
                      R"(","instances":[[)");
    for (const Number& each : proof.instances) {
        Bytes word(WORD);
        assay::math::write_big_endian(each, word);
        put_text(out, (&each == proof.instances.data() ? "\"" : ",\"") +
                          assay::bytes::to_hex_0x(word) + "\"");
    }
    put_text(out, "]]}");
    return out;
}

/// halo2's form: k, then coordinates times 2^256 in little-endian words.
Bytes srs_file(const Number& secret) {
    Bytes out(4);
    const auto put = [&](zk::Fp coordinate) {
        for (int bit = 0; bit < 256; ++bit)
            coordinate = zk::Fp{assay::math::shrink(coordinate + coordinate)};
        Bytes word(WORD);
        assay::math::write_big_endian(zk::FpLimbs::to_words(coordinate.limbs), word);
        out.insert(out.end(), word.rbegin(), word.rend());
    };
    for (int i = 0; i < 2; ++i) {
        put(zk::g1_generator().x);
        put(zk::g1_generator().y);
    }
    const zk::G2 second = zk::to_affine(zk::multiply(zk::g2_generator(), secret));
    for (const zk::G2& point : {zk::g2_generator(), second}) {
        put(point.x.c0);
        put(point.x.c1);
        put(point.y.c0);
        put(point.y.c1);
    }
    return out;
}

Bytes pins(std::initializer_list<BytesView> files) {
    Bytes out;
    for (const BytesView file : files) {
        const assay::Hash32 digest = assay::hash::sha256(file);
        out.insert(out.end(), digest.begin(), digest.end());
    }
    return out;
}

std::string ask(const Files& fields) {
    const std::vector<BytesView> views{fields.begin(), fields.end()};
    return assay::api::find_zk_operation("verify_ezkl_descriptor")->run(views);
}

/// The verdict, which a thread that has kept nothing gives as well.
std::string verdict_of(const Files& fields) {
    const std::string warm = ask(fields);
    std::string cold;
    std::thread{[&] { cold = ask(fields); }}.join();
    CHECK(warm == cold);
    return warm;
}

bool holds(const Files& fields) {
    return verdict_of(fields).starts_with(R"({"ok":true,)");
}

bool refused(const Files& fields, std::string_view code) {
    return verdict_of(fields).find(std::string{"\"code\":\""}.append(code).append("\"")) !=
           std::string::npos;
}

} // namespace

TEST_CASE("A kept EZKL key answers for its own files alone", "[zk][ezkl][negative]") {
    const EzklSample one = ezkl_sample();
    const Number secret{77, 3, 5, 9};
    const EzklSample two = ezkl_sample(secret);
    const Bytes key = ezkl::write_descriptor({{}, {}, one.circuit});
    ezkl::Circuit changed = one.circuit;
    changed.sigma.front() = assay::test::ezkl_point(5);
    const Bytes other_key = ezkl::write_descriptor({{}, {}, changed});
    const Bytes srs = srs_file(EZKL_SECRET);
    const Bytes other_srs = srs_file(secret);
    const Bytes proof = proof_file(one.proof);
    const Bytes other_proof = proof_file(two.proof);
    const Bytes pin = pins({key, srs});
    const Files good = {key, proof, srs, pin};

    for (int round = 0; round < 2; ++round) {
        CAPTURE(round);
        REQUIRE(holds(good));
        CHECK(refused({other_key, proof, srs, pin}, "EZKL_VK_MISMATCH"));
        CHECK(refused({key, proof, other_srs, pin}, "EZKL_VK_MISMATCH"));
        CHECK(refused({key, other_proof, other_srs, pin}, "EZKL_VK_MISMATCH"));
        CHECK(refused({key, proof, {}, pin}, "POLICY_INVALID"));
        CHECK(refused({key, proof, srs, pins({srs, key})}, "EZKL_VK_MISMATCH"));
        CHECK(refused({key, proof, srs, pins({key})}, "POLICY_INVALID"));
        CHECK(refused({key, proof, srs, {}}, "POLICY_INVALID"));
        CHECK(refused({key, other_proof, srs, pin}, "EZKL_PROOF_INVALID"));
        CHECK(refused({other_key, proof, srs, pins({other_key, srs})}, "EZKL_PROOF_INVALID"));
        CHECK(holds({key, other_proof, other_srs, pins({key, other_srs})}));
    }
    CHECK(holds(good));
}
