// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/verify_evidence.hpp"

#include "core/api/evidence_judgement.hpp"
#include "core/api/value_json.hpp"
#include "core/api/verdict_json.hpp"
#include "core/api/verify_steps.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/bytes/word.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace assay::api {

std::string Judgement::run() noexcept {
    note_clock(checks_, clock_);
    for (const auto step :
         {&Judgement::attest, &Judgement::judge_registry, &Judgement::judge_receipt,
          &Judgement::judge_settlement, &Judgement::judge_proof, &Judgement::refuse_rest,
          &Judgement::judge_links}) {
        if (const auto done = (this->*step)(); !done) {
            return failure_text(done.error(), checks_);
        }
    }
    const TrustLevel trust = trust_of_path();
    if (const auto trusted = check_trust(policy_.common, trust, checks_); !trusted) {
        return failure_text(trusted.error(), checks_);
    }
    return success_text(value(), checks_, trust);
}

Result<void> Judgement::fail(CheckList& checks, std::string_view check, Error error,
                             std::string_view detail) noexcept {
    checks.failed(check, error, detail);
    return error;
}

/// receipt.md §7, with the key that the attestation or the policy names.
Result<void> Judgement::judge_receipt() noexcept {
    if (!bundle_.response) {
        return bundle_.request ? judge_request() : Result<void>::ok();
    }
    if (!bundle_.request) {
        return fail(checks_, "receipt", {ErrorCode::EVIDENCE_LINK_MISMATCH, "request"},
                    "the reply is not linked with a request");
    }
    if (key_.empty()) {
        return fail(checks_, "receipt", {ErrorCode::EVIDENCE_LINK_MISMATCH, "attestation.key"},
                    "nothing names the signing key");
    }
    const std::string_view request = *bundle_.request;
    const auto profile = profile_of(request);
    if (!profile) {
        return profile.error();
    }
    CheckList rows;
    auto receipt =
        receipt::verify({.spki = key_}, *profile, request, *bundle_.response,
                        form_of(*bundle_.response), policy_.common.freshness, clock_.now, rows);
    checks_.group("receipt", std::move(rows), receipt);
    if (!receipt) {
        return receipt.error();
    }
    receipt_ = *std::move(receipt);
    return Result<void>::ok();
}

/// Without a reply, what an enclave was asked is compared with the settled leaves, where the policy
/// says how it writes that.
Result<void> Judgement::judge_request() noexcept {
    const bool known = (policy_.common.profiles && (enclave_ || registry_)) || pins_profile();
    if (bundle_.settlement.empty() || !known) {
        checks_.not_covered("request", "there is no reply to it");
        return Result<void>::ok();
    }
    const auto profile = profile_of(*bundle_.request);
    if (!profile) {
        return profile.error();
    }
    CheckList rows;
    const auto digest = receipt::digest_request(*bundle_.request, *profile);
    if (digest) {
        request_hash_ = digest->hash;
        for (const std::string& path : digest->not_covered.sorted()) {
            rows.not_covered(path, "in the request, but not signed");
        }
    }
    checks_.group("request", std::move(rows), digest);
    return digest ? Result<void>::ok() : Result<void>{digest.error()};
}

bool Judgement::pins_profile() const noexcept {
    return policy_.signing_key && policy_.signing_key->profile;
}

Result<receipt::Profile> Judgement::profile_of(std::string_view request) noexcept {
    const std::optional<Hash32> measurement = enclave_ ? enclave_->measurement_hash
                                              : registry_
                                                  ? std::optional{registry_->record.status.pcr_hash}
                                                  : std::nullopt;
    return enclave_ || (registry_ && !pins_profile())
               ? profile_by_table(policy_.common.profiles, measurement, request, policy_.request_is,
                                  checks_)
               : pinned_profile();
}

Result<receipt::Profile> Judgement::pinned_profile() noexcept {
    if (!policy_.signing_key->profile) {
        const Error error{ErrorCode::RECEIPT_PROFILE_UNKNOWN, "policy.signing_key.profile"};
        checks_.failed("profile", error);
        return error;
    }
    checks_.assumed("key and profile", "named by the policy, without evidence");
    return *policy_.signing_key->profile;
}

Result<void> Judgement::refuse(bool present, std::string_view part) noexcept {
    return present ? fail(checks_, part, {ErrorCode::EVIDENCE_UNSUPPORTED, part})
                   : Result<void>::ok();
}

