// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/attestation_json.hpp"
#include "core/api/evidence_judgement.hpp"
#include "core/api/verdict_json.hpp"
#include "core/api/verify_steps.hpp"
#include "core/attestation/snp.hpp"
#include "core/attestation/tdx.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/hash/keccak256.hpp"
#include "core/hash/sha2.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace assay::api {
namespace {

using bytes::JsonWriter;
using evidence::Attestation;
using evidence::Bundle;

/// A quote or a report binds the key when the policy pins the report data and half of that is a
/// hash of the key, as in the user data of a Nitro document or as in the enclave's id. Report data
/// that nobody pinned binds nothing: half of it is usually a nonce, which whoever asks for the
/// quote chooses.
Enclave::Binds binding_of(const std::optional<Bytes>& pinned, BytesView key) noexcept {
    if (!pinned || pinned->size() != 2 * sizeof(Hash32)) {
        return Enclave::Binds::nothing;
    }
    const BytesView report_data{*pinned};
    const auto holds = [&](const Hash32& digest) {
        return std::equal(digest.begin(), digest.end(), report_data.begin()) ||
               std::equal(digest.begin(), digest.end(), report_data.end() - sizeof(Hash32));
    };
    const bool bound = !key.empty() && (holds(hash::sha256(key)) || holds(hash::keccak256(key)));
    return bound ? Enclave::Binds::this_key : Enclave::Binds::nothing;
}

} // namespace

Result<void> Judgement::attest() noexcept {
    if (!bundle_.attestation) {
        return miss_attestation();
    }
    CheckList rows;
    auto now = judge_attestation(*bundle_.attestation, rows);
    CheckList then_rows;
    std::optional<Enclave> then;
    if (!now && is_past(now.error().code)) {
        then = judge_at_registration(then_rows);
    }
    auto enclave = then ? Result<Enclave>{*std::move(then)} : std::move(now);
    checks_.group("attestation", std::move(then ? then_rows : rows), enclave,
                  name(bundle_.attestation->kind));
    if (!enclave) {
        return enclave.error();
    }
    enclave_ = *std::move(enclave);
    return Result<void>::ok();
}

/// Who leaves the attestation out must not thereby get past what is demanded of it. The registry
/// knows the measurement, but no nonce and no user data.
Result<void> Judgement::miss_attestation() noexcept {
    if (policy_.entries == EvidencePolicy::Entries::unusable) {
        return no_entry(ErrorCode::POLICY_INVALID, checks_);
    }
    std::string unmet;
    if (policy_.entries == EvidencePolicy::Entries::usable && !bundle_.registry) {
        unmet += " measurements";
    }
    unmet += policy_.demands;
    if (!unmet.empty()) {
        checks_.not_covered("attestation", "none; not applied:" + unmet);
    }
    const bool proof_alone = bundle_.zk && !bundle_.response && bundle_.settlement.empty();
    proven_ = (bundle_.registry || proof_alone) && !policy_.demands_content;
    return Result<void>::ok();
}

bool Judgement::is_past(ErrorCode code) noexcept {
    return code == ErrorCode::NITRO_CERT_EXPIRED || code == ErrorCode::NITRO_TOO_OLD;
}

/// A stored Nitro document at the time at which the registry's state proves that its TEE was
/// registered: the one clock but the caller's (chain-state.md §7.3). It must be of the record's
/// key and measurement.
std::optional<Enclave> Judgement::judge_at_registration(CheckList& rows) noexcept {
    if (!bundle_.registry || bundle_.attestation->kind != Attestation::Kind::nitro) {
        return std::nullopt;
    }
    const auto& registry = registry_once(); // judge_registry() shows its rows in their place
    if (!registry || registry->trust != TrustLevel::proven || !registry->record.registered_at) {
        return std::nullopt;
    }
    rows.passed("clock", "the proven time of the registration");
    const auto moment = static_cast<std::int64_t>(*registry->record.registered_at);
    auto enclave = judge_nitro(*bundle_.attestation, moment, rows);
    const bool same = enclave && !key_.empty() && registry->tee_id == hash::keccak256(key_) &&
                      enclave->signing_key == hash::sha256(key_) &&
                      enclave->measurement_hash == registry->record.status.pcr_hash;
    return same ? std::optional{*std::move(enclave)} : std::nullopt;
}

Result<Enclave> Judgement::judge_attestation(const Attestation& given,
                                             CheckList& rows) const noexcept {
    constexpr std::array EMPTY = {ErrorCode::NITRO_PCR_POLICY_EMPTY, ErrorCode::TDX_POLICY_EMPTY,
                                  ErrorCode::SNP_POLICY_EMPTY};
    static_assert(EMPTY.size() == static_cast<std::size_t>(Attestation::Kind::snp) + 1);
    // A policy of the chain alone is whole: an attestation beside it has an enclave that it does
    // not name, and is no reason to blame the caller.
    if (policy_.entries == EvidencePolicy::Entries::unusable ||
        (policy_.entries == EvidencePolicy::Entries::absent && !chain_)) {
        return no_entry(EMPTY[static_cast<std::size_t>(given.kind)], rows);
    }
    switch (given.kind) {
    case Attestation::Kind::nitro:
        return judge_nitro(given, clock_.now, rows);
    case Attestation::Kind::tdx:
        return judge_tdx(given, rows);
    case Attestation::Kind::snp:
        break;
    }
    return judge_snp(given, rows);
}

