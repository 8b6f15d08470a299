// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/limits.hpp"
#include "core/evidence/bundle.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace assay;
using evidence::Attestation;
using evidence::Bundle;

namespace {

/// The code, or "OK".
std::string code_of(std::string_view text) {
    const auto bundle = Bundle::parse(as_bytes(text));
    return bundle ? "OK" : std::string{info(bundle.error().code).name};
}

/// `{"assay":1,` and the rest.
std::string of_version_1(std::string_view members) {
    return R"({"assay":1,)" + std::string{members} + "}";
}

constexpr std::string_view MALFORMED = "EVIDENCE_MALFORMED";
constexpr std::string_view SETTLEMENT = R"("settlement":{"kind":"batch"})";

/// In a macro, so that literals join.
#define DIGEST "0xc000000000000000000000000000000000000000000000000000000000000000"

std::string cbor_text(std::string_view text) {
    REQUIRE(text.size() < 24);
    return static_cast<char>(0x60 + text.size()) + std::string{text};
}

std::string cbor_bytes(std::string_view bytes) {
    REQUIRE(bytes.size() < 24);
    return static_cast<char>(0x40 + bytes.size()) + std::string{bytes};
}

/// A map head of up to 23 pairs.
std::string cbor_map(unsigned pairs) {
    return std::string(1, static_cast<char>(0xa0 + pairs));
}

} // namespace

TEST_CASE("a bundle hands over its parts", "[evidence]") {
    const std::string text =
        of_version_1(R"("request":{"text":"{\"a\":\"\u00e9\"}"},"response":{"text":"data: x\n"},)"
                     R"("attestation":{"kind":"nitro","document":"AAEC","key":"/w=="},)"
                     R"("settlement":{"kind":"batch","root":"0x00","leaf":{},"proof":[]})");
    const auto bundle = Bundle::parse(as_bytes(text));
    REQUIRE(bundle);
    CHECK(bundle->request == "{\"a\":\"\u00e9\"}");
    CHECK(bundle->response == "data: x\n");
    REQUIRE(bundle->attestation);
    CHECK(bundle->attestation->kind == Attestation::Kind::nitro);
    CHECK(bundle->attestation->evidence == Bytes{0, 1, 2});
    CHECK(bundle->attestation->key == Bytes{0xff});
    CHECK(bundle->settlement == R"({"kind":"batch","root":"0x00","leaf":{},"proof":[]})");
    CHECK_FALSE(bundle->zk);
}

TEST_CASE("quotes and reports bring what vouches for them", "[evidence]") {
    const std::string quote = of_version_1(
        R"("attestation":{"kind":"tdx","quote":"AA==","collateral":{"tcb_info":"x"}})");
    const auto tdx = Bundle::parse(as_bytes(quote));
    REQUIRE(tdx);
    CHECK(tdx->attestation->kind == Attestation::Kind::tdx);
    CHECK(tdx->attestation->collateral == R"({"tcb_info":"x"})");
    CHECK_FALSE(tdx->attestation->key);

    const std::string report = of_version_1(
        R"("attestation":{"kind":"snp","report":"AA==","certificates":{"vek":"AQ==","chain":"pem","crls":"Ag=="}})");
    const auto snp = Bundle::parse(as_bytes(report));
    REQUIRE(snp);
    CHECK(snp->attestation->kind == Attestation::Kind::snp);
    CHECK(snp->attestation->endorsement_key == Bytes{1});
    CHECK(snp->attestation->chain == "pem");
    CHECK(snp->attestation->revocations == Bytes{2});
    // No revocation list is a member left out; an empty one is none that could be read.
    const std::string empty = of_version_1(
        R"("attestation":{"kind":"snp","report":"AA==","certificates":{"vek":"AQ==","chain":"pem","crls":""}})");
    const auto refused = Bundle::parse(as_bytes(empty));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::EVIDENCE_MALFORMED);
}

TEST_CASE("a proof is taken apart, its files as they were", "[evidence]") {
    const std::string text =
        of_version_1(R"("zk":{"system":"fflonk","proof":{"a": 1},"publicSignals":"[\"2\"]",)"
                     R"("keyDigest":")" DIGEST R"(","key":"AQ=="})");
    const auto bundle = Bundle::parse(as_bytes(text));
    REQUIRE(bundle);
    REQUIRE(bundle->zk);
    CHECK(evidence::name(bundle->zk->system) == "fflonk");
    CHECK(bundle->zk->proof == R"({"a": 1})");
    CHECK(bundle->zk->public_signals == R"(["2"])");
    CHECK(bundle->zk->key_digest[0] == 0xc0);
    CHECK(bundle->zk->key == Bytes{1});

    const auto ezkl = Bundle::parse(as_bytes(
        of_version_1(R"("zk":{"system":"ezkl","proof":"{}","keyDigest":")" DIGEST R"("})")));
    REQUIRE(ezkl);
    CHECK(ezkl->zk->proof == "{}");
    CHECK(ezkl->zk->key.empty());
}