/// The registry's facts, by the policy's own rules of the chain. Where nothing else names a
/// key, the one that the query names is the TEE's: its hash is the id.
Result<void> Judgement::judge_registry() noexcept {
    if (!bundle_.registry) {
        return Result<void>::ok();
    }
    const auto& judged = registry_once();
    checks_.group(evidence::REGISTRY, std::move(registry_rows_), judged);
    if (!judged) {
        return judged.error();
    }
    registry_ = *judged;
    return Result<void>::ok();
}

const Result<JudgedRegistry>& Judgement::registry_once() noexcept {
    if (!judged_registry_) {
        judged_registry_.emplace(registry_of(*bundle_.registry, registry_rows_));
    }
    return *judged_registry_;
}

Result<JudgedRegistry> Judgement::registry_of(const evidence::Bundle::Registry& part,
                                              CheckList& rows) noexcept {
    if (!chain_) {
        return Error{ErrorCode::EVIDENCE_UNSUPPORTED, evidence::REGISTRY};
    }
    const auto query_json = bytes::parse_json(part.query, ErrorCode::EVIDENCE_MALFORMED);
    auto query =
        query_json ? parse_query(*query_json) : Result<chain::RegistryQuery>{query_json.error()};
    // Which measurements pass is the policy's to say, at which height the evidence's.
    if (!query || query->pcr_hashes || query->height == 0) {
        return Error{ErrorCode::EVIDENCE_MALFORMED, "registry.query"};
    }
    const auto evidence = parse_chain_evidence(as_bytes(part.evidence));
    if (!evidence) {
        return evidence.error();
    }
    // What others answered, and who they are, would be the bundle's word.
    for (const char* name : {"answers", "calldata"}) {
        if (evidence->find(name) != nullptr) {
            return Error{ErrorCode::EVIDENCE_UNSUPPORTED, "registry.evidence"};
        }
    }
    auto judged = api::judge_registry(*chain_, *query, *evidence, rows);
    if (!judged) {
        return judged.error();
    }
    if (const auto trusted = check_trust(chain_->trust, judged->trust, rows); !trusted) {
        return trusted.error();
    }
    // A list without an entry of the registry's kind pins another enclave, the one attested.
    if (!policy_.common.nitro &&
        (bundle_.attestation || policy_.entries != EvidencePolicy::Entries::usable)) {
        rows.assumed("measurement", "any that the registry approves; the policy pins none");
    } else if (policy_.common.nitro &&
               policy_.common.nitro->pins(judged->record.status.pcr_hash, clock_.now)) {
        rows.passed("measurement", "pinned by the policy");
    } else {
        const Error error{ErrorCode::REGISTRY_PCR_NOT_ALLOWED, "policy.measurements"};
        rows.failed("measurement", error);
        return error;
    }
    if (key_.empty() && query->key) {
        registered_key_ = *std::move(query->key);
        key_ = registered_key_;
    }
    return judged;
}

/// The worst level on the path (api.md "trust").
TrustLevel Judgement::trust_of_path() const noexcept {
    if (!proven_) {
        return TrustLevel::unproven;
    }
    const TrustLevel enclave = enclave_ ? TrustLevel::attested : TrustLevel::proven;
    const TrustLevel proof = proof_ ? proof_->trust : TrustLevel::proven;
    return std::max({enclave, proof, registry_ ? registry_->trust : TrustLevel::proven});
}

Result<void> Judgement::judge_proof() noexcept {
    if (!bundle_.zk) {
        return Result<void>::ok();
    }
    CheckList rows;
    auto judged = api::judge_proof(*bundle_.zk, policy_.proof_keys, help_, rows);
    checks_.group(evidence::ZK, std::move(rows), judged, name(bundle_.zk->system));
    if (!judged) {
        return judged.error();
    }
    proof_ = *std::move(judged);
    return Result<void>::ok();
}

Result<void> Judgement::refuse_rest() noexcept {
    const evidence::Bundle::Unsupported& parts = bundle_.unsupported;
    for (const auto& [present, part] :
         {std::pair{parts.model, evidence::MODEL}, std::pair{parts.claim, evidence::CLAIM}}) {
        if (auto absent = refuse(present, part); !absent) {
            return absent;
        }
    }
    return Result<void>::ok();
}

