// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Single functions of chain-state.md, each over one JSON text. For callers with a transport of
// their own: the registry's slots, byte strings in storage, registrations, results of transactions.
// For the vectors, which run on the module that ships, and without a public function: hash_header,
// hash_validators, encode_vote, merkle_root. Nothing here is a verdict on evidence but
// verify_tx_result.
#include "core/api/chain_config.hpp"
#include "core/api/operations.hpp"
#include "core/api/verdict_json.hpp"
#include "core/bytes/hex.hpp"
#include "core/chain/cometbft/commit.hpp"
#include "core/chain/cometbft/header_detail.hpp"
#include "core/chain/cometbft/merkle.hpp"
#include "core/chain/registry/calldata.hpp"
#include "core/chain/registry/tx_result.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using bytes::JsonWriter;

using Compute = Result<void> (*)(const JsonValue& json, JsonWriter& value);

std::string computed(BytesView text, ErrorCode on_error, Compute compute) noexcept {
    const auto json = bytes::parse_json(as_text(text), on_error);
    if (!json) {
        return failure_text(json.error(), {});
    }
    JsonWriter value;
    if (const auto done = compute(*json, value); !done) {
        return failure_text(done.error(), {});
    }
    return success_text(value.take(), {}, TrustLevel::unproven);
}

void write_leaves(JsonWriter& value, const char* name, std::span<const Bytes> leaves) noexcept {
    value.key(name).array();
    for (const Bytes& leaf : leaves) {
        value.hex("", leaf);
    }
    value.end();
}

/// A header, whatever a light client would say of it.
std::string hash_header(Fields f) noexcept {
    constexpr ErrorCode MALFORMED = ErrorCode::CHAIN_HEADER_MALFORMED;
    return computed(f[0], MALFORMED, [](const JsonValue& json, JsonWriter& value) -> Result<void> {
        const auto header = chain::detail::read_header(&json);
        if (!header) {
            return MALFORMED;
        }
        value.object();
        value.key("hash").hex("", chain::header_hash(*header));
        write_leaves(value, "leaves", chain::header_leaves(*header));
        value.end();
        return Result<void>::ok();
    });
}

/// A list of validators.
std::string hash_validators(Fields f) noexcept {
    constexpr ErrorCode MALFORMED = ErrorCode::CHAIN_VALSET_MALFORMED;
    return computed(f[0], MALFORMED, [](const JsonValue& json, JsonWriter& value) -> Result<void> {
        const auto set = chain::ValidatorSet::parse(&json);
        if (!set) {
            return set.error();
        }
        std::vector<Bytes> leaves;
        for (const chain::Validator& member : set->members()) {
            leaves.push_back(chain::validator_leaf(member.key, member.power));
        }
        value.object();
        value.key("hash").hex("", set->hash());
        write_leaves(value, "leaves", leaves);
        value.end();
        return Result<void>::ok();
    });
}

/// {type, height, round, block_id | null, timestamp, chain_id}: the bytes that are signed.
std::string encode_vote(Fields f) noexcept {
    constexpr ErrorCode MALFORMED = ErrorCode::CHAIN_COMMIT_MALFORMED;
    return computed(f[0], MALFORMED, [](const JsonValue& json, JsonWriter& value) -> Result<void> {
        const JsonValue* id = json.find("block_id");
        const bool nil = id != nullptr && id->is(JsonKind::null);
        const auto block_id = nil ? std::nullopt : chain::parse_block_id(id);
        const auto type = chain::plain_number(json.find("type"));
        const auto height = chain::decimal_text(json.find("height"));
        const auto round = chain::plain_number(json.find("round"));
        const std::string* time_text = chain::text_of(json.find("timestamp"));
        const auto time = time_text != nullptr ? chain::parse_timestamp(*time_text) : std::nullopt;
        const std::string* chain_id = chain::text_of(json.find("chain_id"));
        if ((!nil && !block_id) || !type || !height || !round || !time || chain_id == nullptr) {
            return MALFORMED;
        }
        value.hex("", chain::vote_bytes({.type = *type,
                                         .height = *height,
                                         .round = *round,
                                         .block_id = block_id ? &*block_id : nullptr,
                                         .time = *time,
                                         .chain_id = *chain_id}));
        return Result<void>::ok();
    });
}

