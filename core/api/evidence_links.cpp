// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/evidence_judgement.hpp"
#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace assay::api {
namespace {

/// How far a receipt's time may lie before that of the attestation or the registration, seconds:
/// two clocks.
constexpr std::uint64_t CLOCKS_APART_S = 60;

} // namespace

Result<void> Judgement::judge_links() noexcept {
    CheckList rows;
    Result<void> linked = Result<void>::ok();
    for (const auto link :
         {&Judgement::link_key, &Judgement::link_registry, &Judgement::link_settlement,
          &Judgement::link_root, &Judgement::link_times, &Judgement::link_proof}) {
        linked = (this->*link)(rows);
        if (!linked) {
            break;
        }
    }
    if (!rows.items().empty()) {
        checks_.group("links", std::move(rows), linked);
    }
    return linked;
}

Result<void> Judgement::contradict(CheckList& rows, const char* link, const char* detail) noexcept {
    return fail(rows, link, {ErrorCode::EVIDENCE_LINK_MISMATCH, "links." + std::string{link}},
                detail);
}

/// The key that signed is the attested enclave's. A contradiction cannot be assumed away.
Result<void> Judgement::link_key(CheckList& rows) noexcept {
    const auto& attestation = bundle_.attestation;
    const bool used = receipt_ || settlement_;
    if (attestation && attestation->key && policy_.signing_key &&
        policy_.signing_key->spki != *attestation->key) {
        return contradict(rows, "key", "the policy names another");
    }
    const bool shown = enclave_ || registry_;
    if (!used && (key_.empty() || !shown)) {
        return Result<void>::ok();
    }
    const Enclave::Binds bound = binding();
    if (bound == Enclave::Binds::another_key) {
        return contradict(rows, "key", "the attestation binds another");
    }
    if (bound == Enclave::Binds::this_key) {
        rows.passed("key", "bound by the attestation");
        return Result<void>::ok();
    }
    if (registry_ && registry_->tee_id == hash::keccak256(key_) && !enclave_) {
        rows.passed("key", "its hash is the id in the registry");
        return Result<void>::ok();
    }
    if (policy_.signing_key) {
        rows.assumed("key", "named by the policy, without evidence");
    } else if (policy_.may_assume_key) {
        rows.assumed("key", "the bundle's word; the policy lets it be assumed");
    } else {
        return contradict(rows, "key", "nothing binds it");
    }
    proven_ = false;
    return Result<void>::ok();
}

/// The TEE of the registry is the one of the key, and runs what was attested.
Result<void> Judgement::link_registry(CheckList& rows) noexcept {
    if (!registry_) {
        return Result<void>::ok();
    }
    if (enclave_ && key_.empty()) {
        return contradict(rows, "registry", "no key joins the attestation and the registry's TEE");
    }
    if (!key_.empty() && registry_->tee_id != hash::keccak256(key_)) {
        return contradict(rows, "registry", "the registry names another key");
    }
    if (enclave_ && bundle_.attestation->kind == evidence::Attestation::Kind::nitro &&
        enclave_->measurement_hash != registry_->record.status.pcr_hash) {
        return contradict(rows, "registry", "the registry names another measurement");
    }
    if (!key_.empty()) {
        rows.passed("registry", "the same TEE");
    }
    return Result<void>::ok();
}

/// A leaf is the receipt's: same enclave, request, output and time; without a reply, the request's.
/// Beside a registry it is of that TEE.
Result<void> Judgement::link_settlement(CheckList& rows) noexcept {
    if (!settlement_ || !(receipt_ || request_hash_ || registry_)) {
        return Result<void>::ok();
    }
    const auto is_receipts = [&](const settlement::Leaf& leaf) {
        if (registry_ && leaf.tee_id != registry_->tee_id) {
            return false;
        }
        if (!receipt_) {
            return !request_hash_ || leaf.input_hash == *request_hash_;
        }
        return leaf.tee_id == receipt_->tee_id() && leaf.input_hash == receipt_->request_hash() &&
               receipt_->output_hash() == leaf.output_hash &&
               leaf.timestamp == bytes::word_from_u64(receipt_->timestamp());
    };
    if (!std::any_of(settlement_->leaves.begin(), settlement_->leaves.end(), is_receipts)) {
        return contradict(rows, "settlement",
                          receipt_        ? "no leaf is this receipt's"
                          : request_hash_ ? "no leaf is this request's"
                                          : "no leaf is this TEE's");
    }
    rows.passed("settlement", receipt_        ? "a leaf has the receipt's enclave, hashes and time"
                              : request_hash_ ? "a leaf has the request's hash"
                                              : "a leaf is of the registry's TEE");
    return Result<void>::ok();
}

/// The root that the bundle claims is one that the policy names; an event proves none by
/// itself.
Result<void> Judgement::link_root(CheckList& rows) noexcept {
    if (!settlement_) {
        return Result<void>::ok();
    }
    if (!policy_.settlement.roots || !settlement_->root) {
        proven_ = false;
        rows.assumed("root", settlement_->root
                                 ? "the bundle's word; the policy names no settled root"
                                 : "the event is the bundle's word");
        return Result<void>::ok();
    }
    if (!policy_.settlement.names(*settlement_->root)) {
        return contradict(rows, "root", "none that the policy names");
    }
    rows.passed("root", "named by the policy");
    if (settlement_->emitter) { // the root is settled; the rest of the event is the log's word
        proven_ = false;
        rows.assumed("event", "the log is the bundle's word");
    }
    return Result<void>::ok();
}

std::uint64_t Judgement::time_of(const settlement::Leaf& leaf) noexcept {
    return bytes::word_to_u64(leaf.timestamp).value_or(UINT64_MAX);
}

/// When the enclave first answered: the time of the receipt or of the earliest leaf.
std::optional<std::uint64_t> Judgement::answered_at() const noexcept {
    std::optional<std::uint64_t> earliest;
    if (receipt_) {
        earliest = receipt_->timestamp();
    }
    if (settlement_) {
        for (const settlement::Leaf& leaf : settlement_->leaves) {
            earliest = std::min(earliest.value_or(UINT64_MAX), time_of(leaf));
        }
    }
    return earliest;
}

/// The enclave was attested, and its registration was done, before it answered.
Result<void> Judgement::link_times(CheckList& rows) noexcept {
    const std::optional<std::uint64_t> answered = answered_at();
    if (!answered || (!enclave_ && !registry_)) {
        return Result<void>::ok();
    }
    const std::uint64_t latest =
        std::max(enclave_ ? enclave_->time_s.value_or(0) : 0,
                 registry_ ? registry_->record.registered_at.value_or(0) : 0);
    if (latest != 0 && latest - std::min(latest, CLOCKS_APART_S) <= *answered) {
        rows.passed("times", "in order");
        return Result<void>::ok();
    }
    const char* detail = latest != 0 ? "answered before" : "none is shown";
    if (!policy_.may_assume_times) {
        return contradict(rows, "times", detail);
    }
    rows.assumed("times", detail);
    return Result<void>::ok();
}

/// A proof says nothing of who asked, answered or was paid: its public values have no form that
/// could be compared with a receipt's.
Result<void> Judgement::link_proof(CheckList& rows) noexcept {
    if (!proof_ || !(receipt_ || enclave_ || registry_ || settlement_)) {
        return Result<void>::ok();
    }
    if (!policy_.may_assume_proof) {
        return contradict(rows, "zk", "nothing joins the proof with the other parts");
    }
    rows.assumed("zk", "nothing joins the proof with the other parts; the policy allows it");
    return Result<void>::ok();
}

} // namespace assay::api
