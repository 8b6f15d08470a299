// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Which operations operation_fuzz asks, and how.
#pragma once

#include "core/api/operations.hpp"

#include "tests/fuzz/fields.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace assay::test {

/// call_seeds.mjs reads the numbers from here: what is new comes last.
inline constexpr std::array<std::string_view, 50> NAMES = {
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
inline constexpr std::array<std::string_view, 17> BATCHED = {
    "hash_message",      "hash_typed_data", "erc1271_call_data", "verify_erc1271_result",
    "verify_typed_data", "verify_message",  "verify_ecdsa",      "verify_ecdsa_der",
    "recover_address",   "verify_schnorr",  "verify_ed25519",    "verify_p256",
    "verify_p384",       "verify_rsa_pss",  "verify_rsa_pkcs1",  "verify_p256_der",
    "verify_p384_der",
};
/// Nothing but a curve's arithmetic, whatever comes in; a batch has its own number here.
inline constexpr std::array<std::string_view, 7> LEFT_OUT = {
    "seal_ohttp_request", "seal_ohttp_request_to_key",
    "open_ohttp_request", "x25519",
    "hpke_seal",          "hpke_export",
    "verify_batch",
};

inline constexpr std::array<std::span<const api::Operation> (*)() noexcept, 10> TABLES = {
    api::evidence_operations,   api::signature_operations, api::message_operations,
    api::settlement_operations, api::ohttp_operations,     api::tdx_operations,
    api::snp_operations,        api::chain_operations,     api::chain_unit_operations,
    api::trie_operations,
};

inline bool is_in(std::span<const std::string_view> list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

/// No operation is forgotten.
inline bool know_all() {
    for (const auto table : TABLES)
        for (const api::Operation& operation : table())
            require(is_in(NAMES, operation.name) || is_in(BATCHED, operation.name) ||
                    is_in(LEFT_OUT, operation.name));
    return true;
}

} // namespace assay::test
