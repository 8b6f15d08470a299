// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/evidence_proof.hpp"

#include "core/api/json_members.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using evidence::Proof;

constexpr const char* KEYS = "policy.zk.keys";

/// The code for a key that the policy does not name.
ErrorCode unnamed_key(Proof::System system) noexcept {
    return system == Proof::System::ezkl ? ErrorCode::EZKL_VK_MISMATCH : ErrorCode::ZK_VK_INVALID;
}

std::string_view text_of(const JsonValue* value) noexcept {
    return value != nullptr && value->is(JsonKind::string) ? std::string_view{value->string()}
                                                           : std::string_view{};
}

std::optional<ProofKey> read_key(const JsonValue& entry) noexcept {
    constexpr std::array<std::string_view, 2> KNOWN = {"digest", "key"};
    constexpr std::string_view PREFIX = "0x";
    if (!check_members(entry, KNOWN, "")) {
        return std::nullopt;
    }
    const std::string_view text = text_of(entry.find("digest"));
    const auto digest =
        text.starts_with(PREFIX) ? bytes::hash_from_hex(text.substr(PREFIX.size())) : std::nullopt;
    const JsonValue* file = entry.find("key");
    auto key = bytes::from_base64(text_of(file));
    if (!digest || !key || (file != nullptr && key->empty())) {
        return std::nullopt;
    }
    return ProofKey{*digest, *std::move(key)};
}

/// A verdict's text as value or error.
Result<JudgedProof> read_verdict(std::string_view text) noexcept {
    const Error unreadable{ErrorCode::ARGUMENT_INVALID, "zk"};
    const auto verdict = bytes::parse_json(text, ErrorCode::ARGUMENT_INVALID);
    const JsonValue* ok = verdict ? verdict->find("ok") : nullptr;
    if (ok == nullptr || !ok->is(JsonKind::boolean)) {
        return unreadable;
    }
    if (!ok->boolean()) {
        const auto code = code_named(text_of(verdict->find("code")));
        return code ? Error{*code, text_of(verdict->find("path"))} : unreadable;
    }
    const auto trust = trust_level(text_of(verdict->find("trust")));
    const JsonValue* value = verdict->find("value");
    if (!trust || value == nullptr) {
        return unreadable;
    }
    return JudgedProof{std::string{value->raw()}, *trust};
}

} // namespace

Result<std::vector<ProofKey>> read_proof_keys(const JsonValue& zk) noexcept {
    constexpr std::array<std::string_view, 1> KNOWN = {"keys"};
    const JsonValue* list = check_members(zk, KNOWN, "") ? zk.find("keys") : nullptr;
    if (list == nullptr || !list->is(JsonKind::array) || list->items().empty()) {
        return invalid(KEYS);
    }
    std::vector<ProofKey> keys;
    for (const JsonValue& entry : list->items()) {
        auto key = read_key(entry);
        if (!key) {
            return invalid(KEYS);
        }
        keys.push_back(*std::move(key));
    }
    return keys;
}

Result<BytesView> key_of(const Proof& proof, const std::vector<ProofKey>& keys) noexcept {
    if (keys.empty()) {
        return Error{ErrorCode::EVIDENCE_UNSUPPORTED, "zk"};
    }
    const auto named = std::find_if(keys.begin(), keys.end(), [&](const ProofKey& each) {
        return each.digest == proof.key_digest;
    });
    if (named == keys.end()) {
        return Error{unnamed_key(proof.system), "zk.keyDigest"};
    }
    const BytesView key = named->key.empty() ? BytesView{proof.key} : BytesView{named->key};
    return key.empty() ? Result<BytesView>{Error{ErrorCode::EVIDENCE_LINK_MISMATCH, "zk.key"}}
                       : key;
}

Result<JudgedProof> judge_proof(const Proof& proof, const std::vector<ProofKey>& keys,
                                const ProofHelp& help, CheckList& rows) noexcept {
    const auto key = key_of(proof, keys);
    if (!key) {
        rows.failed("key", key.error());
        return key.error();
    }
    if (help.judge == nullptr && help.verdict.empty()) {
        const Error error{ErrorCode::EVIDENCE_UNSUPPORTED, "zk"};
        rows.failed("proof", error);
        return error;
    }
    auto judged = help.judge != nullptr ? read_verdict(help.judge(proof, *key))
                                        : read_verdict(as_text(help.verdict));
    if (!judged) {
        rows.failed("proof", judged.error());
        return judged;
    }
    rows.passed("key", "named by the policy");
    rows.passed("proof");
    return judged;
}

std::string proof_question(const Proof& proof, BytesView key) noexcept {
    bytes::JsonWriter out;
    out.object();
    out.key("system").string(name(proof.system));
    out.key("proof").string(proof.proof);
    out.key("publicSignals").string(proof.public_signals);
    out.key("digest").hex("", proof.key_digest);
    out.key("key").hex("", key);
    out.end();
    return out.take();
}

} // namespace assay::api