TEST_CASE("parts that nobody can check here are reported, not skipped", "[evidence]") {
    const auto bundle = Bundle::parse(
        as_bytes(R"({"assay":1,"registry":{"query":{},"evidence":{}},"model":{},"claim":{}})"));
    REQUIRE(bundle);
    REQUIRE(bundle->registry);
    CHECK(bundle->registry->query == "{}");
    CHECK(bundle->unsupported.model);
    CHECK(bundle->unsupported.claim);
}

TEST_CASE("CBOR holds the same members, with byte strings", "[evidence][cbor]") {
    const std::string bundle =
        cbor_map(3) + cbor_text("assay") + "\x01" + cbor_text("attestation") + cbor_map(2) +
        cbor_text("kind") + cbor_text("nitro") + cbor_text("document") + cbor_bytes("\x01\x02") +
        cbor_text("settlement") + cbor_map(3) + cbor_text("kind") + cbor_text("batch") +
        cbor_text("proof") + "\x82" + cbor_text("0x01") + "\xf5" + cbor_text("leaf") + cbor_map(1) +
        cbor_text("timestamp") + "\x1a\x6a\xb0\x01\x01";
    const auto parsed = Bundle::parse(as_bytes(bundle));
    REQUIRE(parsed);
    CHECK(parsed->attestation->evidence == Bytes{1, 2});
    CHECK(parsed->settlement ==
          R"({"kind":"batch","proof":["0x01",true],"leaf":{"timestamp":1789919489}})");
}

TEST_CASE("CBOR that is not of the form is refused", "[evidence][cbor][negative]") {
    const std::string one = cbor_text("assay") + "\x01";
    const std::string attestation = cbor_text("attestation") + cbor_map(2) + cbor_text("kind") +
                                    cbor_text("nitro") + cbor_text("document");
    CHECK(code_of(cbor_map(2) + one + attestation + cbor_bytes("x")) == "OK");
    // bytes as text, text as bytes, a tag, a float, a repeated key, an unknown one, leftovers
    CHECK(code_of(cbor_map(2) + one + attestation + cbor_text("AAEC")) == MALFORMED);
    CHECK(code_of(cbor_map(2) + one + cbor_text("attestation") + cbor_map(2) + cbor_text("kind") +
                  cbor_bytes("nitro") + cbor_text("document") + cbor_bytes("x")) == MALFORMED);
    CHECK(code_of(cbor_map(2) + cbor_text("assay") + "\xc1\x01" + attestation + cbor_bytes("x")) ==
          MALFORMED);
    CHECK(code_of(cbor_map(2) + cbor_text("assay") + "\xf9\x3c" + std::string(1, '\0') +
                  attestation + cbor_bytes("x")) == MALFORMED);
    CHECK(code_of(cbor_map(3) + one + one + attestation + cbor_bytes("x")) == MALFORMED);
    CHECK(code_of(cbor_map(3) + one + cbor_text("policy") + cbor_map(0) + attestation +
                  cbor_bytes("x")) == MALFORMED);
    CHECK(code_of(cbor_map(3) + one + "\x01\x01" + attestation + cbor_bytes("x")) == MALFORMED);
    CHECK(code_of(cbor_map(2) + one + attestation + cbor_bytes("x") + "\xf6") == MALFORMED);
    // byte strings have no place in a settlement
    CHECK(code_of(cbor_map(2) + one + cbor_text("settlement") + cbor_map(1) + cbor_text("root") +
                  cbor_bytes("x")) == MALFORMED);
    CHECK(code_of(cbor_map(2) + one + cbor_text("settlement") + cbor_map(1) + cbor_text("leaf") +
                  cbor_map(1) + "\x01\x01") == MALFORMED);
    const std::string whole = cbor_map(2) + one + attestation + cbor_bytes("xyz");
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CHECK(code_of(whole.substr(0, length)) == MALFORMED);
    }
}

TEST_CASE("items of CBOR are counted before they are kept", "[evidence][cbor][negative]") {
    std::string hostile = cbor_map(2) + cbor_text("assay") + "\x01" + cbor_text("zk") + "\x9f";
    for (int i = 0; i < 17; ++i) {
        hostile += std::string{"\x99\x10\x00", 3} + std::string(4096, '\x01');
    }
    CHECK(code_of(hostile + "\xff") == "INPUT_LIMIT");
    CHECK(code_of(cbor_map(2) + cbor_text("assay") + "\x01" + cbor_text("zk") +
                  "\x9b\xff\xff\xff\xff\xff\xff\xff\xff") == "INPUT_LIMIT");
}

