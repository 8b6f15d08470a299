// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Proven chain state (chain-state.md). Configuration, query and evidence are JSON texts:
// chain_config.hpp, registry.hpp.
#include "core/api/chain_config.hpp"
#include "core/api/operations.hpp"
#include "core/api/registry.hpp"
#include "core/api/verdict_json.hpp"
#include "core/api/verify_steps.hpp"
#include "core/bytes/word.hpp"
#include "core/chain/ics23/verify.hpp"
#include "core/chain/registry/state_proof.hpp"

#include <array>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using bytes::JsonWriter;

/// config, query, evidence.
std::string verify_registry(Fields f) noexcept {
    CheckList checks;
    const auto failed = [&](const Error& error) { return failure_text(error, checks); };
    const auto query_json = bytes::parse_json(as_text(f[1]), ErrorCode::CONFIG_INVALID);
    const auto query =
        query_json ? parse_query(*query_json) : Result<chain::RegistryQuery>{query_json.error()};
    if (!query) {
        return failed(query.error());
    }
    if (const auto key = chain::check_key(*query); !key) { // before the configuration (§7.3)
        return failed(key.error());
    }
    const auto config = ChainConfig::parse(f[0]);
    if (!config) {
        return failed(config.error());
    }
    const auto evidence = parse_chain_evidence(f[2]);
    if (!evidence) {
        return failed(evidence.error());
    }
    note_chain_clock(checks, *config);
    const auto judged = judge_registry(*config, *query, *evidence, checks);
    if (!judged) {
        return failed(judged.error());
    }
    if (const auto trusted = check_trust(config->trust, judged->trust, checks); !trusted) {
        return failed(trusted.error());
    }
    JsonWriter value;
    write_registry(value, *judged);
    return success_text(value.take(), checks, judged->trust);
}

/// config, evidence {trusted?, path}: the last block of the path, and the state to store.
std::string verify_header(Fields f) noexcept {
    CheckList checks;
    const auto config = ChainConfig::parse(f[0]);
    if (!config) {
        return failure_text(config.error(), checks);
    }
    const auto evidence = parse_chain_evidence(f[1]);
    if (!evidence) {
        return failure_text(evidence.error(), checks);
    }
    note_chain_clock(checks, *config);
    const auto block = follow(*config, *evidence, std::nullopt, checks);
    if (!block) {
        return failure_text(block.error(), checks);
    }
    JsonWriter value;
    write_block(value, *block);
    return success_text(value.take(), checks, TrustLevel::proven);
}

/// config with a state, evidence {path}: as verify_header, from a stored state only.
std::string advance_trusted_state(Fields f) noexcept {
    const auto config = ChainConfig::parse(f[0]);
    if (!config) {
        return failure_text(config.error(), {});
    }
    return config->state ? verify_header(f)
                         : failure_text({ErrorCode::CONFIG_INVALID, "state"}, {});
}

/// Members of a statement about a store: root, key, and the value or null for its absence.
struct Statement {
    Hash32 root;
    Bytes key;
    std::optional<Bytes> value;
};

Result<Statement> read_statement(const JsonValue& json) noexcept {
    const auto root = chain::hex_text(json.find("root"));
    auto key = chain::hex_text(json.find("key"));
    const JsonValue* value_json = json.find("value");
    const bool absent = value_json != nullptr && value_json->is(JsonKind::null);
    auto value = chain::hex_text(value_json);
    if (!root || root->size() != sizeof(Hash32) || !key || (!absent && !value)) {
        return Error{ErrorCode::CONFIG_INVALID, "statement"};
    }
    Statement statement{{}, *std::move(key), std::move(value)};
    std::copy(root->begin(), root->end(), statement.root.begin());
    return statement;
}

std::string shown(const Result<void>& outcome) noexcept {
    CheckList checks;
    if (!outcome) {
        checks.failed("proof", outcome.error());
        return failure_text(outcome.error(), checks);
    }
    checks.passed("proof");
    checks.assumed("root", "named by the caller");
    return success_text("true", checks, TrustLevel::unproven);
}

Result<void> judge_ics23(const JsonValue& json, BytesView proof_bytes) noexcept {
    const std::string* spec = chain::text_of(json.find("spec"));
    if (spec == nullptr || (*spec != "iavl" && *spec != "simple")) {
        return Error{ErrorCode::CONFIG_INVALID, "spec"};
    }
    const auto statement = read_statement(json);
    if (!statement) {
        return statement.error();
    }
    const auto tree = *spec == "iavl" ? chain::Tree::iavl : chain::Tree::simple;
    const auto proof = chain::CommitmentProof::parse(proof_bytes);
    if (!proof) {
        return proof.error();
    }
    if (const auto shape = chain::check_shape(tree, *proof); !shape) {
        return shape;
    }
    const auto& [root, key, value] = *statement;
    return value ? chain::verify_existence(root, key, *value, *proof)
                 : chain::verify_absence(tree, root, key, *proof);
}

/// statement {spec: "iavl" | "simple", root, key, value | null} in hex, proof: bytes of one tree.
std::string verify_ics23(Fields f) noexcept {
    const auto json = bytes::parse_json(as_text(f[0]), ErrorCode::CONFIG_INVALID);
    return shown(json ? judge_ics23(*json, f[1]) : Result<void>{json.error()});
}

Result<void> judge_store(const JsonValue& json, BytesView store, BytesView multistore) noexcept {
    const std::string* name = chain::text_of(json.find("store"));
    if (name == nullptr) {
        return Error{ErrorCode::CONFIG_INVALID, "store"};
    }
    const auto statement = read_statement(json);
    if (!statement) {
        return statement.error();
    }
    const auto value =
        chain::verify_pair(statement->root, *name, statement->key,
                           {{store.begin(), store.end()}, {multistore.begin(), multistore.end()}});
    if (!value) {
        return value.error();
    }
    return *value == statement->value ? Result<void>::ok() : ErrorCode::ICS23_PROOF_INVALID;
}

/// statement {store, root, key, value | null}, proof in the store, proof in the multistore: what
/// abci_query and eth_getProof of a Cosmos chain answer with. `root` is an app hash.
std::string verify_store_proof(Fields f) noexcept {
    const auto json = bytes::parse_json(as_text(f[0]), ErrorCode::CONFIG_INVALID);
    return shown(json ? judge_store(*json, f[1], f[2]) : Result<void>{json.error()});
}

constexpr std::array OPERATIONS = {
    Operation{"verify_registry", 3, verify_registry},
    Operation{"verify_header", 2, verify_header},
    Operation{"advance_trusted_state", 2, advance_trusted_state},
    Operation{"verify_ics23", 2, verify_ics23},
    Operation{"verify_store_proof", 3, verify_store_proof},
};

} // namespace

std::span<const Operation> chain_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
