// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/operations.hpp"
#include "core/api/settlement.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"

#include "tests/unit/api/samples.hpp"
#include "tests/unit/settlement/sample.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace assay;
using assay::test::ReadVerdict;
using bytes::to_hex_0x;

namespace {

ReadVerdict call(std::string_view name, const std::vector<BytesView>& fields) {
    const api::Operation* operation = api::find_operation(name);
    REQUIRE(operation != nullptr);
    REQUIRE(operation->fields == fields.size());
    return ReadVerdict{operation->run(fields)};
}

std::string json(const settlement::Leaf& leaf) {
    return R"({"teeId":")" + to_hex_0x(leaf.tee_id) + R"(","inputHash":")" +
           to_hex_0x(leaf.input_hash) + R"(","outputHash":")" + to_hex_0x(leaf.output_hash) +
           R"(","signature":")" + to_hex_0x(leaf.signature) + R"(","timestamp":")" +
           bytes::word_to_decimal(leaf.timestamp) + R"("})";
}

std::string json(const settlement::Log& log) {
    std::string topics;
    for (const Hash32& topic : log.topics)
        topics += (topics.empty() ? "\"" : ",\"") + to_hex_0x(topic) + '"';
    return R"({"address":")" + to_hex_0x(log.address) + R"(","topics":[)" + topics +
           R"(],"data":")" + to_hex_0x(log.data) + R"(","blockNumber":"0x1"})";
}

const std::string ROOT = R"("root":"0x)" + std::string{test::TREE_ROOT} + '"';
const std::string EVENT = R"("event":)" + json(test::batch_log());
const std::string PROOF = R"("proof":["0x)" + std::string{test::LEAF_HASHES[3]} + R"(","0x)" +
                          std::string{test::LEAF_HASHES[1]} + R"(","0x)" +
                          std::string{test::INNER_NODE} + R"("])";
const std::string LEAF = R"("leaf":)" + json(test::sample_leaf(1));
const std::string EMITTER = R"({"emitter":"0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})";
const std::string OTHER_EMITTER = R"({"emitter":"0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"})";

std::string object(const std::vector<std::string>& members) {
    std::string out;
    for (const std::string& member : members)
        out += (out.empty() ? "{" : ",") + member;
    return out + "}";
}

std::string settle(const std::string& evidence, const std::string& options = "{}",
                   BytesView key = {}) {
    return call("verify_settlement", {as_bytes(evidence), key, as_bytes(options)}).code();
}

/// One leaf with the tests' signature, which is a tree of its own.
settlement::Leaf signed_leaf() {
    settlement::Leaf leaf = test::sample_leaf(1);
    leaf.tee_id = hash::keccak256(test::rsa_spki());
    leaf.signature = test::rsa_pss_sign(hash::Keccak256{}
                                            .update(leaf.input_hash)
                                            .update(leaf.output_hash)
                                            .update(leaf.timestamp)
                                            .finish());
    return leaf;
}

std::string only_leaf(const settlement::Leaf& leaf) {
    return object({R"("root":")" + to_hex_0x(settlement::leaf_hash(leaf)) + '"',
                   R"("leaf":)" + json(leaf), R"("proof":[])"});
}

} // namespace

TEST_CASE("a leaf is settled under a root or an event", "[api][settlement]") {
    CHECK(settle(object({ROOT, LEAF, PROOF})) == "OK");
    CHECK(settle(object({R"("kind":"batch")", ROOT, LEAF, PROOF})) == "OK");
    CHECK(settle(object({EVENT, LEAF, PROOF})) == "OK");
    CHECK(settle(object({EVENT, LEAF, PROOF}), EMITTER) == "OK");
    const std::string leaves = R"("leaves":[)" + json(test::sample_leaf(1)) + "]";
    CHECK(settle(object({ROOT, leaves, PROOF, R"("flags":[false,false,false])"})) == "OK");
    CHECK(settle(object({R"("event":)" + json(test::individual_log())})) == "OK");
    CHECK(settle(object(
              {R"("kind":"individual")", R"("event":)" + json(test::individual_log())})) == "OK");
}

