// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Merkle-Patricia proofs of an Ethereum-like chain (chain-state.md §10). The root comes from the
// caller, as {state_root | receipts_root} or as {block_hash, header_rlp, height?}; nothing here
// authenticates it, and `source` (a trust level, default unproven) says what it is worth.
#include "core/api/operations.hpp"
#include "core/api/verdict_json.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/bytes/rlp.hpp"
#include "core/chain/evm/account.hpp"
#include "core/chain/evm/block.hpp"
#include "core/chain/evm/receipt.hpp"
#include "core/chain/evm/trie.hpp"

#include <array>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using bytes::JsonWriter;

constexpr ErrorCode MALFORMED = ErrorCode::MPT_PROOF_MALFORMED;
constexpr std::size_t MAX_EVIDENCE = std::size_t{16} << 20;

Result<JsonValue> parse(BytesView text, ErrorCode on_error) noexcept {
    if (text.size() > MAX_EVIDENCE) {
        return ErrorCode::CHAIN_LIMIT_EXCEEDED;
    }
    return bytes::parse_json(as_text(text), on_error);
}

struct Anchor {
    Hash32 root;
    TrustLevel source = TrustLevel::unproven;
};

/// @param name of the root where it is given directly
Result<Anchor> read_anchor(const JsonValue& json, const char* name, CheckList& checks) noexcept {
    const Error invalid{ErrorCode::CONFIG_INVALID, "anchor"};
    Anchor anchor{};
    if (const JsonValue* source = json.find("source")) {
        const std::string* word = chain::text_of(source);
        const auto level = word != nullptr ? trust_level(*word) : std::nullopt;
        if (!level) {
            return invalid;
        }
        anchor.source = *level;
    }
    const JsonValue* direct = json.find(name);
    const JsonValue* block = json.find("block_hash");
    const auto root = chain::prefixed_hash(direct);
    const auto hash = chain::prefixed_hash(block);
    if ((direct == nullptr) == (block == nullptr) || (!root && !hash)) {
        return invalid;
    }
    checks.assumed(root ? name : "block hash", "named by the caller");
    if (root) {
        anchor.root = *root;
        return anchor;
    }
    const auto header = chain::prefixed_hex(json.find("header_rlp"));
    const JsonValue* height_json = json.find("height");
    const auto height = chain::plain_number(height_json);
    if (!header || (height_json != nullptr && !height)) {
        return invalid;
    }
    const auto roots = chain::verify_block_header(*hash, *header, height);
    if (!roots) {
        checks.failed("block header", roots.error());
        return roots.error();
    }
    checks.passed("block header", "height " + std::to_string(roots->number));
    anchor.root = std::string_view{name} == "state_root" ? roots->state_root : roots->receipts_root;
    return anchor;
}

void write_quantity(JsonWriter& value, const Hash32& word) noexcept {
    std::string digits = bytes::to_hex(word);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    value.string("0x" + digits);
}

/// What a proof under an anchor shows; writes it, or names the check that failed.
using Prove = Result<void> (*)(const Hash32& root, const JsonValue& evidence, JsonWriter& value,
                               CheckList& checks);

std::string judge_under(Fields f, const char* root, const char* check, Prove prove) noexcept {
    CheckList checks;
    const auto anchor_json = parse(f[0], ErrorCode::CONFIG_INVALID);
    const auto anchor =
        anchor_json ? read_anchor(*anchor_json, root, checks) : Result<Anchor>{anchor_json.error()};
    if (!anchor) {
        return failure_text(anchor.error(), checks);
    }
    const auto evidence = parse(f[1], MALFORMED);
    JsonWriter value;
    const auto proven =
        evidence ? prove(anchor->root, *evidence, value, checks) : Result<void>{evidence.error()};
    if (!proven) {
        checks.failed(check, proven.error());
        return failure_text(proven.error(), checks);
    }
    return success_text(value.take(), checks, anchor->source);
}

Result<void> prove_account(const Hash32& root, const JsonValue& answer, JsonWriter& value,
                           CheckList& checks) noexcept {
    const auto account = chain::verify_account(root, answer);
    if (!account) {
        return account.error();
    }
    checks.passed("account", account->exists ? "" : "there is none");
    value.object();
    value.key("address").hex("0x", account->address);
    value.key("exists").boolean(account->exists);
    value.key("nonce");
    write_quantity(value, account->nonce);
    value.key("balance");
    write_quantity(value, account->balance);
    value.key("storageHash").hex("0x", account->storage_root);
    value.key("codeHash").hex("0x", account->code_hash);
    value.key("storage").array();
    for (const chain::ProvenSlot& slot : account->slots) {
        value.object();
        value.key("slot").hex("0x", slot.slot);
        value.key("value");
        write_quantity(value, slot.value);
        value.end();
    }
    value.end();
    value.end();
    return Result<void>::ok();
}