/// Hex texts of the leaves: the root of their tree.
std::string merkle_root(Fields f) noexcept {
    constexpr ErrorCode MALFORMED = ErrorCode::ARGUMENT_INVALID;
    return computed(f[0], MALFORMED, [](const JsonValue& json, JsonWriter& value) -> Result<void> {
        std::vector<Bytes> leaves;
        const auto items = chain::items_of(&json);
        if (!items) {
            return MALFORMED;
        }
        for (const JsonValue& item : *items) {
            auto leaf = chain::hex_text(&item);
            if (!leaf) {
                return MALFORMED;
            }
            leaves.push_back(*std::move(leaf));
        }
        value.hex("", chain::merkle_root(leaves));
        return Result<void>::ok();
    });
}

struct NamedSlot {
    const char* name;
    Hash32 chain::TeeSlots::*slot;
};
constexpr std::array<NamedSlot, 8> TEE_SLOTS = {{
    {"base", &chain::TeeSlots::base},
    {"publicKey", &chain::TeeSlots::public_key},
    {"tlsCertificate", &chain::TeeSlots::tls_certificate},
    {"pcrHash", &chain::TeeSlots::pcr_hash},
    {"flags", &chain::TeeSlots::flags},
    {"registeredAt", &chain::TeeSlots::registered_at},
    {"lastHeartbeatAt", &chain::TeeSlots::last_heartbeat_at},
    {"ohttpConfig", &chain::TeeSlots::ohttp_config},
}};

/// {registry, tee_id | spki_der, tee_type?, pcr_hash?}: the slots that a proof must hold; that of
/// the measurement's record where its type and hash are named.
std::string registry_slots(Fields f) noexcept {
    constexpr ErrorCode INVALID = ErrorCode::CONFIG_INVALID;
    return computed(f[0], INVALID, [](const JsonValue& json, JsonWriter& value) -> Result<void> {
        const auto layout = parse_layout(json.find("registry"));
        if (!layout) {
            return layout.error();
        }
        const auto key = chain::prefixed_hex(json.find("spki_der"));
        const auto named = chain::prefixed_hash(json.find("tee_id"));
        if (!key && !named) {
            return Error{INVALID, "tee_id"};
        }
        const Hash32 tee_id = named ? *named : hash::keccak256(*key);
        const chain::TeeSlots slots = chain::tee_slots(*layout, tee_id);
        value.object();
        value.key("teeId").hex("0x", tee_id);
        value.key("heartbeatMaxAge").hex("0x", chain::heartbeat_max_age_slot(*layout));
        value.key("tlsCertificateData").hex("0x", chain::data_slot(slots.tls_certificate));
        for (const auto& [name, slot] : TEE_SLOTS) {
            value.key(name).hex("0x", slots.*slot);
        }
        const auto type = chain::plain_number(json.find("tee_type"));
        const auto pcr_hash = chain::prefixed_hash(json.find("pcr_hash"));
        if (type && *type <= 255 && pcr_hash) {
            const Hash32 record =
                chain::pcr_record_slot(*layout, static_cast<std::uint8_t>(*type), *pcr_hash);
            value.key("pcrRecord").hex("0x", record);
            value.key("pcrRecordKey").hex("", chain::store_key(layout->address, record));
        }
        value.key("codeHashKey").hex("", chain::code_hash_key(layout->address));
        value.end();
        return Result<void>::ok();
    });
}

/// Words by slot, as a caller has them.
class GivenWords final : public chain::StorageWords {
public:
    explicit GivenWords(const JsonValue* json) noexcept : json_{json} {}
    [[nodiscard]] std::optional<Hash32> word(const Hash32& slot) const noexcept override {
        return chain::prefixed_hash(chain::member(json_, bytes::to_hex_0x(slot).c_str()));
    }

private:
    const JsonValue* json_;
};

/// {slot, words}: the `bytes` or `string` at the slot; words are keyed by their slots in lower
/// case.
std::string read_storage_bytes(Fields f) noexcept {
    constexpr ErrorCode INVALID = ErrorCode::ARGUMENT_INVALID;
    return computed(f[0], INVALID, [](const JsonValue& json, JsonWriter& value) -> Result<void> {
        const auto slot = chain::prefixed_hash(json.find("slot"));
        if (!slot) {
            return Error{INVALID, "slot"};
        }
        const auto bytes = chain::read_stored_bytes(GivenWords{json.find("words")}, *slot);
        if (!bytes) {
            return bytes.error();
        }
        value.hex("0x", *bytes);
        return Result<void>::ok();
    });
}

