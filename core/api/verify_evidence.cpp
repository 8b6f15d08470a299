// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/verify_evidence.hpp"

#include "core/api/attestation_json.hpp"
#include "core/api/registry.hpp"
#include "core/api/settlement.hpp"
#include "core/api/value_json.hpp"
#include "core/api/verdict_json.hpp"
#include "core/api/verify_steps.hpp"
#include "core/attestation/snp.hpp"
#include "core/attestation/tdx.hpp"
#include "core/base/limits.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/bytes/word.hpp"
#include "core/evidence/bundle.hpp"
#include "core/hash/keccak256.hpp"
#include "core/hash/sha2.hpp"
#include "core/receipt/receipt.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace assay::api {
namespace {

using bytes::JsonWriter;
using evidence::Attestation;
using evidence::Bundle;

/// How far a receipt's time may lie before that of the attestation, seconds: two clocks.
constexpr std::uint64_t CLOCKS_APART_S = 60;

/// What a genuine attestation says that other parts are compared with.
struct Enclave {
    std::string claims{}; ///< JSON
    /// keccak256 of the measurements that name an image: the key of the policy's profile table.
    std::optional<Hash32> measurement_hash{};
    std::optional<std::uint64_t> time_s{}; ///< Unix seconds; a quote and a report have none
    /// SHA-256 of the key that a Nitro document names.
    std::optional<Hash32> signing_key{};
    enum class Binds : std::uint8_t { nothing, this_key, another_key };
};

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

class Judgement {
public:
    Judgement(const EvidenceOptions& options, const Bundle& bundle, BytesView p384,
              const ProofHelp& help) noexcept
        : policy_{options.policy}, chain_{options.chain}, clock_{options.clock}, bundle_{bundle},
          p384_{p384}, help_{help} {
        if (policy_.signing_key) {
            key_ = policy_.signing_key->spki;
        }
        if (bundle_.attestation && bundle_.attestation->key) {
            key_ = *bundle_.attestation->key;
        }
    }

