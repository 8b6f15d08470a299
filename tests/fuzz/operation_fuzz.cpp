// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any operation with any fields. The first byte is an operation's number, and the rest its fields;
// or FRAME, and the rest is a frame as the module gets it; or BATCH, the number of what a batch
// asks for, and the fields of its items. A verdict is well-formed, the same when a frame asks for
// it again, and in a batch what it is alone.
#include "core/api/operations.hpp"

#include "tests/fuzz/fields.hpp"
#include "tests/fuzz/verdict.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace assay;
using namespace assay::test;
using api::Operation;

constexpr std::uint8_t FRAME = 0xff;
constexpr std::uint8_t BATCH = 0xfe;

/// generate_seeds.mjs reads the numbers from here: what is new comes last.
constexpr std::array<std::string_view, 50> NAMES = {
    "verify_receipt",
    "verify_nitro",
    "authenticate_nitro",
    "verify_evidence",
    "evidence_proof_task",
    "p384_tasks",
    "choose_profile",
    "canonical_json",
    "hash_message",
    "hash_typed_data",
    "verify_typed_data",
    "erc1271_call_data",
    "verify_erc1271_result",
    "verify_settlement",
    "decode_settlement_event",
    "decode_inference_event",
    "hash_settlement_leaf",
    "settlement_root",
    "decode_number",
    "decode_number_words",
    "encode_number",
    "verify_heartbeat",
    "verify_ohttp_config",
    "open_ohttp_response",
    "open_ohttp_chunks",
    "read_ohttp_key_config",
    "hkdf_sha256",
    "chacha20_poly1305",
    "verify_tdx_quote",
    "authenticate_tdx_quote",
    "check_tdx_quote_signature",
    "verify_snp_report",
    "authenticate_snp_report",
    "verify_registry",
    "verify_header",
    "advance_trusted_state",
    "verify_ics23",
    "verify_store_proof",
    "verify_mpt_proof",
    "verify_receipt_proof",
    "verify_trie_proof",
    "decode_rlp",
    "hash_header",
    "hash_validators",
    "encode_vote",
    "merkle_root",
    "registry_slots",
    "read_storage_bytes",
    "decode_registration",
    "verify_tx_result",
};
/// What a batch may ask for; the signatures have a target of their own.
constexpr std::array<std::string_view, 17> BATCHED = {
    "hash_message",      "hash_typed_data", "erc1271_call_data", "verify_erc1271_result",
    "verify_typed_data", "verify_message",  "verify_ecdsa",      "verify_ecdsa_der",
    "recover_address",   "verify_schnorr",  "verify_ed25519",    "verify_p256",
    "verify_p384",       "verify_rsa_pss",  "verify_rsa_pkcs1",  "verify_p256_der",
    "verify_p384_der",
};
/// Nothing but a curve's arithmetic, whatever comes in; a batch has its own number here.
constexpr std::array<std::string_view, 7> LEFT_OUT = {
    "seal_ohttp_request", "seal_ohttp_request_to_key",
    "open_ohttp_request", "x25519",
    "hpke_seal",          "hpke_export",
    "verify_batch",
};

constexpr std::array<std::span<const Operation> (*)() noexcept, 10> TABLES = {
    api::evidence_operations,   api::signature_operations, api::message_operations,
    api::settlement_operations, api::ohttp_operations,     api::tdx_operations,
    api::snp_operations,        api::chain_operations,     api::chain_unit_operations,
    api::trie_operations,
};

bool is_in(std::span<const std::string_view> list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

/// No operation is forgotten.
bool know_all() {
    for (const auto table : TABLES)
        for (const Operation& operation : table())
            require(is_in(NAMES, operation.name) || is_in(BATCHED, operation.name) ||
                    is_in(LEFT_OUT, operation.name));
    return true;
}

const Operation& operation_named(std::string_view name) {
    const Operation* found = api::find_operation(name);
    require(found != nullptr);
    return *found;
}

/// Whether a yes of the operation says that something was checked. That of a bare trie walk names
/// the root that it assumes and nothing else.
bool judges(std::string_view name) {
    return name != "verify_trie_proof" &&
           (name.starts_with("verify_") || name.starts_with("authenticate_") ||
            name.starts_with("check_") || name == "recover_address");
}

void append_field(Bytes& out, BytesView field) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<std::uint8_t>(field.size() >> shift));
    out.insert(out.end(), field.begin(), field.end());
}