/// The calldata itself.
std::string decode_registration(Fields f) noexcept {
    const auto decoded = chain::decode_registration(f[0]);
    if (!decoded) {
        return failure_text(decoded.error(), {});
    }
    JsonWriter value;
    value.object();
    value.key("attestation").hex("0x", decoded->attestation);
    value.key("signingPublicKey").hex("0x", decoded->signing_public_key);
    value.key("teeId").hex("0x", decoded->tee_id);
    value.key("tlsCertificate").hex("0x", decoded->tls_certificate);
    value.key("paymentAddress").hex("0x", decoded->payment_address);
    value.key("endpoint").string(decoded->endpoint);
    value.key("teeType").unsigned_number(decoded->tee_type);
    value.end();
    return success_text(value.take(), {}, TrustLevel::unproven);
}

Result<std::vector<Hash32>> read_aunts(const JsonValue* json) noexcept {
    const auto items = chain::items_of(json);
    if (!items || items->size() > chain::MAX_AUNTS) {
        return items ? ErrorCode::CHAIN_LIMIT_EXCEEDED : ErrorCode::TX_PROOF_INVALID;
    }
    std::vector<Hash32> aunts;
    for (const JsonValue& item : *items) {
        const std::string* text = chain::text_of(&item);
        const auto hash = text != nullptr ? bytes::hash_from_hex(*text) : std::nullopt;
        if (!hash) {
            return ErrorCode::TX_PROOF_INVALID;
        }
        aunts.push_back(*hash);
    }
    return aunts;
}

/// {index, total, tx, data_hash, tx_aunts, result, last_results_hash, result_aunts, execution?:
/// "any" | "evm"}, hex: both roots are of headers that the caller trusts.
std::string verify_tx_result(Fields f) noexcept {
    constexpr ErrorCode INVALID = ErrorCode::TX_PROOF_INVALID;
    return computed(f[0], INVALID, [](const JsonValue& json, JsonWriter& value) -> Result<void> {
        const auto hash_at = [&](const char* name) {
            const std::string* text = chain::text_of(json.find(name));
            return text != nullptr ? bytes::hash_from_hex(*text) : std::nullopt;
        };
        auto tx_proof = read_aunts(json.find("tx_aunts"));
        auto result_proof = tx_proof ? read_aunts(json.find("result_aunts")) : tx_proof.error();
        if (!result_proof) {
            return result_proof.error();
        }
        const auto index = chain::plain_number(json.find("index"));
        const auto total = chain::plain_number(json.find("total"));
        const auto data_hash = hash_at("data_hash");
        const auto results_hash = hash_at("last_results_hash");
        auto tx = chain::hex_text(json.find("tx"));
        auto result = chain::hex_text(json.find("result"));
        const JsonValue* word = json.find("execution");
        const std::string* execution = chain::text_of(word);
        const bool known = word == nullptr ||
                           (execution != nullptr && (*execution == "any" || *execution == "evm"));
        if (!index || !total || !data_hash || !results_hash || !tx || !result || !known) {
            return INVALID;
        }
        value.boolean(true);
        return chain::verify_tx(*data_hash, *results_hash,
                                {*index, *total, *std::move(tx), *std::move(tx_proof),
                                 *std::move(result), *std::move(result_proof)},
                                execution != nullptr && *execution == "any"
                                    ? chain::Execution::any
                                    : chain::Execution::evm);
    });
}

constexpr std::array OPERATIONS = {
    Operation{"hash_header", 1, hash_header},
    Operation{"hash_validators", 1, hash_validators},
    Operation{"encode_vote", 1, encode_vote},
    Operation{"merkle_root", 1, merkle_root},
    Operation{"registry_slots", 1, registry_slots},
    Operation{"read_storage_bytes", 1, read_storage_bytes},
    Operation{"decode_registration", 1, decode_registration},
    Operation{"verify_tx_result", 1, verify_tx_result},
};

} // namespace

std::span<const Operation> chain_unit_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