Result<void> Judgement::judge_settlement() noexcept {
    if (bundle_.settlement.empty()) {
        if (policy_.settlement.roots || policy_.settlement.emitter) {
            checks_.not_covered("settlement", "none; roots and emitter are not applied");
        }
        return Result<void>::ok();
    }
    CheckList rows;
    const auto evidence = bytes::parse_json(bundle_.settlement, ErrorCode::ABI_INVALID);
    auto judged = evidence ? api::judge_settlement(*evidence, key_, policy_.settlement, rows)
                           : Result<JudgedSettlement>{evidence.error()};
    checks_.group("settlement", std::move(rows), judged);
    if (!judged) {
        return judged.error();
    }
    settlement_ = *std::move(judged);
    return date_leaves();
}

/// No leaf is of the future. What is settled is old: the limit of age is held against replies
/// alone, and said of leaves that are older.
Result<void> Judgement::date_leaves() noexcept {
    bool too_old = false;
    for (const settlement::Leaf& leaf : settlement_->leaves) {
        const auto dated =
            receipt::check_freshness(policy_.common.freshness, time_of(leaf), clock_.now);
        if (!dated && dated.error().code != ErrorCode::RECEIPT_TOO_OLD) {
            return fail(checks_, "leaf time", {dated.error().code, "settlement"});
        }
        too_old = too_old || !dated;
    }
    if (too_old) {
        checks_.not_covered("leaf age", "above the limit, which is held against replies alone");
    }
    return Result<void>::ok();
}

std::string Judgement::value() const noexcept {
    bytes::JsonWriter out;
    out.object();
    out.key("attestation");
    if (enclave_) {
        out.object();
        out.key("kind").string(name(bundle_.attestation->kind));
        out.key("measurementHash");
        if (enclave_->measurement_hash) {
            out.string(bytes::to_hex_0x(*enclave_->measurement_hash));
        } else {
            out.null();
        }
        out.key("claims").raw(enclave_->claims);
        out.end();
    } else {
        out.null();
    }
    out.key("receipt");
    if (receipt_) {
        write_receipt(out, *receipt_, nullptr);
    } else {
        out.null();
    }
    out.key("registry");
    if (registry_) {
        write_registry(out, *registry_);
    } else {
        out.null();
    }
    out.key("settlement");
    if (settlement_) {
        write_settlement(out, *settlement_);
    } else {
        out.null();
    }
    out.key("zk").raw(proof_ ? std::string_view{proof_->value} : "null");
    out.end();
    return out.take();
}
Result<EvidenceVerifier> EvidenceVerifier::create(BytesView options) noexcept {
    auto parsed = EvidenceOptions::parse(options);
    return parsed ? Result<EvidenceVerifier>{EvidenceVerifier{*std::move(parsed)}} : parsed.error();
}

std::string EvidenceVerifier::verify(BytesView bundle, PlatformResults platform,
                                     const ProofHelp& help) const noexcept {
    const auto parsed = evidence::Bundle::parse(bundle);
    if (!parsed) {
        return failure_text(parsed.error(), CheckList{});
    }
    return Judgement{options_, *parsed, platform.p384, help}.run();
}

std::string EvidenceVerifier::proof_task(BytesView bundle) const noexcept {
    const auto parsed = evidence::Bundle::parse(bundle);
    if (!parsed) {
        return failure_text(parsed.error(), CheckList{});
    }
    if (!parsed->zk) {
        return success_text("null", CheckList{}, TrustLevel::unproven);
    }
    const auto files = files_of(*parsed->zk, options_.policy.proof_keys);
    return files ? success_text(proof_question(*parsed->zk, *files), CheckList{},
                                TrustLevel::unproven)
                 : failure_text(files.error(), CheckList{});
}

std::string verify_evidence(BytesView bundle, BytesView options, PlatformResults platform,
                            BytesView proof) noexcept {
    const auto verifier = EvidenceVerifier::create(options);
    return verifier ? verifier->verify(bundle, platform, {.verdict = proof})
                    : failure_text(verifier.error(), CheckList{});
}

std::string evidence_proof_task(BytesView bundle, BytesView options) noexcept {
    const auto verifier = EvidenceVerifier::create(options);
    return verifier ? verifier->proof_task(bundle) : failure_text(verifier.error(), CheckList{});
}

} // namespace assay::api