Result<void> prove_receipt(const Hash32& root, const JsonValue& evidence, JsonWriter& value,
                           CheckList& checks) noexcept {
    const auto index = chain::plain_number(evidence.find("index"));
    const auto nodes = chain::read_nodes(evidence.find("proof"));
    if (!nodes) {
        return nodes.error();
    }
    if (!index) {
        return MALFORMED;
    }
    const auto receipt = chain::verify_receipt(root, *index, *nodes);
    if (!receipt) {
        return receipt.error();
    }
    checks.passed("receipt", "in the block's trie");
    value.object();
    value.key("type").unsigned_number(receipt->type);
    value.key("status");
    if (receipt->status) {
        value.unsigned_number(*receipt->status);
    } else {
        value.null();
    }
    value.key("raw").hex("0x", receipt->raw);
    value.key("logs").array();
    for (const chain::EvmLog& log : receipt->logs) {
        value.object();
        value.key("address").hex("0x", log.address);
        value.key("topics").array();
        for (const Hash32& topic : log.topics) {
            value.hex("0x", topic);
        }
        value.end();
        value.key("data").hex("0x", log.data);
        value.end();
    }
    value.end();
    value.end();
    return Result<void>::ok();
}

/// anchor, the answer to eth_getProof.
std::string verify_mpt_proof(Fields f) noexcept {
    return judge_under(f, "state_root", "account", prove_account);
}

/// anchor, {index, proof}.
std::string verify_receipt_proof(Fields f) noexcept {
    return judge_under(f, "receipts_root", "receipt", prove_receipt);
}

/// {root, key, proof}: the bare walk; the key is used as it is.
std::string verify_trie_proof(Fields f) noexcept {
    CheckList checks;
    const auto json = parse(f[0], MALFORMED);
    if (!json) {
        return failure_text(json.error(), checks);
    }
    const auto root = chain::prefixed_hash(json->find("root"));
    const auto key = chain::prefixed_hex(json->find("key"));
    if (!root || !key) {
        return failure_text({ErrorCode::CONFIG_INVALID, root ? "key" : "root"}, checks);
    }
    checks.assumed("root", "named by the caller");
    const auto nodes = chain::read_nodes(json->find("proof"));
    const auto value = nodes ? chain::walk_trie(*root, *key, *nodes, chain::MAX_STATE_NODE)
                             : Result<std::optional<BytesView>>{nodes.error()};
    if (!value) {
        checks.failed("proof", value.error());
        return failure_text(value.error(), checks);
    }
    JsonWriter out;
    if (*value) {
        out.hex("0x", **value);
    } else {
        out.null();
    }
    checks.passed("proof", *value ? "" : "there is none"); // as of an account
    return success_text(out.take(), checks, TrustLevel::unproven);
}

/// Precondition: read_rlp() gave the item, so all of it is canonical.
void write_rlp(JsonWriter& out, const bytes::RlpItem& item) noexcept {
    if (item.is_string()) {
        out.hex("0x", item.content);
        return;
    }
    out.array();
    for (BytesView rest = item.content; !rest.empty();) {
        write_rlp(out, *bytes::take_rlp(rest));
    }
    out.end();
}

/// Canonical RLP: strings as hex, lists as arrays. For the vectors; no public function.
std::string decode_rlp(Fields f) noexcept {
    const auto item = bytes::read_rlp(f[0]);
    if (!item) {
        return failure_text({MALFORMED}, {});
    }
    JsonWriter out;
    write_rlp(out, *item);
    return success_text(out.take(), {}, TrustLevel::unproven);
}

constexpr std::array OPERATIONS = {
    Operation{"verify_mpt_proof", 2, verify_mpt_proof},
    Operation{"verify_receipt_proof", 2, verify_receipt_proof},
    Operation{"verify_trie_proof", 1, verify_trie_proof},
    Operation{"decode_rlp", 1, decode_rlp},
};

} // namespace

std::span<const Operation> trie_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
