// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/native/fixtures.hpp"

#include "core/api/verify_api.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/hash/keccak256.hpp"
#include "core/receipt/request.hpp"

#include "tests/unit/support/rsa_signer.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string_view>

namespace assay::bench {
namespace {

[[noreturn]] void give_up(std::string_view what) {
    std::cerr << "bench fixtures: " << what << '\n';
    std::exit(EXIT_FAILURE);
}

std::string read_text(const std::string& path) {
    std::ifstream file{std::string{ASSAY_BENCH_ROOT} + "/" + path, std::ios::binary};
    if (!file)
        give_up("cannot read " + path);
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string first_line(const std::string& path) {
    const std::string text = read_text(path);
    return text.substr(0, text.find('\n'));
}

bytes::JsonValue parse(const std::string& text) {
    auto value = bytes::parse_json(text, ErrorCode::ARGUMENT_INVALID);
    if (!value)
        give_up("not JSON");
    return std::move(*value);
}

const bytes::JsonValue& member(const bytes::JsonValue& object, std::string_view name) {
    const bytes::JsonValue* value = object.find(name);
    if (value == nullptr)
        give_up("no member " + std::string{name});
    return *value;
}

std::string text(const bytes::JsonValue& object, std::string_view name) {
    return member(object, name).string();
}

Bytes hex(std::string_view digits) {
    if (digits.starts_with("0x"))
        digits.remove_prefix(2);
    auto bytes = bytes::from_hex(digits);
    if (!bytes)
        give_up("not hex");
    return std::move(*bytes);
}

Bytes base64(std::string_view digits) {
    auto bytes = bytes::from_base64(digits);
    if (!bytes)
        give_up("not base64");
    return std::move(*bytes);
}

Bytes joined(std::initializer_list<BytesView> parts) {
    Bytes all;
    for (const BytesView part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

EvidenceFixture read_evidence() {
    const std::string folder = "demo/samples/evidence/";
    const std::string receipt_text = read_text(folder + "receipt.json");
    const std::string policy_text = read_text(folder + "policy.json");
    const std::string samples_text = read_text(folder + "samples.json");
    const std::string document = read_text(folder + "attestation.cose");
    const auto receipt = parse(receipt_text);
    const auto policy = parse(policy_text);
    const auto samples = parse(samples_text);
    const std::string now{member(member(samples, "samples").items()[0], "now").raw()};

    const BytesView bytes = as_bytes(document);
    return {
        .request = text(receipt, "request"),
        .response = text(receipt, "response"),
        .document = {bytes.begin(), bytes.end()},
        .key = base64(text(receipt, "key")),
        .pinned_options =
            R"({"now":)" + now + R"(,"profile":"gw-stripped","policy":{"accept":["unproven"]}})",
        .nitro_options = R"({"now":)" + now + R"(,"policy":)" + policy_text + "}",
        .root_der = base64(text(member(policy, "root"), "der")),
    };
}

} // namespace

const EvidenceFixture& evidence() {
    static const EvidenceFixture fixture = read_evidence();
    return fixture;
}

EvidenceFixture long_receipt() {
    constexpr std::string_view USER =
        "What does the oracle say about 1 ETH in USDC? Compare it with "
        "\\\"last week\\\" \xe2\x80\x94 and name the fee.\\n";
    constexpr std::string_view ASSISTANT =
        "About the price of the pool, give or take 0.3 %: see the table below (caf\xc3\xa9, "
        "na\xc3\xafve, \xe6\x97\xa5\xe6\x9c\xac). Nothing else changed since then.\\n\\n";
    std::string request = R"({"model":"m","messages":[{"role":"system","content":"Be brief."})";
    for (bool user = true; request.size() < 100'000; user = !user) {
        request += user ? R"(,{"role":"user","content":")" : R"(,{"role":"assistant","content":")";
        for (int line = 0; line < 8; ++line)
            request += user ? USER : ASSISTANT;
        request += "\"}";
    }
    request += "]}";
    const std::string output(600, 'x');
    const auto digest = receipt::digest_request(request, receipt::Profile::gw_stripped);
    if (!digest)
        give_up("the long request is refused");
    const Hash32 output_hash = hash::keccak256(as_bytes(output));
    std::array<std::uint8_t, 32> word{};
    word[31] = 7;
    const Hash32 message = hash::keccak256(joined({digest->hash, output_hash, word}));
    const std::string response =
        R"({"choices":[{"message":{"content":")" + output + R"("}}],"tee_signature":")" +
        bytes::to_base64(test::rsa_pss_sign(message)) + R"(","tee_request_hash":")" +
        bytes::to_hex(digest->hash) + R"(","tee_output_hash":")" + bytes::to_hex(output_hash) +
        R"(","tee_timestamp":7,"tee_id":")" + bytes::to_hex(hash::keccak256(test::rsa_spki())) +
        "\"}";
    return {.request = std::move(request),
            .response = response,
            .document = {},
            .key = test::rsa_spki(),
            .pinned_options =
                R"({"now":7,"profile":"gw-stripped","policy":{"accept":["unproven"]}})",
            .nitro_options = {},
            .root_der = {}};
}

SignatureFixture ecdsa_fixture() {
    const std::string line = first_line("tests/vectors/secp256k1/ecdsa.jsonl");
    const auto row = parse(line);
    return {hex(text(row, "pubkey")), hex(text(row, "hash")),
            joined({hex(text(row, "r")), hex(text(row, "s"))})};
}

RecoveryFixture recovery_fixture() {
    const std::string line = first_line("tests/vectors/secp256k1/recover.jsonl");
    const auto row = parse(line);
    return {hex(text(row, "hash")), hex(text(row, "v")), hex(text(row, "r")), hex(text(row, "s"))};
}

SignatureFixture rsa_fixture() {
    const std::string response = evidence().response;
    const auto reply = parse(response);
    const std::string timestamp{member(reply, "tee_timestamp").raw()};
    std::array<std::uint8_t, 32> word{};
    const std::uint64_t seconds = std::stoull(timestamp);
    for (std::size_t i = 0; i < 8; ++i)
        word[31 - i] = static_cast<std::uint8_t>(seconds >> (8 * i));
    const Hash32 message = hash::keccak256(
        joined({hex(text(reply, "tee_request_hash")), hex(text(reply, "tee_output_hash")), word}));
    return {evidence().key, {message.begin(), message.end()}, base64(text(reply, "tee_signature"))};
}

SignatureFixture p384_fixture() {
    const std::string verdict = api::p384_tasks(evidence().document, evidence().root_der);
    const auto object = parse(verdict);
    const auto& task = member(member(object, "value"), "tasks").items().back();
    return {hex(text(task, "key")), hex(text(task, "message")), hex(text(task, "signature"))};
}

} // namespace assay::bench