TEST_CASE("a settlement's verdict says what it rests on", "[api][settlement]") {
    const std::string evidence = object({EVENT, LEAF, PROOF});
    const auto verdict = call("verify_settlement", {as_bytes(evidence), {}, as_bytes(EMITTER)});
    REQUIRE(verdict.code() == "OK");
    CHECK((*verdict).find("trust")->string() == "unproven");
    const auto& value = *(*verdict).find("value");
    CHECK(value.find("kind")->string() == "batch");
    CHECK(value.find("root")->string() == "0x" + std::string{test::TREE_ROOT});
    CHECK(value.find("leaves")->items()[0].find("leafHash")->string() ==
          "0x" + std::string{test::LEAF_HASHES[0]});
    CHECK_FALSE(value.find("signaturesChecked")->boolean());
    const auto& checks = (*verdict).find("checks")->items();
    CHECK(checks.back().find("name")->string() == "receipt signature");
    CHECK(checks.back().find("status")->string() == "assumed");
}

TEST_CASE("an event of another contract is no settlement", "[api][settlement]") {
    CHECK(settle(object({EVENT, LEAF, PROOF}), OTHER_EMITTER) == "EMITTER_MISMATCH");
    const std::string log = json(test::result_log());
    CHECK(call("decode_inference_event", {as_bytes(log), as_bytes(OTHER_EMITTER)}).code() ==
          "EMITTER_MISMATCH");
    const std::string batch = json(test::batch_log());
    CHECK(call("decode_settlement_event", {as_bytes(batch), as_bytes(OTHER_EMITTER)}).code() ==
          "EMITTER_MISMATCH");
}

TEST_CASE("who demands an emitter gets an event of it", "[api][settlement]") {
    CHECK(settle(object({ROOT, LEAF, PROOF}), EMITTER) == "EMITTER_MISMATCH");
    const auto judge = [](const api::SettlementPins& pins, CheckList& checks) {
        const std::string text = object({ROOT, LEAF, PROOF});
        const auto evidence = bytes::parse_json(text, ErrorCode::ABI_INVALID);
        return api::judge_settlement(*evidence, {}, pins, checks);
    };
    const settlement::Address emitter{};
    CheckList refused;
    CHECK(judge({.roots = std::vector{Hash32{}}, .emitter = emitter}, refused).error().code ==
          ErrorCode::EMITTER_MISMATCH);
    CHECK(refused.items().back().name == "emitter");
    CheckList named;
    CHECK(judge({.roots = std::vector{test::hash_of(test::TREE_ROOT)}, .emitter = emitter}, named));
    CHECK(std::ranges::any_of(named.items(), [](const Check& row) {
        return row.name == "emitter" && row.status == CheckStatus::not_covered;
    }));
}

TEST_CASE("a log that the node took back settles nothing", "[api][settlement]") {
    const auto log = [](const std::string& removed) {
        std::string text = json(test::batch_log());
        return text.insert(1, "\"removed\":" + removed + ",");
    };
    const std::string none = "{}";
    CHECK(settle(object({R"("event":)" + log("false"), LEAF, PROOF})) == "OK");
    for (const char* removed : {"true", "null", "0", "\"false\"", "{}"}) {
        const std::string text = log(removed);
        CHECK(settle(object({R"("event":)" + text, LEAF, PROOF})) == "ABI_INVALID");
        CHECK(call("decode_settlement_event", {as_bytes(text), as_bytes(none)}).code() ==
              "ABI_INVALID");
    }
}