    std::string run() noexcept {
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

private:
    Result<void> fail(CheckList& checks, std::string_view check, Error error,
                      std::string detail = {}) noexcept {
        checks.failed(check, error, std::move(detail));
        return error;
    }

    /// Adds the rows of a part. One that is refused before any of its checks was made is not shown
    /// as passed.
    void close(std::string_view part, CheckList rows, const Error* refused,
               std::string_view detail = {}) noexcept {
        const auto& items = rows.items();
        if (refused != nullptr && std::none_of(items.begin(), items.end(), [](const Check& row) {
                return row.status == CheckStatus::failed;
            })) {
            rows.failed(part, *refused);
        }
        checks_.group(part, std::move(rows), detail);
    }

    Result<void> attest() noexcept {
        if (!bundle_.attestation) {
            const bool proof_alone = bundle_.zk && !bundle_.response && bundle_.settlement.empty();
            proven_ = bundle_.registry || proof_alone;
            return Result<void>::ok();
        }
        CheckList rows;
        auto enclave = judge_attestation(*bundle_.attestation, rows);
        if (!enclave && is_past(enclave.error().code)) {
            CheckList then;
            if (auto registered = judge_at_registration(then)) {
                enclave = *std::move(registered);
                rows = std::move(then);
            }
        }
        close("attestation", std::move(rows), enclave ? nullptr : &enclave.error(),
              name(bundle_.attestation->kind));
        if (!enclave) {
            return enclave.error();
        }
        enclave_ = *std::move(enclave);
        return Result<void>::ok();
    }

    static bool is_past(ErrorCode code) noexcept {
        return code == ErrorCode::NITRO_CERT_EXPIRED || code == ErrorCode::NITRO_TOO_OLD;
    }

    /// A stored Nitro document at the time at which the registry's state proves that its TEE was
    /// registered: the one clock but the caller's (chain-state.md §7.3). It must be of the record's
    /// key and measurement.
    std::optional<Enclave> judge_at_registration(CheckList& rows) noexcept {
        if (!bundle_.registry || bundle_.attestation->kind != Attestation::Kind::nitro) {
            return std::nullopt;
        }
        CheckList unseen; // judge_registry() shows them in their place
        const auto registry = registry_of(*bundle_.registry, unseen);
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

    Result<Enclave> judge_attestation(const Attestation& given, CheckList& rows) const noexcept {
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
    static Error no_entry(ErrorCode code, CheckList& rows) noexcept {
        const Error error{code, "policy.measurements"};
        rows.failed("measurements", error);
        return error;
    }

    Result<Enclave> judge_nitro(const Attestation& given, std::int64_t now,
                                CheckList& rows) const noexcept {
        constexpr std::uint64_t MILLISECONDS = 1000;
        const auto& root = policy_.common.root;
        if (!policy_.measurements_usable) {
            return no_entry(ErrorCode::NITRO_PCR_POLICY_EMPTY, rows);
        }
        note_root(rows, root);
        ChosenP384Verifier verifier{p384_};
        if (!policy_.common.nitro) {
            const auto genuine = attestation::authenticate(anchor_of(root), now, given.evidence,
                                                           verifier.get(), rows);
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

    Result<Enclave> judge_tdx(const Attestation& given, CheckList& rows) const noexcept {
        const auto& root = policy_.common.root;
        if (!policy_.measurements_usable) {
            return no_entry(ErrorCode::TDX_POLICY_EMPTY, rows);
        }
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

    Result<Enclave> judge_snp(const Attestation& given, CheckList& rows) const noexcept {
        if (!policy_.measurements_usable) {
            return no_entry(ErrorCode::SNP_POLICY_EMPTY, rows);
        }
        note_snp_roots(rows, policy_.snp_roots_from);
        const attestation::SnpCertificates certificates{.vek = given.endorsement_key,
                                                        .chain = as_bytes(given.chain),
                                                        .crls = given.revocations};
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
    Enclave::Binds binding() const noexcept {
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

    /// receipt.md §7, with the key that the attestation or the policy names.
    Result<void> judge_receipt() noexcept {
        if (!bundle_.response) {
            if (bundle_.request) {
                checks_.not_covered("request", "there is no reply to it");
            }
            return Result<void>::ok();
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
        const std::optional<Hash32> measurement =
            enclave_    ? enclave_->measurement_hash
            : registry_ ? std::optional{registry_->record.status.pcr_hash}
                        : std::nullopt;
        const bool pinned = policy_.signing_key && policy_.signing_key->profile;
        const auto profile = enclave_ || (registry_ && !pinned)
                                 ? profile_by_table(policy_.common.profiles, measurement, request,
                                                    policy_.request_is, checks_)
                                 : pinned_profile();
        if (!profile) {
            return profile.error();
        }
        CheckList rows;
        auto receipt =
            receipt::verify({.spki = key_}, *profile, request, *bundle_.response,
                            form_of(*bundle_.response), policy_.common.freshness, clock_.now, rows);
        close("receipt", std::move(rows), receipt ? nullptr : &receipt.error());
        if (!receipt) {
            return receipt.error();
        }
        receipt_ = *std::move(receipt);
        return Result<void>::ok();
    }

    Result<receipt::Profile> pinned_profile() noexcept {
        if (!policy_.signing_key->profile) {
            const Error error{ErrorCode::RECEIPT_PROFILE_UNKNOWN, "policy.signing_key.profile"};
            checks_.failed("profile", error);
            return error;
        }
        checks_.assumed("key and profile", "named by the policy, without evidence");
        return *policy_.signing_key->profile;
    }

    Result<void> refuse(bool present, std::string_view part) noexcept {
        return present ? fail(checks_, part, {ErrorCode::EVIDENCE_UNSUPPORTED, std::string{part}})
                       : Result<void>::ok();
    }

    /// The registry's facts, by the policy's own rules of the chain. Where nothing else names a
    /// key, the one that the query names is the TEE's: its hash is the id.
    Result<void> judge_registry() noexcept {
        if (!bundle_.registry) {
            return Result<void>::ok();
        }
        CheckList rows;
        auto judged = registry_of(*bundle_.registry, rows);
        close(evidence::REGISTRY, std::move(rows), judged ? nullptr : &judged.error());
        if (!judged) {
            return judged.error();
        }
        registry_ = *std::move(judged);
        return Result<void>::ok();
    }

    Result<JudgedRegistry> registry_of(const Bundle::Registry& part, CheckList& rows) noexcept {
        if (!chain_) {
            return Error{ErrorCode::EVIDENCE_UNSUPPORTED, std::string{evidence::REGISTRY}};
        }
        const auto query_json = bytes::parse_json(part.query, ErrorCode::EVIDENCE_MALFORMED);
        auto query = query_json ? parse_query(*query_json)
                                : Result<chain::RegistryQuery>{query_json.error()};
        // Which measurements pass is the policy's to say.
        if (!query || query->pcr_hashes) {
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
        if (!policy_.common.nitro) {
            rows.assumed("measurement", "any that the registry approves; the policy pins none");
        } else if (policy_.common.nitro->pins(judged->record.status.pcr_hash, clock_.now)) {
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
    TrustLevel trust_of_path() const noexcept {
        if (!proven_) {
            return TrustLevel::unproven;
        }
        const TrustLevel enclave = enclave_ ? TrustLevel::attested : TrustLevel::proven;
        const TrustLevel proof = proof_ ? proof_->trust : TrustLevel::proven;
        return std::max({enclave, proof, registry_ ? registry_->trust : TrustLevel::proven});
    }

    Result<void> judge_proof() noexcept {
        if (!bundle_.zk) {
            return Result<void>::ok();
        }
        CheckList rows;
        auto judged = api::judge_proof(*bundle_.zk, policy_.proof_keys, help_, rows);
        close(evidence::ZK, std::move(rows), judged ? nullptr : &judged.error(),
              name(bundle_.zk->system));
        if (!judged) {
            return judged.error();
        }
        proof_ = *std::move(judged);
        return Result<void>::ok();
    }

    Result<void> refuse_rest() noexcept {
        const Bundle::Unsupported& parts = bundle_.unsupported;
        for (const auto& [present, part] :
             {std::pair{parts.model, evidence::MODEL}, std::pair{parts.claim, evidence::CLAIM}}) {
            if (auto absent = refuse(present, part); !absent) {
                return absent;
            }
        }
        return Result<void>::ok();
    }

    Result<void> judge_settlement() noexcept {
        if (bundle_.settlement.empty()) {
            return Result<void>::ok();
        }
        CheckList rows;
        const auto evidence = bytes::parse_json(bundle_.settlement, ErrorCode::ABI_INVALID);
        auto judged = evidence
                          ? api::judge_settlement(*evidence, key_, policy_.settlement_emitter, rows)
                          : Result<JudgedSettlement>{evidence.error()};
        close("settlement", std::move(rows), judged ? nullptr : &judged.error());
        if (!judged) {
            return judged.error();
        }
        settlement_ = *std::move(judged);
        return Result<void>::ok();
    }

    Result<void> judge_links() noexcept {
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
            checks_.group("links", std::move(rows));
        }
        return linked;
    }

    static Error mismatch(std::string_view link) noexcept {
        return {ErrorCode::EVIDENCE_LINK_MISMATCH, "links." + std::string{link}};
    }

    /// The key that signed is the attested enclave's. A contradiction cannot be assumed away.
    Result<void> link_key(CheckList& rows) noexcept {
        const auto& attestation = bundle_.attestation;
        const bool used = receipt_ || settlement_;
        if (attestation && attestation->key && policy_.signing_key &&
            policy_.signing_key->spki != *attestation->key) {
            return fail(rows, "key", mismatch("key"), "the policy names another");
        }
        const bool shown = enclave_ || registry_;
        if (!used && (key_.empty() || !shown)) {
            return Result<void>::ok();
        }
        const Enclave::Binds bound = binding();
        if (bound == Enclave::Binds::another_key) {
            return fail(rows, "key", mismatch("key"), "the attestation binds another");
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
            return fail(rows, "key", mismatch("key"), "nothing binds it");
        }
        proven_ = false;
        return Result<void>::ok();
    }

    /// The TEE of the registry is the one of the key, and runs what was attested.
    Result<void> link_registry(CheckList& rows) noexcept {
        if (!registry_) {
            return Result<void>::ok();
        }
        if (enclave_ && key_.empty()) {
            return fail(rows, "registry", mismatch("registry"),
                        "no key joins the attestation and the registry's TEE");
        }
        if (!key_.empty() && registry_->tee_id != hash::keccak256(key_)) {
            return fail(rows, "registry", mismatch("registry"), "the registry names another key");
        }
        if (enclave_ && bundle_.attestation->kind == Attestation::Kind::nitro &&
            enclave_->measurement_hash != registry_->record.status.pcr_hash) {
            return fail(rows, "registry", mismatch("registry"),
                        "the registry names another measurement");
        }
        if (!key_.empty()) {
            rows.passed("registry", "the same TEE");
        }
        return Result<void>::ok();
    }

    /// A leaf is the receipt's: same enclave, request, output and time.
    Result<void> link_settlement(CheckList& rows) noexcept {
        if (!receipt_ || !settlement_) {
            return Result<void>::ok();
        }
        const auto is_receipts = [&](const settlement::Leaf& leaf) {
            return leaf.tee_id == receipt_->tee_id() &&
                   leaf.input_hash == receipt_->request_hash() &&
                   receipt_->output_hash() == leaf.output_hash &&
                   leaf.timestamp == bytes::word_from_u64(receipt_->timestamp());
        };
        if (!std::any_of(settlement_->leaves.begin(), settlement_->leaves.end(), is_receipts)) {
            return fail(rows, "settlement", mismatch("settlement"), "no leaf is this receipt's");
        }
        rows.passed("settlement", "a leaf has the receipt's enclave, hashes and time");
        return Result<void>::ok();
    }

    /// The root that the bundle claims is one that the policy names; an event proves none by
    /// itself.
    Result<void> link_root(CheckList& rows) noexcept {
        if (!settlement_) {
            return Result<void>::ok();
        }
        const auto& pinned = policy_.settlement_roots;
        if (!pinned || !settlement_->root) {
            proven_ = false;
            rows.assumed("root", settlement_->root
                                     ? "the bundle's word; the policy names no settled root"
                                     : "the event is the bundle's word");
            return Result<void>::ok();
        }
        if (std::find(pinned->begin(), pinned->end(), *settlement_->root) == pinned->end()) {
            return fail(rows, "root", mismatch("root"), "none that the policy names");
        }
        rows.passed("root", "named by the policy");
        if (settlement_->emitter) { // the root is settled; the rest of the event is the log's word
            proven_ = false;
            rows.assumed("event", "the log is the bundle's word");
        }
        return Result<void>::ok();
    }

    /// The enclave was attested before it answered.
    Result<void> link_times(CheckList& rows) noexcept {
        if (!receipt_ || !enclave_) {
            return Result<void>::ok();
        }
        if (!enclave_->time_s) {
            rows.not_covered("times", "the attestation has none");
        } else if (*enclave_->time_s <= receipt_->timestamp() ||
                   *enclave_->time_s - receipt_->timestamp() <= CLOCKS_APART_S) {
            rows.passed("times", "attested, then answered");
        } else if (policy_.may_assume_times) {
            rows.assumed("times", "answered, then attested; the policy allows it");
        } else {
            return fail(rows, "times", mismatch("times"), "answered, then attested");
        }
        return Result<void>::ok();
    }

    /// A proof says nothing of who asked, answered or was paid: its public values have no form that
    /// could be compared with a receipt's.
    Result<void> link_proof(CheckList& rows) noexcept {
        if (!proof_ || !(receipt_ || enclave_ || registry_ || settlement_)) {
            return Result<void>::ok();
        }
        if (!policy_.may_assume_proof) {
            return fail(rows, "zk", mismatch("zk"), "nothing joins the proof with the other parts");
        }
        rows.assumed("zk", "nothing joins the proof with the other parts; the policy allows it");
        return Result<void>::ok();
    }

    std::string value() const noexcept {
        JsonWriter out;
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

    const EvidencePolicy& policy_;
    const std::optional<ChainConfig>& chain_;
    const Clock& clock_;
    const Bundle& bundle_;
    BytesView p384_;
    const ProofHelp& help_;
    Bytes registered_key_{}; ///< backs key_ where the registry's query names it
    BytesView key_{};        ///< of the bundle's attestation, else of the policy; empty: none
    CheckList checks_{};
    std::optional<Enclave> enclave_{};
    std::optional<JudgedRegistry> registry_{};
    std::optional<receipt::VerifiedReceipt> receipt_{};
    std::optional<JudgedSettlement> settlement_{};
    std::optional<JudgedProof> proof_{};
    bool proven_ = true; ///< nothing on the path so far is the bundle's or the caller's bare word
};

} // namespace

Result<EvidenceVerifier> EvidenceVerifier::create(BytesView options) noexcept {
    auto parsed = EvidenceOptions::parse(options);
    return parsed ? Result<EvidenceVerifier>{EvidenceVerifier{*std::move(parsed)}} : parsed.error();
}

std::string EvidenceVerifier::verify(BytesView bundle, PlatformResults platform,
                                     const ProofHelp& help) const noexcept {
    const auto parsed = Bundle::parse(bundle);
    if (!parsed) {
        return failure_text(parsed.error(), CheckList{});
    }
    return Judgement{options_, *parsed, platform.p384, help}.run();
}

std::string EvidenceVerifier::proof_task(BytesView bundle) const noexcept {
    const auto parsed = Bundle::parse(bundle);
    if (!parsed) {
        return failure_text(parsed.error(), CheckList{});
    }
    if (!parsed->zk) {
        return success_text("null", CheckList{}, TrustLevel::unproven);
    }
    const auto key = key_of(*parsed->zk, options_.policy.proof_keys);
    return key ? success_text(proof_question(*parsed->zk, *key), CheckList{}, TrustLevel::unproven)
               : failure_text(key.error(), CheckList{});
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