Bytes frame_of(std::string_view name, std::span<const BytesView> fields) {
    Bytes frame;
    append_field(frame, as_bytes(name));
    for (const BytesView field : fields)
        append_field(frame, field);
    return frame;
}

/// The verdict, which a frame gives too.
std::string ask(const Operation& operation, std::span<const BytesView> fields) {
    std::string verdict = operation.run(fields);
    require(api::run_frame(frame_of(operation.name, fields)) == verdict);
    return verdict;
}

void judge(std::string_view name, BytesView rest) {
    const Operation& operation = operation_named(name);
    bytes::Reader reader{rest};
    const std::string verdict = ask(operation, take_fields(reader, operation.fields));
    require_verdict(read_json(verdict), judges(name));
}

/// A frame as it comes: what it names may answer with a list (a batch of messages).
void judge_frame(BytesView frame) {
    const std::string verdict = api::run_frame(frame);
    require(api::run_frame(frame) == verdict);
    const JsonValue json = read_json(verdict);
    if (!json.is(JsonKind::array))
        require_verdict(json, false);
}

/// Of a signature: its row is the one that it has alone.
void compare_row(const JsonValue& row, std::size_t index, const JsonValue& alone) {
    const JsonValue* only = &alone.find("checks")->items().front();
    require(text_of(row.find("name")) == "signature[" + std::to_string(index) + ']');
    require(text_of(row.find("status")) == text_of(only->find("status")));
    const JsonValue* code = row.find("code");
    require((code == nullptr) == (only->find("code") == nullptr));
    require(code == nullptr || code->string() == only->find("code")->string());
}

void compare_signatures(const JsonValue& together, const std::vector<std::string>& alone) {
    const bool ok = require_verdict(together, true);
    const auto rows = together.find("checks")->items();
    require(rows.size() == alone.size());
    std::size_t first = alone.size(); // that fails
    for (std::size_t i = 0; i < alone.size(); ++i) {
        const JsonValue verdict = read_json(alone[i]);
        const bool holds = require_verdict(verdict, true);
        compare_row(rows[i], i, verdict);
        if (holds && ok)
            require(together.find("value")->find("items")->items()[i].raw() ==
                    verdict.find("value")->raw());
        if (holds || first != alone.size())
            continue;
        first = i;
        require(!ok && together.find("code")->string() == verdict.find("code")->string());
        require(text_of(together.find("path")) == '[' + std::to_string(i) + ']');
    }
    require(ok == (first == alone.size()));
}

/// The number of what is asked for, then the fields of the items.
void judge_batch(BytesView rest) {
    constexpr std::size_t MOST = 6;
    if (rest.size() < 2)
        return;
    const Operation& operation = operation_named(BATCHED[rest[0] % BATCHED.size()]);
    bytes::Reader reader{rest.subspan(1)};
    Bytes items;
    std::vector<std::string> alone;
    while (!reader.at_end() && alone.size() < MOST) {
        const std::vector<BytesView> fields = take_fields(reader, operation.fields);
        for (const BytesView field : fields)
            append_field(items, field);
        alone.push_back(operation.run(fields));
    }
    const std::array<BytesView, 2> fields = {as_bytes(operation.name), items};
    const std::string verdict = api::run_frame(frame_of("verify_batch", fields));
    const JsonValue together = read_json(verdict);
    if (!together.is(JsonKind::array))
        return compare_signatures(together, alone);
    require(together.items().size() == alone.size());
    for (std::size_t i = 0; i < alone.size(); ++i) {
        require(together.items()[i].raw() == alone[i]);
        require_verdict(together.items()[i], judges(operation.name));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bool complete = know_all();
    if (!complete || size == 0)
        return 0;
    const BytesView rest{data + 1, size - 1};
    if (data[0] == FRAME)
        judge_frame(rest);
    else if (data[0] == BATCH)
        judge_batch(rest);
    else
        judge(NAMES[data[0] % NAMES.size()], rest);
    return 0;
}
