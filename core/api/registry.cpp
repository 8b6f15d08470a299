// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/registry.hpp"

#include "core/api/registry_fallback.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/word.hpp"
#include "core/chain/cometbft/trusted_state.hpp"
#include "core/chain/evm/account.hpp"
#include "core/chain/registry/state_proof.hpp"

#include <algorithm>
#include <utility>

namespace assay::api {
namespace {

using bytes::JsonValue;
using bytes::JsonWriter;
using chain::member;

/// Phase 0 of §5.2, what the evidence may hold.
Result<void> check_limits(const JsonValue& evidence) noexcept {
    const auto path = chain::items_of(evidence.find("path"));
    if (path && path->size() > chain::MAX_PATH) {
        return Error{ErrorCode::CHAIN_LIMIT_EXCEEDED, "path"};
    }
    const auto slots = chain::items_of(member(evidence.find("proof"), "storageProof"));
    if (slots && slots->size() > chain::MAX_STORAGE_PROOFS) {
        return Error{ErrorCode::CHAIN_LIMIT_EXCEEDED, "proof.storageProof"};
    }
    return Result<void>::ok();
}

/// @param proof of the hash of the code at @p address
Result<void> prove_code(const chain::Address& address, const Hash32& pinned, const Hash32& app_hash,
                        const JsonValue* proof) noexcept {
    const auto pair = chain::read_pair(proof);
    if (!pair) {
        return pair.error();
    }
    const auto code = chain::verify_pair(app_hash, "evm", chain::code_hash_key(address),
                                         pair->store, pair->multistore);
    if (!code) {
        return code.error();
    }
    return *code && std::ranges::equal(**code, pinned) ? Result<void>::ok()
                                                       : ErrorCode::REGISTRY_LAYOUT_MISMATCH;
}

/// The pinned code (§7.2), where there is a pin: the contract's and, behind a proxy, the one that
/// its slot names.
Result<void> check_code(const chain::RegistryLayout& layout, const Hash32& app_hash,
                        const chain::SlotProofs& proofs, const JsonValue& evidence,
                        CheckList& checks) noexcept {
    if (!layout.code_hash) {
        checks.assumed("contract code", "not pinned; the layout is the configuration's");
        return Result<void>::ok();
    }
    auto shown =
        prove_code(layout.address, *layout.code_hash, app_hash, evidence.find("code_proof"));
    if (!shown) {
        return Error{shown.error().code, "registry.code_hash"};
    }
    if (layout.implementation) {
        const auto& [slot, address, code_hash] = *layout.implementation;
        Hash32 word{};
        std::ranges::copy(address, word.end() - address.size());
        const auto named = proofs.prove(app_hash, slot);
        if (!named) {
            shown = named.error();
        } else if (*named != word) {
            shown = ErrorCode::REGISTRY_LAYOUT_MISMATCH;
        } else {
            shown = prove_code(address, code_hash, app_hash, evidence.find("implementation_proof"));
        }
        if (!shown) {
            return Error{shown.error().code, "registry.implementation"};
        }
    }
    checks.passed("contract code", "the pinned hash");
    return Result<void>::ok();
}

Result<JudgedRegistry> judge_proof(const ChainConfig& config, const chain::RegistryQuery& query,
                                   const JsonValue& evidence, CheckList& checks) noexcept {
    constexpr const char* STATE = "registry state";
    if (query.height == 0) {
        return Error{ErrorCode::CONFIG_INVALID, "query.height"};
    }
    auto block = follow(config, evidence, query.height + 1, checks);
    if (!block) {
        return block.error();
    }
    if (const auto fresh = chain::check_age(config.light, *block); !fresh) {
        checks.failed("state age", fresh.error());
        return fresh.error();
    }
    const auto proofs = chain::SlotProofs::read(config.registry->address, evidence.find("proof"));
    if (!proofs) {
        checks.failed(STATE, proofs.error());
        return proofs.error();
    }
    if (const auto code = check_code(*config.registry, block->app_hash, *proofs, evidence, checks);
        !code) {
        checks.failed("contract code", code.error());
        return code.error();
    }
    auto record =
        chain::judge_tee(*config.registry, query, block->app_hash, block->time.seconds, *proofs);
    if (!record) {
        checks.failed(STATE, record.error());
        return record.error();
    }
    checks.passed(STATE, "every slot proven under the block's app hash");
    return JudgedRegistry{.trust = TrustLevel::proven,
                          .tee_id = query.tee_id,
                          .record = *std::move(record),
                          .height = query.height,
                          .block = *std::move(block)};
}

} // namespace

Result<JsonValue> parse_chain_evidence(BytesView text) noexcept {
    if (text.size() > MAX_CHAIN_EVIDENCE) {
        return Error{ErrorCode::CHAIN_LIMIT_EXCEEDED, "evidence"};
    }
    return bytes::parse_json(as_text(text), ErrorCode::CHAIN_HEADER_MALFORMED);
}

Result<chain::TrustedBlock> follow(const ChainConfig& config, const JsonValue& evidence,
                                   std::optional<std::uint64_t> target_height,
                                   CheckList& checks) noexcept {
    constexpr const char* BLOCKS = "blocks";
    if (!config.pin && !config.state) {
        return Error{ErrorCode::CONFIG_INVALID, "trust"};
    }
    if (const auto limits = check_limits(evidence); !limits) {
        checks.failed(BLOCKS, limits.error());
        return limits.error();
    }
    const auto path = chain::items_of(evidence.find("path"));
    if (!path) {
        const Error error{ErrorCode::CHAIN_HEADER_MALFORMED, "path"};
        checks.failed(BLOCKS, error);
        return error;
    }
    checks.assumed("checkpoint", config.state ? "a state that was stored after it was accepted"
                                              : "named by the configuration");
    auto block = config.state
                     ? chain::follow_path(config.light, *config.state, *path, target_height)
                     : chain::follow_path(config.light, *config.pin, evidence.find("trusted"),
                                          *path, target_height);
    if (!block) {
        checks.failed(BLOCKS, block.error());
    } else {
        checks.passed(BLOCKS, "from the checkpoint to height " + std::to_string(block->height));
    }
    return block;
}

Result<JudgedRegistry> judge_registry(const ChainConfig& config, const chain::RegistryQuery& query,
                                      const JsonValue& evidence, CheckList& checks) noexcept {
    if (const auto key = chain::check_key(query); !key) {
        checks.failed("key", key.error());
        return key.error();
    }
    if (query.key) {
        checks.passed("key", "the id is its hash");
    }
    const bool calldata = evidence.find("calldata") != nullptr;
    const bool answers = evidence.find("answers") != nullptr;
    if (!calldata && !answers) {
        if (!config.registry) {
            return Error{ErrorCode::CONFIG_INVALID, "registry"};
        }
        return judge_proof(config, query, evidence, checks);
    }
    // Two ways at once do not make a stronger one.
    if ((calldata && answers) || evidence.find("proof") != nullptr) {
        return Error{ErrorCode::REGISTRY_NOT_PROVEN, "evidence"};
    }
    // Slots of the contract are asked of a proof only.
    if (query.registered_at || query.ohttp || query.tls_certificate) {
        return Error{ErrorCode::REGISTRY_NOT_PROVEN, "query"};
    }
    return calldata ? judge_calldata(config, query, evidence, checks)
                    : judge_answers(config, query, evidence, checks);
}

void write_block(JsonWriter& out, const chain::TrustedBlock& block) noexcept {
    out.object();
    out.key("height").decimal(block.height);
    out.key("time").string(timestamp_text(block.time));
    out.key("hash").hex("", block.hash);
    out.key("appHash").hex("", block.app_hash);
    out.key("validatorsHash").hex("", block.validators_hash);
    out.key("nextValidatorsHash").hex("", block.next_validators_hash);
    out.key("state").string(bytes::to_base64(chain::encode_state(block)));
    out.end();
}

void write_registry(JsonWriter& out, const JudgedRegistry& judged) noexcept {
    const chain::TeeRecord& record = judged.record;
    out.object();
    out.key("teeId").hex("0x", judged.tee_id);
    out.key("teeType").unsigned_number(record.status.tee_type);
    out.key("pcrHash").hex("0x", record.status.pcr_hash);
    if (!judged.registered) {
        out.key("enabled").boolean(record.status.enabled);
        out.key("pcrApproved").boolean(record.status.pcr_approved);
        out.key("lastHeartbeatAt").decimal(record.status.last_heartbeat_at);
        out.key("heartbeatMaxAge").string(bytes::word_to_decimal(record.status.heartbeat_max_age));
        out.key("height").decimal(judged.height);
    } else {
        out.key("attestedAt").decimal(judged.registered->attested_at_s);
        out.key("signingKey").hex("", judged.registered->signing_key);
        out.key("tlsCertificate").hex("", judged.registered->tls_certificate);
        out.key("endpoint").string(judged.registered->endpoint);
    }
    if (record.registered_at) {
        out.key("registeredAt").decimal(*record.registered_at);
    }
    if (record.tls_certificate) {
        out.key("tlsCertificate").hex("", *record.tls_certificate);
    }
    if (record.ohttp) {
        out.key("ohttp").object();
        out.key("keyId").unsigned_number(record.ohttp->key_id);
        out.key("kemId").unsigned_number(record.ohttp->kem);
        out.key("kdfId").unsigned_number(record.ohttp->kdf);
        out.key("aeadId").unsigned_number(record.ohttp->aead);
        out.key("publicKey").hex("", record.ohttp->public_key);
        out.key("keyConfig").hex("", record.ohttp->key_config);
        out.key("registeredAt").decimal(record.ohttp->registered_at);
        out.end();
    }
    if (judged.quorum) {
        out.key("agree").unsigned_number(judged.quorum->agree);
        out.key("of").unsigned_number(judged.quorum->of);
        out.key("blockHash").hex("0x", judged.quorum->block_hash);
    }
    if (judged.block) {
        out.key("block");
        write_block(out, *judged.block);
    }
    out.end();
}

} // namespace assay::api