/// The policy has no entry of the family. No usable list at all is the caller's fault, found
/// before the evidence is looked at; entries of other families do not match, which the last
/// step finds.
Error Judgement::no_entry(ErrorCode code, CheckList& rows) noexcept {
    const Error error{code, "policy.measurements"};
    rows.failed("measurements", error);
    return error;
}

Result<Enclave> Judgement::judge_nitro(const Attestation& given, std::int64_t now,
                                       CheckList& rows) const noexcept {
    constexpr std::uint64_t MILLISECONDS = 1000;
    const auto& root = policy_.common.root;
    note_root(rows, root);
    ChosenP384Verifier verifier{p384_};
    if (!policy_.common.nitro) {
        const auto genuine =
            attestation::authenticate(anchor_of(root), now, given.evidence, verifier.get(), rows);
        return genuine ? no_entry(ErrorCode::NITRO_PCR_MISMATCH, rows) : genuine.error();
    }
    const auto document = attestation::verify(anchor_of(root), *policy_.common.nitro, now,
                                              given.evidence, verifier.get(), rows);
    if (!document) {
        return document.error();
    }
    const attestation::NitroClaims& claims = document->claims();
    Enclave enclave{.measurement_hash = claims.pcr_hash,
                    .time_s = claims.timestamp_ms / MILLISECONDS};
    if (claims.og) {
        enclave.signing_key = claims.og->signing_key;
    }
    JsonWriter out;
    write_nitro(out, claims, Judged::verified);
    enclave.claims = out.take();
    return enclave;
}

Result<Enclave> Judgement::judge_tdx(const Attestation& given, CheckList& rows) const noexcept {
    const auto& root = policy_.common.root;
    note_root(rows, root, INTEL_ROOT);
    const BytesView collateral = as_bytes(given.collateral);
    if (!policy_.tdx) {
        const auto genuine = attestation::authenticate_tdx(intel_anchor_of(root), clock_.now,
                                                           given.evidence, collateral, rows);
        return genuine ? no_entry(ErrorCode::TDX_MEASUREMENT_MISMATCH, rows) : genuine.error();
    }
    const auto quote = attestation::verify_tdx(intel_anchor_of(root), *policy_.tdx, clock_.now,
                                               given.evidence, collateral, rows);
    if (!quote) {
        return quote.error();
    }
    const attestation::TdxClaims& claims = quote->claims();
    hash::Keccak256 measurements;
    if (claims.tee == attestation::Tee::sgx) {
        measurements.update(claims.field("mrenclave"));
    } else {
        for (const char* field : {"mrtd", "rtmr0", "rtmr1", "rtmr2"}) {
            measurements.update(claims.field(field));
        }
    }
    JsonWriter out;
    write_tdx(out, claims, Judged::verified);
    return Enclave{.claims = out.take(), .measurement_hash = measurements.finish()};
}

Result<Enclave> Judgement::judge_snp(const Attestation& given, CheckList& rows) const noexcept {
    note_snp_roots(rows, policy_.snp_roots_from);
    const attestation::SnpCertificates certificates{
        .vek = given.endorsement_key, .chain = as_bytes(given.chain), .crls = given.revocations};
    if (const auto small = check_snp_certificates(certificates); !small) {
        return small.error();
    }
    if (!policy_.snp) {
        const auto genuine = attestation::authenticate_snp(policy_.snp_roots, clock_.now,
                                                           given.evidence, certificates, rows);
        return genuine ? no_entry(ErrorCode::SNP_MEASUREMENT_MISMATCH, rows) : genuine.error();
    }
    const auto report = attestation::verify_snp(policy_.snp_roots, *policy_.snp, clock_.now,
                                                given.evidence, certificates, rows);
    if (!report) {
        return report.error();
    }
    const BytesView raw = report->claims().report;
    JsonWriter out;
    write_snp(out, report->claims(), Judged::verified);
    return Enclave{.claims = out.take(),
                   .measurement_hash =
                       hash::keccak256(attestation::snp_field::MEASUREMENT.in(raw))};
}

/// What the attestation binds, of the key that some part has named by now.
Enclave::Binds Judgement::binding() const noexcept {
    if (!enclave_ || key_.empty()) {
        return Enclave::Binds::nothing;
    }
    switch (bundle_.attestation->kind) {
    case Attestation::Kind::nitro:
        return !enclave_->signing_key                         ? Enclave::Binds::nothing
               : *enclave_->signing_key == hash::sha256(key_) ? Enclave::Binds::this_key
                                                              : Enclave::Binds::another_key;
    case Attestation::Kind::tdx:
        return binding_of(policy_.tdx->report_data(), key_);
    case Attestation::Kind::snp:
        break;
    }
    return binding_of(policy_.snp->report_data(), key_);
}

} // namespace assay::api
