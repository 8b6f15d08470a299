// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Bundles with quotes and reports, and the links that only they have. The rest is tested from
// outside, natively and in wasm: tests/vectors/bundles.test.mjs.
#include "core/api/verify_evidence.hpp"
#include "core/attestation/snp_report.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/hash/keccak256.hpp"
#include "core/hash/sha2.hpp"

#include "tests/unit/api/samples.hpp"
#include "tests/unit/support/nitro_builder.hpp"
#include "tests/unit/support/quote_builder.hpp"
#include "tests/unit/support/report_builder.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

using namespace assay;
using test::ReadVerdict;
using test::SampleReceipt;

namespace {

constexpr std::size_t TD_REPORT_DATA = 520;
constexpr std::size_t SNP_REPORT_DATA = 0x50;
constexpr std::size_t MR_BYTES = 48;

ReadVerdict verify(const std::string& bundle, const std::string& policy) {
    const std::string options =
        R"({"now":)" + std::to_string(test::NOW) + R"(,"policy":)" + policy + "}";
    return ReadVerdict{api::verify_evidence(as_bytes(bundle), as_bytes(options), {}, {})};
}

/// The member of a policy for evidence of a kind that has no time.
constexpr const char* TIMES_ASSUMED = R"(,"links":["times"])";

std::string code(const std::string& bundle, const std::string& policy) {
    return verify(bundle, policy).code();
}

/// `"attestation":{…}` of a quote whose report data begins with @p bound.
std::string quote_part(BytesView bound, const Bytes& key) {
    test::QuoteSpec spec = test::quote_spec();
    std::copy(bound.begin(), bound.end(), spec.body.begin() + TD_REPORT_DATA);
    return R"("attestation":{"kind":"tdx","quote":")" + bytes::to_base64(test::make_quote(spec)) +
           R"(","collateral":)" + test::make_collateral(test::collateral_spec()) +
           (key.empty() ? "" : R"(,"key":")" + bytes::to_base64(key) + "\"") + "}";
}

std::string td_measurement() {
    std::string out = R"({"mrtd":")" + bytes::to_hex(Bytes(MR_BYTES, 0xaa)) + '"';
    for (std::uint8_t i = 0; i < 3; ++i) {
        out += R"(,"rtmr)" + std::to_string(i) + R"(":")" +
               bytes::to_hex(Bytes(MR_BYTES, static_cast<std::uint8_t>(0xb0 + i))) + '"';
    }
    return out + "}";
}

/// What policies call the image of td_measurement().
std::string td_hash() {
    hash::Keccak256 hash;
    hash.update(Bytes(MR_BYTES, 0xaa));
    for (std::uint8_t i = 0; i < 3; ++i) {
        hash.update(Bytes(MR_BYTES, static_cast<std::uint8_t>(0xb0 + i)));
    }
    return bytes::to_hex_0x(hash.finish());
}

std::string policy(const std::string& measurement, const std::string& more = "") {
    return R"({"measurements":[)" + measurement + R"(],"root":{"name":"demo root","der":")" +
           bytes::to_base64(test::quote_root()) + R"("},"profiles":{")" + td_hash() +
           R"(":{"chat":"gw-stripped"}},"receipt":{"max_age_s":null,"future_s":null})" + more + "}";
}

std::string statement(const SampleReceipt& receipt) {
    bytes::JsonWriter out;
    out.object();
    out.key("assay").number(1);
    out.key("request").object().key("text").string(receipt.request).end();
    out.key("response").object().key("text").string(receipt.response).end();
    out.end();
    std::string text = out.take();
    text.pop_back();
    return text + ",";
}

/// Report data with @p first and @p second in its halves.
Bytes halves(BytesView first, BytesView second) {
    Bytes out(2 * sizeof(Hash32));
    std::copy(first.begin(), first.end(), out.begin());
    std::copy(second.begin(), second.end(), out.begin() + sizeof(Hash32));
    return out;
}

/// The member of a policy that pins it.
std::string pin(const Bytes& report_data) {
    return R"(,"report_data":")" + bytes::to_hex(report_data) + '"';
}

} // namespace

