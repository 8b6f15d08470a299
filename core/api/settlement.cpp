// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/settlement.hpp"

#include "core/bytes/hex.hpp"
#include "core/bytes/word.hpp"
#include "core/settlement/merkle.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <variant>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using bytes::to_hex_0x;
using settlement::Leaf;
using settlement::Log;

constexpr std::size_t MAX_TOPICS = 4;

Error invalid_abi(std::string path) noexcept {
    return {ErrorCode::ABI_INVALID, std::move(path)};
}

std::optional<Bytes> read_hex(const JsonValue* value) noexcept {
    if (value == nullptr || !value->is(JsonKind::string) || !value->string().starts_with("0x")) {
        return std::nullopt;
    }
    return bytes::from_hex(std::string_view{value->string()}.substr(2));
}

std::optional<Hash32> read_word(const JsonValue* value) noexcept {
    if (value == nullptr || !(value->is(JsonKind::number) || value->is(JsonKind::string))) {
        return std::nullopt;
    }
    return bytes::word_from_decimal(value->is(JsonKind::number) ? value->raw()
                                                                : std::string_view{value->string()});
}

Result<std::vector<Hash32>> read_hashes(const JsonValue* value, const std::string& path) noexcept {
    if (value == nullptr || !value->is(JsonKind::array)) {
        return invalid_abi(path);
    }
    std::vector<Hash32> out;
    for (const JsonValue& item : value->items()) {
        const auto hash = read_abi_hash(&item, path + "[" + std::to_string(out.size()) + "]");
        if (!hash) {
            return hash.error();
        }
        out.push_back(*hash);
    }
    return out;
}

/// The leaves that are to be shown and the proof that shows them.
struct Claim {
    std::vector<Leaf> leaves;
    std::vector<Hash32> proof;
    std::optional<std::vector<std::uint8_t>> flags; ///< of a multiproof
};

Result<Claim> read_claim(const JsonValue& evidence) noexcept {
    Claim claim;
    const JsonValue* single = evidence.find("leaf");
    const JsonValue* several = evidence.find("leaves");
    const JsonValue* flags = evidence.find("flags");
    if ((single == nullptr) == (several == nullptr) || (several == nullptr) != (flags == nullptr)) {
        return invalid_abi("leaf");
    }
    if (single != nullptr) {
        auto leaf = read_leaf(*single, "leaf");
        if (!leaf) {
            return leaf.error();
        }
        claim.leaves.push_back(*std::move(leaf));
    } else {
        if (!several->is(JsonKind::array) || !flags->is(JsonKind::array)) {
            return invalid_abi("leaves");
        }
        for (const JsonValue& item : several->items()) {
            auto leaf = read_leaf(item, "leaves[" + std::to_string(claim.leaves.size()) + "]");
            if (!leaf) {
                return leaf.error();
            }
            claim.leaves.push_back(*std::move(leaf));
        }
        claim.flags.emplace();
        for (const JsonValue& item : flags->items()) {
            if (!item.is(JsonKind::boolean)) {
                return invalid_abi("flags");
            }
            claim.flags->push_back(item.boolean() ? 1 : 0);
        }
    }
    auto proof = read_hashes(evidence.find("proof"), "proof");
    if (!proof) {
        return proof.error();
    }
    claim.proof = *std::move(proof);
    return claim;
}

Result<void> verify_claim(const Hash32& root, const Claim& claim) noexcept {
    std::vector<Hash32> hashes;
    for (const Leaf& leaf : claim.leaves) {
        hashes.push_back(settlement::leaf_hash(leaf));
    }
    return claim.flags ? settlement::verify_multiproof(root, hashes, claim.proof, *claim.flags)
                       : settlement::verify_proof(root, hashes.front(), claim.proof);
}

Result<void> check_shape(const JsonValue& evidence) noexcept {
    constexpr std::array<std::string_view, 7> KNOWN = {"kind",  "root",   "event", "leaf",
                                                       "proof", "leaves", "flags"};
    if (!evidence.is(JsonKind::object)) {
        return invalid_abi("settlement");
    }
    for (const bytes::JsonMember& member : evidence.members()) {
        if (std::find(KNOWN.begin(), KNOWN.end(), member.name) == KNOWN.end()) {
            return invalid_abi("settlement." + member.name);
        }
    }
    if ((evidence.find("root") == nullptr) == (evidence.find("event") == nullptr)) {
        return invalid_abi("root");
    }
    return Result<void>::ok();
}

