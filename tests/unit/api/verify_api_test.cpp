// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/verify_api.hpp"

#include "tests/unit/api/samples.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace assay;
using assay::test::read_sample;
using assay::test::ReadVerdict;
using assay::test::SAMPLE_NOW;
using assay::test::SampleReceipt;

namespace {

std::string receipt_options(const std::string& extra = R"("request_is":"sent")",
                            const std::string& policy = read_sample("policy.json"),
                            const std::string& now = SAMPLE_NOW) {
    return R"({"now":")" + now + R"(","policy":)" + policy + "," + extra + "}";
}

ReadVerdict verify(const SampleReceipt& receipt, const std::string& document,
                   const std::string& options) {
    return ReadVerdict{api::verify_receipt({.request = as_bytes(receipt.request),
                                            .response = as_bytes(receipt.response),
                                            .document = as_bytes(document),
                                            .key = receipt.key,
                                            .options = as_bytes(options)})};
}

} // namespace

TEST_CASE("a receipt with its attestation is verified as attested", "[api][receipt]") {
    const auto verdict = verify(SampleReceipt::read("receipt.json"),
                                read_sample("attestation.cose"), receipt_options());
    REQUIRE(verdict.code() == "OK");
    CHECK((*verdict).find("trust")->string() == "attested");
    const auto& value = *(*verdict).find("value");
    CHECK(value.find("kind")->string() == "text");
    CHECK(value.find("profile")->string() == "gw-stripped");
    CHECK(value.find("timestamp")->string() == "1795175988");
    CHECK(verdict.status("user data") == "passed");
    CHECK(verdict.status("clock") == "assumed");
}

TEST_CASE("the code of the sample evidence is the expected one", "[api][receipt][negative]") {
    const std::string document = read_sample("attestation.cose");
    CHECK(verify(SampleReceipt::read("receipt_reply_changed.json"), document, receipt_options())
              .code() == "RECEIPT_OUTPUT_HASH_MISMATCH");
    CHECK(verify(SampleReceipt::read("receipt_other_request.json"), document, receipt_options())
              .code() == "RECEIPT_REQUEST_HASH_MISMATCH");
    const auto receipt = SampleReceipt::read("receipt.json");
    CHECK(
        verify(receipt, read_sample("attestation_other_enclave.cose"), receipt_options()).code() ==
        "NITRO_PCR_MISMATCH");
    CHECK(
        verify(receipt, document,
               receipt_options(R"("request_is":"sent")", read_sample("policy.json"), "1795348800"))
            .code() == "NITRO_CERT_EXPIRED");
}

TEST_CASE("a key that the attestation does not bind is refused", "[api][receipt][negative]") {
    auto receipt = SampleReceipt::read("receipt.json");
    receipt.key.back() ^= 1U;
    const auto verdict = verify(receipt, read_sample("attestation.cose"), receipt_options());
    CHECK(verdict.code() == "NITRO_USER_DATA_MISMATCH");
    CHECK(verdict.status("user data") == "failed");
}

TEST_CASE("a key without evidence is unproven and refused unless named", "[api][receipt]") {
    const auto receipt = SampleReceipt::read("receipt.json");
    const std::string pinned = R"("profile":"gw-stripped")";
    CHECK(verify(receipt, "", receipt_options(pinned, "{}")).code() == "TRUST_INSUFFICIENT");

    const auto named = verify(receipt, "", receipt_options(pinned, R"({"accept":["unproven"]})"));
    REQUIRE(named.code() == "OK");
    CHECK((*named).find("trust")->string() == "unproven");
    CHECK(named.status("signing key") == "passed");
    CHECK(named.status("key and profile") == "assumed");
}

TEST_CASE("weak trust never hides a forged receipt", "[api][receipt][negative]") {
    const auto forged = SampleReceipt::read("receipt_reply_changed.json");
    CHECK(verify(forged, "", receipt_options(R"("profile":"gw-stripped")", "{}")).code() ==
          "RECEIPT_OUTPUT_HASH_MISMATCH");
}

TEST_CASE("a receipt call that says too little is a usage error", "[api][receipt][negative]") {
    const auto receipt = SampleReceipt::read("receipt.json");
    const std::string document = read_sample("attestation.cose");
    SECTION("no policy with a document") {
        CHECK(verify(receipt, document, R"({"now":1795176000,"request_is":"sent"})").code() ==
              "NITRO_PCR_POLICY_EMPTY");
    }
    SECTION("no profile table") {
        std::string policy = read_sample("policy.json");
        policy.replace(policy.find("\"profiles\""), 10, "\"receipt\"");
        CHECK(verify(receipt, document, receipt_options(R"("request_is":"sent")", policy)).code() ==
              "POLICY_INVALID");
    }
    SECTION("no profile and no document") {
        CHECK(verify(receipt, "", R"({"now":1795176000,"policy":{}})").code() == "POLICY_INVALID");
    }
    SECTION("a profile beside a document would overrule the table") {
        CHECK(verify(receipt, document,
                     receipt_options(R"("request_is":"sent","profile":"gw-stripped")"))
                  .code() == "POLICY_INVALID");
    }
    SECTION("no clock") {
        CHECK(verify(receipt, "", R"({"policy":{},"profile":"gw-stripped"})").code() ==
              "POLICY_INVALID");
    }
    SECTION("an unknown option") {
        CHECK(verify(receipt, document, receipt_options(R"("request_is":"sent","acept":[])"))
                  .code() == "POLICY_INVALID");
    }
}