TEST_CASE("a quote binds the key that its report data is a hash of", "[api][evidence][tdx]") {
    const auto receipt = SampleReceipt::read("receipt.json");
    const Bytes nonce(sizeof(Hash32), 0x4e);
    const Hash32 digest = hash::sha256(receipt.key);
    for (const Bytes& bound : {halves(digest, nonce), halves(hash::keccak256(receipt.key), nonce),
                               halves(nonce, digest)}) {
        const auto verdict = verify(statement(receipt) + quote_part(bound, receipt.key) + "}",
                                    policy(td_measurement(), pin(bound) + TIMES_ASSUMED));
        REQUIRE(verdict.code() == "OK");
        CHECK((*verdict).find("trust")->string() == "attested");
        CHECK(verdict.status("key") == "passed");
        CHECK(verdict.status("times") == "assumed");
        const auto& attestation = *(*verdict).find("value")->find("attestation");
        CHECK(attestation.find("kind")->string() == "tdx");
        CHECK(attestation.find("measurementHash")->string() == td_hash());
    }
    const auto forged = SampleReceipt::read("receipt_reply_changed.json");
    const Bytes bound = halves(digest, nonce);
    // A quote has no time.
    const auto untimed = verify(statement(receipt) + quote_part(bound, receipt.key) + "}",
                                policy(td_measurement(), pin(bound)));
    CHECK(untimed.code() == "EVIDENCE_LINK_MISMATCH");
    CHECK(untimed.status("times") == "failed");
    CHECK(code(statement(forged) + quote_part(bound, receipt.key) + "}",
               policy(td_measurement(), pin(bound))) == "RECEIPT_OUTPUT_HASH_MISMATCH");
}

TEST_CASE("a key that no report data names is a missing link", "[api][evidence][tdx][negative]") {
    const auto receipt = SampleReceipt::read("receipt.json");
    const std::string bundle = statement(receipt) + quote_part({}, receipt.key) + "}";
    CHECK(code(bundle, policy(td_measurement())) == "EVIDENCE_LINK_MISMATCH");
    CHECK(code(bundle, policy(td_measurement(), R"(,"links":["times"])")) ==
          "EVIDENCE_LINK_MISMATCH");
    CHECK(code(bundle, policy(td_measurement(), R"(,"links":["key","times"])")) ==
          "TRUST_INSUFFICIENT");
    const auto assumed = verify(
        bundle, policy(td_measurement(), R"(,"links":["key","times"],"accept":["unproven"])"));
    REQUIRE(assumed.code() == "OK");
    CHECK((*assumed).find("trust")->string() == "unproven");
    CHECK(assumed.status("key") == "assumed");
    // The attestation alone says nothing about a key, unless it comes with one.
    CHECK(code(R"({"assay":1,)" + quote_part({}, {}) + "}", policy(td_measurement())) == "OK");
    CHECK(code(R"({"assay":1,)" + quote_part({}, receipt.key) + "}", policy(td_measurement())) ==
          "EVIDENCE_LINK_MISMATCH");
}

TEST_CASE("report data that the policy does not pin binds no key",
          "[api][evidence][tdx][negative]") {
    // Who asks a genuine enclave for a quote chooses its nonce: here a hash of his own key.
    const auto attacker = SampleReceipt::read("receipt.json");
    const Bytes enclave_key(sizeof(Hash32), 0x11);
    const Bytes bound = halves(enclave_key, hash::sha256(attacker.key));
    const std::string bundle = statement(attacker) + quote_part(bound, attacker.key) + "}";
    CHECK(code(bundle, policy(td_measurement())) == "EVIDENCE_LINK_MISMATCH");
    CHECK(code(bundle, policy(td_measurement(), pin(halves(enclave_key, Hash32{})))) ==
          "TDX_REPORT_DATA_MISMATCH");
}

TEST_CASE("a policy of other kinds does not match a quote", "[api][evidence][tdx][negative]") {
    const std::string bundle = R"({"assay":1,)" + quote_part({}, {}) + "}";
    const std::string other = '"' + bytes::to_hex(Bytes(MR_BYTES, 0)) + '"';
    CHECK(code(bundle, policy(other)) == "TDX_MEASUREMENT_MISMATCH");
    CHECK(code(bundle, policy(other + "," + td_measurement())) == "OK");
    CHECK(code(bundle, policy("")) == "TDX_POLICY_EMPTY");
    CHECK(code(bundle, policy(R"({"from":1})")) == "TDX_POLICY_EMPTY");
    CHECK(code(bundle, policy(td_measurement() + R"(,{"mrtd":"00"})")) == "TDX_POLICY_EMPTY");
    CHECK(code(bundle, policy(td_measurement(), R"(,"max_vmpl":1)")) == "POLICY_INVALID");
    CHECK(code(bundle, policy(td_measurement(), R"(,"nonce":"00")")) == "POLICY_INVALID");
    CHECK(code(bundle, policy(td_measurement(), R"(,"report_data":"00")")) ==
          "TDX_REPORT_DATA_MISMATCH");
    // A forged quote is a forged quote, whatever the policy lists.
    CHECK(code(bundle, R"({"measurements":[)" + other + "]}") == "TDX_CHAIN_UNTRUSTED");
    // Collateral is evidence; without it the family says so.
    std::string bare = R"({"assay":1,"attestation":{"kind":"tdx","quote":")" +
                       bytes::to_base64(test::make_quote(test::quote_spec())) + "\"}}";
    CHECK(code(bare, policy(td_measurement())) == "TDX_COLLATERAL_MISSING");
}