/// Whether the member `kind`, if there is one, says the same.
bool agrees(const JsonValue& evidence, JudgedSettlement::Kind kind) noexcept {
    const JsonValue* claimed = evidence.find("kind");
    return claimed == nullptr ||
           (claimed->is(JsonKind::string) &&
            claimed->string() == (kind == JudgedSettlement::Kind::batch ? "batch" : "individual"));
}

/// The event's part of the evidence. @return nothing for evidence that names a root.
Result<std::optional<settlement::SettlementEvent>>
read_event(const JsonValue& evidence, const std::optional<settlement::Address>& pinned,
           JudgedSettlement& judged, CheckList& checks) noexcept {
    const JsonValue* event = evidence.find("event");
    if (event == nullptr) {
        return std::optional<settlement::SettlementEvent>{};
    }
    const auto log = read_log(*event);
    if (!log) {
        return log.error();
    }
    auto decoded = settlement::decode_settlement_event(*log);
    if (!decoded) {
        return decoded.error();
    }
    judged.emitter = log->address;
    if (const auto emitter = check_emitter(*log, pinned, checks); !emitter) {
        return emitter.error();
    }
    return std::optional{*std::move(decoded)};
}

Result<void> check_signatures(JudgedSettlement& judged, BytesView key, CheckList& checks) noexcept {
    judged.signatures_checked = !key.empty();
    if (key.empty()) {
        checks.assumed("receipt signature",
                       "no key was given; whoever settles a batch may put anything in a leaf");
        return Result<void>::ok();
    }
    for (const Leaf& leaf : judged.leaves) {
        CheckList rows;
        const auto valid = settlement::verify_leaf_signature(key, leaf, rows);
        checks.group("receipt signature", std::move(rows));
        if (!valid) {
            return valid;
        }
    }
    return Result<void>::ok();
}

} // namespace

Result<Hash32> read_abi_hash(const JsonValue* value, const std::string& path) noexcept {
    const auto decoded = read_hex(value);
    Hash32 hash{};
    if (!decoded || decoded->size() != hash.size()) {
        return invalid_abi(path);
    }
    std::copy(decoded->begin(), decoded->end(), hash.begin());
    return hash;
}

Result<Leaf> read_leaf(const JsonValue& value, const std::string& path) noexcept {
    constexpr std::size_t MEMBERS = 5;
    if (!value.is(JsonKind::object) || value.members().size() != MEMBERS) {
        return invalid_abi(path);
    }
    const auto tee_id = read_abi_hash(value.find("teeId"), path + ".teeId");
    const auto input_hash = read_abi_hash(value.find("inputHash"), path + ".inputHash");
    const auto output_hash = read_abi_hash(value.find("outputHash"), path + ".outputHash");
    for (const auto* hash : {&tee_id, &input_hash, &output_hash}) {
        if (!*hash) {
            return hash->error();
        }
    }
    auto signature = read_hex(value.find("signature"));
    if (!signature) {
        return invalid_abi(path + ".signature");
    }
    const auto timestamp = read_word(value.find("timestamp"));
    if (!timestamp) {
        return invalid_abi(path + ".timestamp");
    }
    return Leaf{*tee_id, *input_hash, *output_hash, *std::move(signature), *timestamp};
}

Result<Log> read_log(const JsonValue& value) noexcept {
    Log log{};
    const auto address = read_hex(value.find("address"));
    if (!address || address->size() != log.address.size()) {
        return invalid_abi("address");
    }
    std::copy(address->begin(), address->end(), log.address.begin());
    auto topics = read_hashes(value.find("topics"), "topics");
    if (!topics) {
        return topics.error();
    }
    if (topics->size() > MAX_TOPICS) {
        return invalid_abi("topics");
    }
    log.topics = *std::move(topics);
    auto data = read_hex(value.find("data"));
    if (!data) {
        return invalid_abi("data");
    }
    log.data = *std::move(data);
    return log;
}

Result<void> check_emitter(const Log& log, const std::optional<settlement::Address>& pinned,
                           CheckList& checks) noexcept {
    const std::string address = to_hex_0x(log.address);
    if (!pinned) {
        checks.assumed("emitter", address + ", not compared with a pinned contract");
        return Result<void>::ok();
    }
    if (*pinned != log.address) {
        const Error error{ErrorCode::EMITTER_MISMATCH, "address"};
        checks.failed("emitter", error, address + ", pinned is " + to_hex_0x(*pinned));
        return error;
    }
    checks.passed("emitter", address);
    return Result<void>::ok();
}

