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

#include <algorithm>
#include <array>

namespace assay::api {
namespace {

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
    return config && !config->state ? failure_text({ErrorCode::CONFIG_INVALID, "state"}, {})
                                    : verify_header(f);
}

/// Fields about one tree or store: which, "present" or "absent", root, key, value.
struct Statement {
    BytesView root;
    BytesView key;
    std::optional<BytesView> value; ///< nothing: the key is not there
};

Result<Statement> read_statement(Fields f) noexcept {
    const std::string_view claim = as_text(f[1]);
    const bool present = claim == "present";
    if ((!present && claim != "absent") || f[2].size() != sizeof(Hash32)) {
        return Error{ErrorCode::CONFIG_INVALID, "statement"};
    }
    return Statement{f[2], f[3], present ? std::optional{f[4]} : std::nullopt};
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

Result<void> judge_ics23(Fields f) noexcept {
    const std::string_view spec = as_text(f[0]);
    if (spec != "iavl" && spec != "simple") {
        return Error{ErrorCode::CONFIG_INVALID, "spec"};
    }
    const auto statement = read_statement(f);
    if (!statement) {
        return statement.error();
    }
    const auto tree = spec == "iavl" ? chain::Tree::iavl : chain::Tree::simple;
    const auto proof = chain::CommitmentProof::parse(f[5]);
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

/// spec "iavl" or "simple", claim, root, key, value, proof: bytes of one tree.
std::string verify_ics23(Fields f) noexcept {
    return shown(judge_ics23(f));
}

Result<void> judge_store(Fields f) noexcept {
    const auto statement = read_statement(f);
    if (!statement) {
        return statement.error();
    }
    const auto value =
        chain::verify_pair(statement->root, as_text(f[0]), statement->key, f[5], f[6]);
    if (!value) {
        return value.error();
    }
    const bool same = value->has_value() == statement->value.has_value() &&
                      (!*value || std::ranges::equal(**value, *statement->value));
    return same ? Result<void>::ok() : ErrorCode::ICS23_PROOF_INVALID;
}

/// store, claim, root, key, value, proof in the store, proof in the multistore: what abci_query and
/// eth_getProof of a Cosmos chain answer with. The root is an app hash.
std::string verify_store_proof(Fields f) noexcept {
    return shown(judge_store(f));
}

constexpr std::array OPERATIONS = {
    Operation{"verify_registry", 3, verify_registry},
    Operation{"verify_header", 2, verify_header},
    Operation{"advance_trusted_state", 2, advance_trusted_state},
    Operation{"verify_ics23", 6, verify_ics23},
    Operation{"verify_store_proof", 7, verify_store_proof},
};

} // namespace

std::span<const Operation> chain_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
