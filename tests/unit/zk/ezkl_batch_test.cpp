// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Batches of EZKL proofs: what holds one by one holds together, whichever threads the provers had.
#include "core/api/operations.hpp"
#include "core/zk/ezkl/descriptor.hpp"

#include "tests/unit/zk/ezkl_sample.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <vector>

namespace ezkl = assay::zk::ezkl;
using assay::Bytes;
using assay::BytesView;
using assay::test::ezkl_proof_file;
using assay::test::ezkl_sample;
using assay::test::EZKL_SECRET;
using assay::test::ezkl_srs_file;

namespace {

/// "OK" or the code and the path of a batch under its own pin.
std::string batch(const ezkl::Circuit& circuit, const std::vector<BytesView>& proofs) {
    const Bytes descriptor = ezkl::write_descriptor({{}, {}, circuit});
    const Bytes srs = ezkl_srs_file();
    const Bytes pins = assay::test::ezkl_pins({descriptor, srs});
    Bytes items;
    for (const BytesView proof : proofs) {
        for (unsigned shift = 0; shift < 32; shift += 8)
            items.push_back(static_cast<std::uint8_t>(proof.size() >> shift));
        items.insert(items.end(), proof.begin(), proof.end());
    }
    const Bytes entropy(32, 7);
    const std::array<BytesView, 5> fields = {descriptor, srs, pins, entropy, items};
    const std::string verdict =
        assay::api::find_zk_operation("verify_ezkl_descriptor_batch")->run(fields);
    if (verdict.starts_with(R"({"ok":true,)"))
        return "OK";
    const auto member = [&](const std::string& name) {
        const std::size_t at = verdict.find("\"" + name + "\":\"") + name.size() + 4;
        return verdict.substr(at, verdict.find('"', at) - at);
    };
    return member("code") + ' ' + member("path");
}

} // namespace

TEST_CASE("An EZKL batch holds proofs of provers with different thread counts", "[zk][ezkl]") {
    const auto one = ezkl_sample();
    REQUIRE(one.circuit.digests.size() > 1);
    const std::size_t last = one.circuit.digests.size() - 1;
    const Bytes first = ezkl_proof_file(one.proof);
    const Bytes second = ezkl_proof_file(ezkl_sample(EZKL_SECRET, last).proof);
    CHECK(batch(one.circuit, {first, first}) == "OK");
    CHECK(batch(one.circuit, {second, second}) == "OK");
    CHECK(batch(one.circuit, {first, second}) == "OK");
    CHECK(batch(one.circuit, {second, first, second}) == "OK");

    const Bytes wrong = ezkl_proof_file(ezkl_sample(assay::zk::Number{77, 3, 5, 9}).proof);
    CHECK(batch(one.circuit, {first, second, wrong, first}) == "EZKL_PROOF_INVALID [2]");
    ezkl::Circuit settled = one.circuit;
    settled.digests.resize(1);
    CHECK(batch(settled, {first, second}) == "EZKL_PROOF_INVALID [1]");
}

TEST_CASE("The first EZKL proof of a batch that does not hold is named", "[zk][ezkl][negative]") {
    const auto sample = ezkl_sample();
    ezkl::Circuit circuit = sample.circuit;
    circuit.digests.resize(1);
    const Bytes good = ezkl_proof_file(sample.proof);
    const Bytes wrong = ezkl_proof_file(ezkl_sample(assay::zk::Number{77, 3, 5, 9}).proof);
    constexpr std::size_t COUNT = 5;
    for (std::size_t at = 0; at < COUNT; ++at) {
        std::vector<BytesView> proofs(COUNT, good);
        proofs[at] = wrong;
        CHECK(batch(circuit, proofs) == "EZKL_PROOF_INVALID [" + std::to_string(at) + ']');
        proofs[COUNT - 1] = wrong;
        CHECK(batch(circuit, proofs) == "EZKL_PROOF_INVALID [" + std::to_string(at) + ']');
    }
    const std::vector<BytesView> torn = {good, wrong, assay::as_bytes("{")};
    CHECK(batch(circuit, torn) == "EZKL_PROOF_INVALID [1]");
    CHECK(batch(circuit, {good, assay::as_bytes("{"), wrong}) == "EZKL_MALFORMED [1]");
}