Result<JudgedSettlement> judge_settlement(const JsonValue& evidence, BytesView key,
                                          const std::optional<settlement::Address>& emitter,
                                          CheckList& checks) noexcept {
    const auto fail = [&](std::string_view check, const Error& error) {
        checks.failed(check, error);
        return error;
    };
    if (const auto shape = check_shape(evidence); !shape) {
        return fail("settlement", shape.error());
    }
    JudgedSettlement judged{JudgedSettlement::Kind::batch, {}, {}, {}, {}, false};
    auto event = read_event(evidence, emitter, judged, checks);
    if (!event) {
        return event.error().code == ErrorCode::EMITTER_MISMATCH
                   ? event.error()
                   : fail("settlement event", event.error());
    }
    auto* individual = *event ? std::get_if<settlement::IndividualSettlement>(&**event) : nullptr;
    if (individual != nullptr) {
        judged.kind = JudgedSettlement::Kind::individual;
    }
    if (!agrees(evidence, judged.kind)) {
        return fail("settlement", invalid_abi("kind"));
    }
    if (individual != nullptr) {
        for (const char* member : {"leaf", "leaves", "proof", "flags"}) {
            if (evidence.find(member) != nullptr) {
                return fail("settlement", invalid_abi(member)); // the event is the leaf
            }
        }
        judged.leaves.push_back(std::move(individual->leaf));
        judged.blob_id = std::move(individual->blob_id);
        checks.passed("settlement event", "IndividualSettlement");
    } else {
        if (*event) {
            auto& batch = std::get<settlement::BatchSettlement>(**event);
            judged.root = batch.root;
            judged.blob_id = std::move(batch.blob_id);
            checks.passed("settlement event",
                          "BatchSettlement of " + bytes::word_to_decimal(batch.size));
        } else {
            const auto root = read_abi_hash(evidence.find("root"), "root");
            if (!root) {
                return fail("settlement", root.error());
            }
            judged.root = *root;
            checks.assumed("settlement root", to_hex_0x(*root) + ", named by the caller");
        }
        auto claim = read_claim(evidence);
        if (!claim) {
            return fail("settlement", claim.error());
        }
        if (const auto proof = verify_claim(*judged.root, *claim); !proof) {
            return fail("merkle proof", proof.error());
        }
        checks.passed("merkle proof", std::to_string(claim->proof.size()) + " nodes");
        judged.leaves = std::move(claim->leaves);
    }
    if (judged.emitter) {
        checks.not_covered("blob", "nothing binds the stored blob to the hashes");
    }
    if (const auto signatures = check_signatures(judged, key, checks); !signatures) {
        return signatures.error();
    }
    return judged;
}

void write_leaf(bytes::JsonWriter& out, const Leaf& leaf) noexcept {
    out.object();
    out.key("leafHash").string(to_hex_0x(settlement::leaf_hash(leaf)));
    out.key("teeId").string(to_hex_0x(leaf.tee_id));
    out.key("inputHash").string(to_hex_0x(leaf.input_hash));
    out.key("outputHash").string(to_hex_0x(leaf.output_hash));
    out.key("signature").string(to_hex_0x(leaf.signature));
    out.key("timestamp").string(bytes::word_to_decimal(leaf.timestamp));
    out.end();
}

void write_settlement(bytes::JsonWriter& out, const JudgedSettlement& judged) noexcept {
    out.object();
    out.key("kind").string(judged.kind == JudgedSettlement::Kind::batch ? "batch" : "individual");
    out.key("root");
    if (judged.root) {
        out.string(to_hex_0x(*judged.root));
    } else {
        out.null();
    }
    out.key("leaves").array();
    for (const Leaf& leaf : judged.leaves) {
        write_leaf(out, leaf);
    }
    out.end();
    out.key("emitter");
    if (judged.emitter) {
        out.string(to_hex_0x(*judged.emitter));
    } else {
        out.null();
    }
    out.key("blobId").string(bytes::to_hex(judged.blob_id));
    out.key("signaturesChecked").boolean(judged.signatures_checked);
    out.end();
}

} // namespace assay::api