TEST_CASE("a report binds the key that its report data is a hash of", "[api][evidence][snp]") {
    const auto receipt = SampleReceipt::read("receipt.json");
    test::ReportSpec spec = test::report_spec();
    const auto bundle = [&](const Hash32& bound) {
        std::copy(bound.begin(), bound.end(), spec.report.begin() + SNP_REPORT_DATA);
        const test::Evidence evidence = test::make_evidence(spec);
        bytes::JsonWriter out;
        out.object();
        out.key("assay").number(1);
        out.key("attestation").object();
        out.key("kind").string("snp");
        out.key("report").string(bytes::to_base64(evidence.report));
        out.key("certificates").object();
        out.key("vek").string(bytes::to_base64(evidence.vek));
        out.key("chain").string(evidence.chain);
        out.end();
        out.key("key").string(bytes::to_base64(receipt.key));
        out.end();
        out.end();
        return out.take();
    };
    const auto measurement = attestation::snp_field::MEASUREMENT.in(spec.report);
    const std::string open = R"({"measurements":[")" + bytes::to_hex(measurement) +
                             R"("],"ark_sha256":{"Milan":")" +
                             bytes::to_hex(*test::demo_roots().ark_sha256[0]) + "\"}";
    const Hash32 digest = hash::sha256(receipt.key);
    const auto rules = [&](const Hash32& bound) {
        const BytesView second =
            attestation::snp_field::REPORT_DATA.in(spec.report).subspan(sizeof(Hash32));
        return open + pin(halves(bound, second)) + "}";
    };
    const auto verdict = verify(bundle(digest), rules(digest));
    REQUIRE(verdict.code() == "OK");
    CHECK(verdict.status("key") == "passed");
    const auto& attestation = *(*verdict).find("value")->find("attestation");
    CHECK(attestation.find("measurementHash")->string() ==
          bytes::to_hex_0x(hash::keccak256(measurement)));
    CHECK(code(bundle(digest), open + "}") == "EVIDENCE_LINK_MISMATCH");
    CHECK(code(bundle(Hash32{}), rules(Hash32{})) == "EVIDENCE_LINK_MISMATCH");
    CHECK(code(bundle(Hash32{}), R"({"measurements":[]})") == "SNP_POLICY_EMPTY");
    CHECK(code(bundle(Hash32{}), policy(td_measurement())) == "SNP_CHAIN_UNTRUSTED");
}

TEST_CASE("a policy demands nothing of an attestation without saying which may speak",
          "[api][evidence][negative]") {
    const auto receipt = SampleReceipt::read("receipt.json");
    const std::string part = statement(receipt);
    const std::string alone = part.substr(0, part.size() - 1) + "}";
    const auto keyed = [&](const std::string& more) {
        return R"({"signing_key":{"spki":")" + bytes::to_base64(receipt.key) +
               R"(","profile":"gw-stripped"},"receipt":{"max_age_s":null,"future_s":null},)"
               R"("accept":["unproven"])" +
               more + "}";
    };
    REQUIRE(code(alone, keyed("")) == "OK");
    for (const char* more :
         {R"(,"nonce":{"x":1})", R"(,"max_age_s":"soon")", R"(,"max_age_s":300)",
          R"(,"report_data":7)", R"(,"measurements":[])", R"(,"measurements":{})",
          R"(,"measurements":null)", R"(,"measurements":[5,{},{"from":1}],"nonce":7)",
          R"(,"measurements":[{"from":1}])", R"(,"measurements":[],"allow_debug":false)"}) {
        INFO(more);
        const auto verdict = verify(alone, keyed(more));
        CHECK(verdict.code() == "POLICY_INVALID");
        CHECK((*verdict).find("path")->string() == "policy.measurements");
    }
    // With an attestation the fault has its family's name.
    CHECK(code(R"({"assay":1,)" + quote_part({}, {}) + "}", R"({"report_data":7})") ==
          "TDX_POLICY_EMPTY");
}

TEST_CASE("demands that nothing in the bundle could meet have a row", "[api][evidence]") {
    const auto receipt = SampleReceipt::read("receipt.json");
    const std::string part = statement(receipt);
    const auto verdict =
        verify(part.substr(0, part.size() - 1) + "}",
               policy(td_measurement(), pin(Bytes(2 * sizeof(Hash32))) + R"(,"allow_debug":false)" +
                                            R"(,"accept":["unproven"],"signing_key":{"spki":")" +
                                            bytes::to_base64(receipt.key) +
                                            R"(","profile":"gw-stripped"})"));
    REQUIRE(verdict.code() == "OK");
    CHECK(verdict.status("attestation") == "not-covered");
    const auto rows = (*verdict).find("checks")->items();
    const auto row = std::find_if(rows.begin(), rows.end(), [](const bytes::JsonValue& each) {
        return each.find("name")->string() == "attestation";
    });
    CHECK(row->find("detail")->string() ==
          "none; not applied: measurements report_data allow_debug");
}
