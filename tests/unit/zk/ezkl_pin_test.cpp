// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What is kept of a pinned key answers for that key alone: after a proof has held, every other file
// under the same pin is refused, and a verdict is the one of a thread that has kept nothing.
#include "core/api/operations.hpp"
#include "core/zk/ezkl/descriptor.hpp"

#include "tests/unit/zk/ezkl_sample.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <thread>
#include <vector>

namespace ezkl = assay::zk::ezkl;
namespace zk = assay::zk;
using assay::Bytes;
using assay::BytesView;
using assay::test::ezkl_pins;
using assay::test::ezkl_proof_file;
using assay::test::ezkl_sample;
using assay::test::EZKL_SECRET;
using assay::test::ezkl_srs_file;
using assay::test::EzklSample;
using zk::Number;

namespace {

using Files = std::vector<Bytes>;

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
    const Bytes srs = ezkl_srs_file(EZKL_SECRET);
    const Bytes other_srs = ezkl_srs_file(secret);
    const Bytes proof = ezkl_proof_file(one.proof);
    const Bytes other_proof = ezkl_proof_file(two.proof);
    const Bytes pin = ezkl_pins({key, srs});
    const Files good = {key, proof, srs, pin};

    for (int round = 0; round < 2; ++round) {
        CAPTURE(round);
        REQUIRE(holds(good));
        CHECK(refused({other_key, proof, srs, pin}, "EZKL_VK_MISMATCH"));
        CHECK(refused({key, proof, other_srs, pin}, "EZKL_VK_MISMATCH"));
        CHECK(refused({key, other_proof, other_srs, pin}, "EZKL_VK_MISMATCH"));
        CHECK(refused({key, proof, {}, pin}, "POLICY_INVALID"));
        CHECK(refused({key, proof, srs, ezkl_pins({srs, key})}, "EZKL_VK_MISMATCH"));
        CHECK(refused({key, proof, srs, ezkl_pins({key})}, "POLICY_INVALID"));
        CHECK(refused({key, proof, srs, {}}, "POLICY_INVALID"));
        CHECK(refused({key, other_proof, srs, pin}, "EZKL_PROOF_INVALID"));
        CHECK(refused({other_key, proof, srs, ezkl_pins({other_key, srs})}, "EZKL_PROOF_INVALID"));
        CHECK(holds({key, other_proof, other_srs, ezkl_pins({key, other_srs})}));
    }
    CHECK(holds(good));
}