TEST_CASE("a bundle's version is judged before its members", "[evidence][negative]") {
    CHECK(code_of(R"({"assay":2,"new":1})") == "EVIDENCE_UNSUPPORTED");
    for (const char* version :
         {"0", "-1", "1.0", "1e0", "\"1\"", "null", "true", "[]", "18446744073709551616"}) {
        CHECK(code_of(R"({"settlement":{},"assay":)" + std::string{version} + "}") == MALFORMED);
    }
    CHECK(code_of("{" + std::string{SETTLEMENT} + "}") == MALFORMED);
}

TEST_CASE("a bundle carries no trust", "[evidence][negative]") {
    for (const char* member : {R"("policy":{})", R"("root":{})", R"("now":1)", R"("profile":"sdk")",
                               R"("request_is":"sent")", R"("":1)"}) {
        CHECK(code_of(of_version_1(std::string{SETTLEMENT} + "," + member)) == MALFORMED);
    }
    for (const char* member :
         {R"("root":"AA==")", R"("policy":{})", R"("quote":"AA==")", R"("":1)"}) {
        CHECK(code_of(of_version_1(R"("attestation":{"kind":"nitro","document":"AA==",)" +
                                   std::string{member} + "}")) == MALFORMED);
    }
}

TEST_CASE("parts of another form are refused", "[evidence][negative]") {
    for (const char* part :
         {R"("request":"{}")",
          R"("request":{})",
          R"("request":{"text":1})",
          R"("request":null)",
          R"("response":{"text":"","is":"json"})",
          R"("response":{"text":"\ud800"})",
          R"("attestation":{})",
          R"("attestation":[])",
          R"("attestation":{"kind":"sgx"})",
          R"("attestation":{"kind":"nitro"})",
          R"("attestation":{"kind":"nitro","document":"AA="})",
          R"("attestation":{"kind":"nitro","document":"AA==","key":null})",
          R"("attestation":{"kind":"tdx","quote":"AA==","collateral":{"extra":"x"}})",
          R"("attestation":{"kind":"tdx","quote":"AA==","collateral":"{}"})",
          R"("attestation":{"kind":"snp","report":"AA=="})",
          R"("attestation":{"kind":"snp","report":"AA==","certificates":{"vek":"AA=="}})",
          R"("settlement":[])",
          R"("settlement":{"policy":1})",
          R"("registry":null)",
          R"("zk":{})",
          R"("zk":{"system":"ezkl","proof":{},"keyDigest":"0x00"})",
          R"("zk":{"system":"halo2","proof":{},"keyDigest":")" DIGEST R"("})",
          R"("zk":{"system":"ezkl","proof":[],"keyDigest":")" DIGEST R"("})",
          R"("zk":{"system":"ezkl","proof":"","keyDigest":")" DIGEST R"("})",
          R"("zk":{"system":"ezkl","proof":{},"publicSignals":[],"keyDigest":")" DIGEST R"("})",
          R"("zk":{"system":"ezkl","proof":{},"keyDigest":")" DIGEST R"(","key":""})",
          R"("zk":{"system":"ezkl","proof":{},"keyDigest":")" DIGEST R"(","pin":"x"})",
          R"("zk":{"system":"plonk","proof":{},"keyDigest":")" DIGEST R"("})",
          R"("zk":{"system":"plonk","proof":{},"publicSignals":{},"keyDigest":")" DIGEST R"("})",
          R"("model":{"url":"x"})",
          R"("claim":[])"}) {
        INFO(part);
        CHECK(code_of(of_version_1(part)) == MALFORMED);
    }
    for (const char* text : {"", " ", "[]", "null", "{", R"({"assay":1,"assay":1})",
                             "\xef\xbb\xbf{}", R"({"assay":1,"settlement":{}} {})"}) {
        CHECK(code_of(text) == MALFORMED);
    }
}

TEST_CASE("a bundle without anything to check is empty", "[evidence][negative]") {
    CHECK(code_of(R"({"assay":1})") == "EVIDENCE_EMPTY");
    CHECK(code_of(of_version_1(R"("request":{"text":"{}"})")) == "EVIDENCE_EMPTY");
    CHECK(code_of(of_version_1(R"("response":{"text":"{}"})")) == "EVIDENCE_EMPTY");
    CHECK(code_of(of_version_1(R"("request":{"text":""},"response":{"text":""})")) == "OK");
}

TEST_CASE("oversized bundles and texts are refused before they are read", "[evidence][negative]") {
    CHECK(code_of(std::string(limits::BUNDLE_BYTES + 1, ' ')) == "INPUT_LIMIT");
    CHECK(code_of(of_version_1(R"("request":{"text":"{}"},"response":{"text":")" +
                               std::string(limits::TEXT_BYTES + 1, ' ') + "\"}")) == "INPUT_LIMIT");
    CHECK(code_of(of_version_1(R"("request":{"text":"{}"},"response":{"text":")" +
                               std::string(limits::TEXT_BYTES, ' ') + "\"}")) == "OK");
}