TEST_CASE("the signature in a leaf is checked with a key", "[api][settlement]") {
    const Bytes spki = test::rsa_spki();
    CHECK(settle(only_leaf(signed_leaf()), "{}", spki) == "OK");
    settlement::Leaf forged = signed_leaf();
    forged.output_hash[0] ^= 1;
    CHECK(settle(only_leaf(forged), "{}", spki) == "RECEIPT_SIGNATURE_INVALID");
    CHECK(settle(only_leaf(forged)) == "OK"); // whoever settles may put anything in a leaf
    forged = signed_leaf();
    forged.tee_id[0] ^= 1;
    CHECK(settle(only_leaf(forged), "{}", spki) == "RECEIPT_TEE_ID_MISMATCH");
    CHECK(settle(only_leaf(signed_leaf()), "{}", Bytes(4)) == "RECEIPT_KEY_UNSUPPORTED");
    // The proof is judged first.
    CHECK(settle(object({ROOT, LEAF, R"("proof":[])"}), "{}", spki) == "MERKLE_PROOF_INVALID");
}

TEST_CASE("a settlement of another form is refused", "[api][settlement]") {
    const std::string individual = R"("event":)" + json(test::individual_log());
    for (const std::string& evidence :
         {std::string{"[]"}, std::string{"{"}, object({ROOT, LEAF}), object({ROOT, PROOF}),
          object({LEAF, PROOF}), object({ROOT, EVENT, LEAF, PROOF}),
          object({ROOT, LEAF, PROOF, R"("x":1)"}),
          object({R"("kind":"individual")", ROOT, LEAF, PROOF}),
          object({R"("kind":1)", ROOT, LEAF, PROOF}), object({individual, LEAF}),
          object({individual, PROOF}), object({ROOT, LEAF, PROOF, R"("flags":[])"}),
          object({ROOT, R"("leaves":[])", PROOF}),
          object({ROOT, R"("leaves":[1])", PROOF, R"("flags":[])"}),
          object({ROOT, R"("leaves":[])", PROOF, R"("flags":[0])"}),
          object({R"("root":"0x12")", LEAF, PROOF}), object({ROOT, LEAF, R"("proof":["0x12"])"}),
          object({ROOT, LEAF, R"("proof":{})"}),
          object({R"("event":{"address":"0x","topics":[],"data":"0x"})", LEAF, PROOF})})
        CHECK(settle(evidence) == "ABI_INVALID");
    CHECK(settle(object({ROOT, R"("leaves":[])", PROOF, R"("flags":[])"})) ==
          "MERKLE_PROOF_INVALID");
    CHECK(settle(object({ROOT, LEAF, PROOF}), R"({"x":1})") == "POLICY_INVALID");
    CHECK(settle(object({ROOT, LEAF, PROOF}), R"({"emitter":"0x12"})") == "POLICY_INVALID");
}

TEST_CASE("a leaf's values have their ABI types", "[api][settlement]") {
    const std::string leaf = json(test::sample_leaf(1));
    const auto hash = [](const std::string& text) {
        return call("hash_settlement_leaf", {as_bytes(text)}).code();
    };
    CHECK(hash(leaf) == "OK");
    const auto with = [&](const std::string& what, const std::string& by) {
        std::string text = leaf;
        return hash(text.replace(text.find(what), what.size(), by));
    };
    const std::string time = R"("timestamp":"1784000001")";
    CHECK(with(time, R"("timestamp":1784000001)") == "OK");
    for (const char* value :
         {"-1", "1.0", "1e3", "null", "\"\"", "\"0x1\"", "\"01\"",
          "\"115792089237316195423570985008687907853269984665640564039457584007913129639936\""})
        CHECK(with(time, std::string{"\"timestamp\":"} + value) == "ABI_INVALID");
    CHECK(with(R"("signature":"0x)", R"("signature":")") == "ABI_INVALID");
    CHECK(with(R"("signature":"0xc1)", R"("signature":"0xc)") == "ABI_INVALID");
    CHECK(with(R"("teeId":"0x01)", R"("teeId":"0x)") == "ABI_INVALID");
    CHECK(with(R"("teeId")", R"("teeID")") == "ABI_INVALID");
    CHECK(with("{", R"({"more":1,)") == "ABI_INVALID");
}

