// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/settlement.hpp"

#include "core/api/json_members.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/word.hpp"
#include "core/evidence/bundle.hpp"
#include "core/settlement/merkle.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using settlement::Leaf;
using settlement::Log;

constexpr std::size_t MAX_TOPICS = 4;

Error invalid_abi(std::string_view path) noexcept {
    return {ErrorCode::ABI_INVALID, path};
}

std::optional<Bytes> read_hex(const JsonValue* value) noexcept {
    return value != nullptr && value->is(JsonKind::string) ? bytes::from_hex_0x(value->string())
                                                           : std::nullopt;
}

/// @return whether the member is hex of exactly so many bytes, which are then in @p out.
bool read_fixed(const JsonValue* value, std::span<std::uint8_t> out) noexcept {
    const auto decoded = read_hex(value);
    if (!decoded || decoded->size() != out.size()) {
        return false;
    }
    std::copy(decoded->begin(), decoded->end(), out.begin());
    return true;
}

bool read_word(const JsonValue* value, Hash32& out) noexcept {
    std::string_view digits;
    if (value != nullptr && value->is(JsonKind::number)) {
        digits = value->raw();
    } else if (value != nullptr && value->is(JsonKind::string)) {
        digits = value->string();
    }
    const auto word = bytes::word_from_decimal(digits);
    out = word.value_or(Hash32{});
    return word.has_value();
}

bool read_hashes(const JsonValue* value, std::vector<Hash32>& out) noexcept {
    if (value == nullptr || !value->is(JsonKind::array)) {
        return false;
    }
    out.resize(value->items().size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (!read_fixed(&value->items()[i], out[i])) {
            return false;
        }
    }
    return true;
}

/// The proof of one leaf or of several.
struct Proof {
    std::vector<Hash32> nodes;
    std::vector<std::uint8_t> flags; ///< of a multiproof
};

/// The leaves that are to be shown and the proof that shows them.
/// @return the path of what is not of its form, "" when all is.
std::string_view read_claim(const JsonValue& evidence, std::vector<Leaf>& leaves,
                            Proof& proof) noexcept {
    const JsonValue* single = evidence.find("leaf");
    const JsonValue* several = evidence.find("leaves");
    const JsonValue* flags = evidence.find("flags");
    if ((single == nullptr) == (several == nullptr) || (several == nullptr) != (flags == nullptr)) {
        return "leaf";
    }
    if (several != nullptr && !several->is(JsonKind::array)) {
        return "leaves";
    }
    for (const JsonValue& item : several == nullptr ? std::span{single, 1} : several->items()) {
        auto leaf = read_leaf(item);
        if (!leaf) {
            return "leaf";
        }
        leaves.push_back(*std::move(leaf));
    }
    if (flags != nullptr) {
        if (!flags->is(JsonKind::array)) {
            return "flags";
        }
        for (const JsonValue& item : flags->items()) {
            if (!item.is(JsonKind::boolean)) {
                return "flags";
            }
            proof.flags.push_back(item.boolean() ? 1 : 0);
        }
    }
    return read_hashes(evidence.find("proof"), proof.nodes) ? "" : "proof";
}

Result<void> verify_claim(const Hash32& root, const std::vector<Leaf>& leaves, const Proof& proof,
                          bool several) noexcept {
    std::vector<Hash32> hashes(leaves.size());
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        hashes[i] = settlement::leaf_hash(leaves[i]);
    }
    return several ? settlement::verify_multiproof(root, hashes, proof.nodes, proof.flags)
                   : settlement::verify_proof(root, hashes.front(), proof.nodes);
}

/// One run over the evidence. Every step returns its failure after it has recorded it.
class Judge {
public:
    Judge(const JsonValue& evidence, CheckList& checks) noexcept
        : evidence_{evidence}, checks_{checks} {}

    Result<JudgedSettlement> run(BytesView key, const SettlementPins& pins) noexcept {
        const auto origin = read_origin(pins);
        const auto proven = !origin || individual() ? origin : prove();
        if (!proven) {
            return proven.error();
        }
        if (judged_.emitter) {
            checks_.not_covered("blob", "nothing binds the stored blob to the hashes");
        }
        if (const auto signatures = check_signatures(key); !signatures) {
            return signatures.error();
        }
        return std::move(judged_);
    }

private:
    using Kind = JudgedSettlement::Kind;

