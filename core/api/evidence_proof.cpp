// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/evidence_proof.hpp"

#include "core/api/json_members.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/hash/sha2.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using evidence::Proof;

constexpr std::string_view KEYS = "policy.zk.keys";

/// The code for a key that is not one of the policy's.
ErrorCode other_key(Proof::System system) noexcept {
    return system == Proof::System::ezkl ? ErrorCode::EZKL_VK_MISMATCH : ErrorCode::ZK_VK_INVALID;
}

const ProofKey* find_key(const std::vector<ProofKey>& keys, const Hash32& digest) noexcept {
    const auto found = std::find_if(keys.begin(), keys.end(),
                                    [&](const ProofKey& each) { return each.digest == digest; });
    return found != keys.end() ? &*found : nullptr;
}

std::string_view text_of(const JsonValue* value) noexcept {
    return value != nullptr && value->is(JsonKind::string) ? std::string_view{value->string()}
                                                           : std::string_view{};
}

/// The file in a member; nothing when that is there and is none, or is empty.
std::optional<Bytes> file_of(const JsonValue& entry, const char* member) noexcept {
    const JsonValue* text = entry.find(member);
    auto file = bytes::from_base64(text_of(text));
    if (text != nullptr && file && file->empty()) {
        file.reset();
    }
    return file;
}

Result<ProofKey> read_key(const JsonValue& entry, const std::string& path) noexcept {
    constexpr std::array<std::string_view, 3> KNOWN = {"digest", "key", "srs"};
    if (const auto known = check_members(entry, KNOWN, path); !known) {
        return known.error();
    }
    const auto digest = bytes::hash_from_hex_0x(text_of(entry.find("digest")));
    if (!digest) {
        return invalid(path + ".digest");
    }
    auto key = file_of(entry, "key");
    if (!key || (!key->empty() && hash::sha256(*key) != *digest)) {
        return invalid(path + ".key");
    }
    auto srs = file_of(entry, "srs");
    if (!srs) {
        return invalid(path + ".srs");
    }
    const Hash32 ceremony = hash::sha256(*srs);
    return ProofKey{*digest, *std::move(key), *std::move(srs), ceremony};
}

/// What is said of where in the proof's files something is wrong.
Error inside(ErrorCode code, std::string_view path) noexcept {
    return {code, path.empty() ? "zk" : std::string{"zk: "}.append(path)};
}

/// A value of the operations on proofs, with the name by which the policy knows the key.
std::optional<std::string> named_value(const Proof& proof, const JsonValue* value) noexcept {
    const bool ezkl = proof.system == Proof::System::ezkl;
    const JsonValue* publics =
        value != nullptr ? value->find(ezkl ? "instances" : "publicSignals") : nullptr;
    if (publics == nullptr || !publics->is(JsonKind::array) ||
        text_of(value->find("system")) != name(proof.system)) {
        return std::nullopt;
    }
    bytes::JsonWriter out;
    out.object();
    for (const bytes::JsonMember& member : value->members()) {
        out.key(member.name).raw(member.value.raw());
    }
    out.key("keySha256").hex("0x", proof.key_digest).end();
    return out.take();
}

/// A verdict's text as value or error.
Result<JudgedProof> read_verdict(const Proof& proof, std::string_view text) noexcept {
    const Error unreadable{ErrorCode::ARGUMENT_INVALID, "zk"};
    const auto verdict = bytes::parse_json(text, ErrorCode::ARGUMENT_INVALID);
    const JsonValue* ok = verdict ? verdict->find("ok") : nullptr;
    if (ok == nullptr || !ok->is(JsonKind::boolean)) {
        return unreadable;
    }
    if (!ok->boolean()) {
        const auto code = code_named(text_of(verdict->find("code")));
        return code ? inside(*code, text_of(verdict->find("path"))) : unreadable;
    }
    const auto trust = trust_level(text_of(verdict->find("trust")));
    auto value = named_value(proof, verdict->find("value"));
    if (!trust || !value) {
        return unreadable;
    }
    return JudgedProof{*std::move(value), *trust};
}

} // namespace

Result<std::vector<ProofKey>> read_proof_keys(const JsonValue& zk) noexcept {
    constexpr std::array<std::string_view, 1> KNOWN = {"keys"};
    if (const auto known = check_members(zk, KNOWN, "policy.zk"); !known) {
        return known.error();
    }
    const JsonValue* list = zk.find("keys");
    if (list == nullptr || !list->is(JsonKind::array) || list->items().empty()) {
        return invalid(std::string{KEYS});
    }
    std::vector<ProofKey> keys;
    for (const JsonValue& entry : list->items()) {
        const std::string path = std::string{KEYS} + '[' + std::to_string(keys.size()) + ']';
        auto key = read_key(entry, path);
        if (!key) {
            return key.error();
        }
        if (find_key(keys, key->digest) != nullptr) {
            return invalid(path + ".digest");
        }
        keys.push_back(*std::move(key));
    }
    return keys;
}

Result<ProofFiles> files_of(const Proof& proof, const std::vector<ProofKey>& keys) noexcept {
    if (keys.empty()) {
        return Error{ErrorCode::EVIDENCE_UNSUPPORTED, "zk"};
    }
    const ProofKey* named = find_key(keys, proof.key_digest);
    if (named == nullptr) {
        return Error{other_key(proof.system), "zk.keyDigest"};
    }
    if (proof.system != Proof::System::ezkl && !named->srs.empty()) {
        return invalid(std::string{KEYS});
    }
    const std::array<Hash32, 2> pins = {named->digest, named->srs_digest};
    if (!named->key.empty()) {
        return ProofFiles{named->key, named->srs, pins};
    }
    if (proof.key.empty()) {
        return Error{ErrorCode::EVIDENCE_LINK_MISMATCH, "zk.key"};
    }
    if (hash::sha256(proof.key) != named->digest) {
        return Error{other_key(proof.system), "zk.key"};
    }
    return ProofFiles{proof.key, named->srs, pins};
}

Result<JudgedProof> judge_proof(const Proof& proof, const std::vector<ProofKey>& keys,
                                const ProofHelp& help, CheckList& rows) noexcept {
    const auto files = files_of(proof, keys);
    if (!files) {
        rows.failed("key", files.error());
        return files.error();
    }
    if (help.judge == nullptr && help.verdict.empty()) {
        const Error error{ErrorCode::EVIDENCE_UNSUPPORTED, "zk"};
        rows.failed("proof", error);
        return error;
    }
    rows.passed("key", bytes::to_hex_0x(proof.key_digest) + ", named by the policy");
    auto judged = help.judge != nullptr ? read_verdict(proof, help.judge(proof, *files))
                                        : read_verdict(proof, as_text(help.verdict));
    if (judged) {
        rows.passed("proof");
    } else {
        rows.failed("proof", judged.error());
    }
    return judged;
}

std::string proof_question(const Proof& proof, const ProofFiles& files) noexcept {
    bytes::JsonWriter out;
    out.object();
    out.key("system").string(name(proof.system));
    out.key("proof").string(proof.proof);
    out.key("publicSignals").string(proof.public_signals);
    out.key("pin").hex("", files.pin());
    out.key("key").hex("", files.key);
    out.key("srs").hex("", files.srs);
    out.end();
    return out.take();
}

} // namespace assay::api