TEST_CASE("a named enclave id must be the key's", "[api][receipt][negative]") {
    const auto verdict =
        verify(SampleReceipt::read("receipt.json"), read_sample("attestation.cose"),
               receipt_options(R"("request_is":"sent","expected_tee_id":"0x)" +
                               std::string(64, '0') + "\""));
    CHECK(verdict.code() == "RECEIPT_TEE_ID_MISMATCH");
}

TEST_CASE("an oversized reply is refused before it is read", "[api][receipt][negative]") {
    auto receipt = SampleReceipt::read("receipt.json");
    receipt.response.assign((std::size_t{16} << 20) + 1, ' ');
    CHECK(verify(receipt, read_sample("attestation.cose"), receipt_options()).code() ==
          "INPUT_LIMIT");
}

TEST_CASE("authenticate says genuine and takes no policy", "[api][nitro]") {
    const std::string document = read_sample("attestation.cose");
    const std::string policy = read_sample("policy.json");
    const std::string root =
        policy.substr(policy.find('{', 1), policy.find('}') - policy.find('{', 1) + 1);
    const auto authenticate = [&](const std::string& options) {
        return ReadVerdict{api::authenticate_nitro(
            {.document = as_bytes(document), .options = as_bytes(options)})};
    };
    const auto genuine = authenticate(R"({"now":1795176000,"root":)" + root + "}");
    REQUIRE(genuine.code() == "OK");
    CHECK((*genuine).find("value")->find("genuine")->boolean());
    CHECK(genuine.status("policy") == "not-covered");
    CHECK(genuine.text().find("verified") == std::string::npos);
    CHECK(authenticate(R"({"now":1795176000})").code() == "NITRO_CHAIN_UNTRUSTED");
    CHECK(authenticate(R"({"now":1795176000,"policy":{}})").code() == "POLICY_INVALID");
    CHECK(authenticate(R"({"now":1795176000000})").code() == "POLICY_INVALID");
}

TEST_CASE("verify without measurements is never authenticate in disguise", "[api][nitro]") {
    const std::string document = read_sample("attestation.cose");
    const auto verify_with = [&](const std::string& options) {
        return ReadVerdict{
            api::verify_nitro({.document = as_bytes(document), .options = as_bytes(options)})}
            .code();
    };
    CHECK(verify_with(R"({"now":1795176000})") == "NITRO_PCR_POLICY_EMPTY");
    CHECK(verify_with(R"({"now":1795176000,"policy":null})") == "NITRO_PCR_POLICY_EMPTY");
    CHECK(verify_with(R"({"now":1795176000,"policy":{}})") == "NITRO_PCR_POLICY_EMPTY");
    CHECK(verify_with(R"({"now":1795176000,"policy":)" + read_sample("policy.json") + "}") == "OK");
}

TEST_CASE("replayed platform results give the verdict of the core", "[api][nitro][platform]") {
    const std::string document = read_sample("attestation.cose");
    const std::string options = R"({"now":1795176000,"policy":)" + read_sample("policy.json") + "}";
    const auto verify_with = [&](const Bytes& results) {
        return ReadVerdict{api::verify_nitro({.document = as_bytes(document),
                                              .options = as_bytes(options),
                                              .platform = {.p384 = results}})}
            .code();
    };
    const std::string policy = read_sample("policy.json");
    const auto parsed = bytes::parse_json(policy, ErrorCode::ARGUMENT_INVALID);
    const auto root = bytes::from_base64(parsed->find("root")->find("der")->string());
    const ReadVerdict tasks{api::p384_tasks(as_bytes(document), *root)};
    REQUIRE(tasks.ok());
    const std::size_t count = (*tasks).find("value")->find("tasks")->items().size();
    REQUIRE(count >= 3);

    CHECK(verify_with(Bytes(count, 1)) == "OK");
    for (std::size_t i = 0; i + 1 < count; ++i) {
        Bytes results(count, 1);
        results[i] = 0;
        CHECK(verify_with(results) == "NITRO_CHAIN_UNTRUSTED");
    }
    Bytes last(count, 1);
    last.back() = 0;
    CHECK(verify_with(last) == "NITRO_SIGNATURE_INVALID");
    CHECK(verify_with(Bytes(count - 1, 1)) == "NITRO_SIGNATURE_INVALID");
    CHECK(verify_with(Bytes(count, 2)) == "NITRO_CHAIN_UNTRUSTED");
}

TEST_CASE("a document is judged by the trust levels that the policy accepts", "[api][nitro]") {
    const std::string document = read_sample("attestation.cose");
    std::string policy = read_sample("policy.json");
    const auto verify_accepting = [&](const std::string& levels) {
        std::string accepting = policy;
        const std::size_t start = accepting.find("\"accept\"");
        accepting.replace(start, accepting.find(']', start) + 1 - start, "\"accept\":" + levels);
        const std::string options = R"({"now":1795176000,"policy":)" + accepting + "}";
        return ReadVerdict{
            api::verify_nitro({.document = as_bytes(document), .options = as_bytes(options)})}
            .code();
    };
    CHECK(verify_accepting(R"(["attested"])") == "OK");
    CHECK(verify_accepting(R"(["proven"])") == "TRUST_INSUFFICIENT");
    CHECK(verify_accepting("[]") == "TRUST_INSUFFICIENT");
}