    [[nodiscard]] bool individual() const noexcept { return judged_.kind == Kind::individual; }

    Error fail(std::string_view check, const Error& error) noexcept {
        checks_.failed(check, error);
        return error;
    }

    Error malformed(std::string_view path) noexcept {
        return fail("settlement", invalid_abi(path));
    }

    /// The event, or the root that the caller names.
    Result<void> read_origin(const SettlementPins& pins) noexcept {
        if (!check_members(evidence_, evidence::SETTLEMENT_MEMBERS, "")) {
            return malformed("settlement");
        }
        const JsonValue* event = evidence_.find("event");
        const JsonValue* root = evidence_.find("root");
        if ((root == nullptr) == (event == nullptr)) {
            return malformed("root");
        }
        if (event != nullptr) {
            if (const auto read = read_event(*event, pins.emitter); !read) {
                return read;
            }
        } else {
            if (!read_fixed(root, judged_.root.emplace())) {
                return malformed("root");
            }
            checks_.assumed("settlement root", "stated beside the proof; no event says it");
            if (pins.emitter && !pins.names(*judged_.root)) {
                // Who leaves the event out must not thereby get past the contract that is asked
                // for.
                const Error error{ErrorCode::EMITTER_MISMATCH, "event"};
                checks_.failed("emitter", error, "no event names the contract");
                return error;
            }
            if (pins.emitter) {
                checks_.not_covered("emitter", "no event; the policy names the root");
            }
        }
        const JsonValue* kind = evidence_.find("kind");
        if (kind != nullptr && !(kind->is(JsonKind::string) &&
                                 kind->string() == (individual() ? "individual" : "batch"))) {
            return malformed("kind");
        }
        return Result<void>::ok();
    }

    Result<void> read_event(const JsonValue& event,
                            const std::optional<settlement::Address>& emitter) noexcept {
        const auto log = read_log(event);
        if (!log) {
            return fail("settlement event", log.error());
        }
        auto decoded = settlement::decode_settlement_event(*log);
        if (!decoded) {
            return fail("settlement event", decoded.error());
        }
        judged_.emitter = log->address;
        if (const auto pinned = check_emitter(*log, emitter, checks_); !pinned) {
            return pinned;
        }
        if (auto* batch = std::get_if<settlement::BatchSettlement>(&*decoded)) {
            judged_.root = batch->root;
            judged_.blob_id = std::move(batch->blob_id);
            checks_.assumed("settlement event", "BatchSettlement of " +
                                                    bytes::word_to_decimal(batch->size) +
                                                    ", the log as it was given");
            return Result<void>::ok();
        }
        auto& one = std::get<settlement::IndividualSettlement>(*decoded);
        judged_.kind = Kind::individual;
        judged_.leaves.push_back(std::move(one.leaf));
        judged_.blob_id = std::move(one.blob_id);
        for (const std::string_view member : {"leaf", "leaves", "proof", "flags"}) {
            if (evidence_.find(member) != nullptr) {
                return malformed(member); // the event is the leaf
            }
        }
        checks_.assumed("settlement event", "IndividualSettlement, the log as it was given");
        return Result<void>::ok();
    }

    Result<void> prove() noexcept {
        Proof proof;
        const std::string_view fault = read_claim(evidence_, judged_.leaves, proof);
        if (!fault.empty()) {
            return malformed(fault);
        }
        const bool several = evidence_.find("leaves") != nullptr;
        const auto proven = verify_claim(*judged_.root, judged_.leaves, proof, several);
        if (!proven) {
            return fail("merkle proof", proven.error());
        }
        checks_.passed("merkle proof", std::to_string(proof.nodes.size()) + " nodes");
        return proven;
    }

    Result<void> check_signatures(BytesView key) noexcept {
        judged_.signatures_checked = !key.empty();
        if (key.empty()) {
            checks_.assumed("receipt signature",
                            "no key was given; whoever settles a batch may put anything in a leaf");
            return Result<void>::ok();
        }
        for (const Leaf& leaf : judged_.leaves) {
            CheckList rows;
            const auto valid = settlement::verify_leaf_signature(key, leaf, rows);
            checks_.group("receipt signature", std::move(rows), valid);
            if (!valid) {
                return valid;
            }
        }
        return Result<void>::ok();
    }