TEST_CASE("a tree is rebuilt from whole hashes", "[api][settlement]") {
    Bytes all;
    for (const std::string_view leaf : test::LEAF_HASHES) {
        const Hash32 hash = test::hash_of(leaf);
        all.insert(all.end(), hash.begin(), hash.end());
    }
    const auto verdict = call("settlement_root", {all});
    CHECK((*verdict).find("value")->string() == "0x" + std::string{test::TREE_ROOT});
    all.pop_back();
    CHECK(call("settlement_root", {all}).code() == "ABI_INVALID");
    CHECK(call("settlement_root", {BytesView{}}).code() == "MERKLE_PROOF_INVALID");
    const Bytes many((std::size_t{1} << 25) + 32);
    CHECK(call("settlement_root", {many}).code() == "INPUT_LIMIT");
}

TEST_CASE("inference events carry their numbers twice", "[api][settlement]") {
    const std::string log = json(test::model_log());
    const auto verdict = call("decode_inference_event", {as_bytes(log), as_bytes(EMITTER)});
    REQUIRE(verdict.code() == "OK");
    const auto& value = *(*verdict).find("value");
    CHECK(value.find("event")->string() == "ModelInferenceEvent");
    CHECK(value.find("request")->find("inferenceId")->string() == "id-7");
    const auto& tensor = value.find("output")->find("numbers")->items()[0];
    CHECK(tensor.raw() == R"({"name":"y","shape":[2,2],"values":[["15","1"],["-25","2"],["3","0"],)"
                          R"(["7","-1"]],"float32":"3fc00000be80000040400000428c0000"})");
}

TEST_CASE("numbers are asked for by type", "[api][settlement]") {
    const auto encode = [](std::string_view type, const Bytes& value) {
        return call("encode_number", {as_bytes(type), value}).code();
    };
    CHECK(encode("float32", Bytes(4)) == "OK");
    CHECK(encode("float64", Bytes(8)) == "OK");
    CHECK(encode("int", {'1'}) == "OK");
    CHECK(encode("float32", Bytes(8)) == "ARGUMENT_INVALID");
    CHECK(encode("float64", Bytes(4)) == "ARGUMENT_INVALID");
    CHECK(encode("float16", Bytes(2)) == "ARGUMENT_INVALID");
    CHECK(encode("int", Bytes(1)) == "ARGUMENT_INVALID");
    CHECK(call("decode_number", {as_bytes("1"), as_bytes("x")}).code() == "ABI_INVALID");
    CHECK(call("decode_number", {as_bytes(""), as_bytes("0")}).code() == "ABI_INVALID");
    CHECK(call("decode_number_words", {Bytes(63)}).code() == "ABI_INVALID");
    Bytes words(64);
    CHECK(call("decode_number_words", {words}).code() == "OK");
    words[0] = 1;
    CHECK(call("decode_number_words", {words}).code() == "ABI_INVALID");
}

TEST_CASE("heartbeats are judged at the caller's time", "[api][settlement]") {
    const Bytes spki = test::rsa_spki();
    const Hash32 message = hash::Keccak256{}
                               .update(hash::keccak256(spki))
                               .update(bytes::word_from_u64(1784000000))
                               .finish();
    const std::string beat = R"({"tee_id":")" + to_hex_0x(hash::keccak256(spki)) +
                             R"(","timestamp":1784000000,"signature":")" +
                             bytes::to_base64(test::rsa_pss_sign(message)) + R"("})";
    const auto judge = [&](const std::string& options) {
        return call("verify_heartbeat", {as_bytes(beat), spki, as_bytes(options)}).code();
    };
    CHECK(judge(R"({"now":1784000000})") == "OK");
    CHECK(judge(R"({"now":1784009999,"max_age_s":null})") == "OK");
    CHECK(judge(R"({"now":1784001801,"max_age_s":1800})") == "HEARTBEAT_TOO_OLD");
    CHECK(judge(R"({"now":1783999999,"future_s":0})") == "HEARTBEAT_FROM_FUTURE");
    for (const char* options :
         {"{}", "", R"({"now":1784000000,"max_age_s":-1})",
          R"({"now":1784000000,"max_age_s":"1800"})", R"({"now":1784000000,"max_age":1800})"})
        CHECK(judge(options) == "POLICY_INVALID");
}