    const JsonValue& evidence_;
    CheckList& checks_;
    JudgedSettlement judged_{};
};

} // namespace

Result<Hash32> read_abi_hash(const JsonValue* value, std::string_view path) noexcept {
    Hash32 hash{};
    if (!read_fixed(value, hash)) {
        return invalid_abi(path);
    }
    return hash;
}

std::optional<settlement::Address> read_address(const JsonValue* value) noexcept {
    settlement::Address address{};
    return read_fixed(value, address) ? std::optional{address} : std::nullopt;
}

Result<Leaf> read_leaf(const JsonValue& value) noexcept {
    constexpr std::size_t MEMBERS = 5;
    Leaf leaf{};
    auto signature = read_hex(value.find("signature"));
    if (!value.is(JsonKind::object) || value.members().size() != MEMBERS ||
        !read_fixed(value.find("teeId"), leaf.tee_id) ||
        !read_fixed(value.find("inputHash"), leaf.input_hash) ||
        !read_fixed(value.find("outputHash"), leaf.output_hash) || !signature ||
        !read_word(value.find("timestamp"), leaf.timestamp)) {
        return invalid_abi("leaf");
    }
    leaf.signature = *std::move(signature);
    return leaf;
}

Result<Log> read_log(const JsonValue& value) noexcept {
    Log log{};
    auto data = read_hex(value.find("data"));
    if (!data || !read_fixed(value.find("address"), log.address) ||
        !read_hashes(value.find("topics"), log.topics) || log.topics.size() > MAX_TOPICS) {
        return invalid_abi("event");
    }
    const JsonValue* removed = value.find("removed");
    if (removed != nullptr && !(removed->is(JsonKind::boolean) && !removed->boolean())) {
        return invalid_abi("event.removed");
    }
    log.data = *std::move(data);
    return log;
}

Result<void> check_emitter(const Log& log, const std::optional<settlement::Address>& pinned,
                           CheckList& checks) noexcept {
    const std::string address = bytes::to_hex_0x(log.address);
    if (!pinned) {
        checks.assumed("emitter", address + ", not compared with a pinned contract");
        return Result<void>::ok();
    }
    if (*pinned != log.address) {
        const Error error{ErrorCode::EMITTER_MISMATCH, "address"};
        checks.failed("emitter", error, address);
        return error;
    }
    checks.passed("emitter", address + ", as the log says");
    return Result<void>::ok();
}

bool SettlementPins::names(const Hash32& root) const noexcept {
    return roots && std::find(roots->begin(), roots->end(), root) != roots->end();
}

Result<JudgedSettlement> judge_settlement(const JsonValue& evidence, BytesView key,
                                          const SettlementPins& pins, CheckList& checks) noexcept {
    return Judge{evidence, checks}.run(key, pins);
}

void write_leaf(bytes::JsonWriter& out, const Leaf& leaf) noexcept {
    out.object();
    out.key("leafHash").hex("0x", settlement::leaf_hash(leaf));
    out.key("teeId").hex("0x", leaf.tee_id);
    out.key("inputHash").hex("0x", leaf.input_hash);
    out.key("outputHash").hex("0x", leaf.output_hash);
    out.key("signature").hex("0x", leaf.signature);
    out.key("timestamp").string(bytes::word_to_decimal(leaf.timestamp));
    out.end();
}

void write_settlement(bytes::JsonWriter& out, const JudgedSettlement& judged) noexcept {
    const auto optional_hex = [&](std::string_view name, const auto& value) {
        out.key(name);
        if (value) {
            out.hex("0x", *value);
        } else {
            out.null();
        }
    };
    out.object();
    out.key("kind").string(judged.kind == JudgedSettlement::Kind::batch ? "batch" : "individual");
    optional_hex("root", judged.root);
    out.key("leaves").array();
    for (const Leaf& leaf : judged.leaves) {
        write_leaf(out, leaf);
    }
    out.end();
    optional_hex("emitter", judged.emitter);
    out.key("blobId").hex("", judged.blob_id);
    out.key("signaturesChecked").boolean(judged.signatures_checked);
    out.end();
}

} // namespace assay::api
