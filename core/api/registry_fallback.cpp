// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/registry_fallback.hpp"

#include "core/api/verify_steps.hpp"
#include "core/attestation/nitro.hpp"
#include "core/bytes/word.hpp"
#include "core/chain/registry/calldata.hpp"
#include "core/chain/registry/quorum.hpp"
#include "core/hash/sha2.hpp"

#include <algorithm>
#include <limits>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using chain::member;

/// Most answers that are looked at; far above any quorum.
constexpr std::size_t MAX_ANSWERS = 1000;

/// A hash in `0x` hex, a number or decimal text, a flag: as one provider gives them.
std::optional<chain::QuorumAnswer> read_answer(const JsonValue& json) noexcept {
    const auto number = [&](const char* name) {
        const JsonValue* value = json.find(name);
        const auto text = chain::decimal_text(value);
        return text ? text : chain::plain_number(value);
    };
    const auto flag = [&](const char* name) {
        const JsonValue* value = json.find(name);
        return value != nullptr && value->is(JsonKind::boolean) ? std::optional{value->boolean()}
                                                                : std::nullopt;
    };
    const auto tee_id = chain::prefixed_hash(json.find("tee_id"));
    const auto block_hash = chain::prefixed_hash(json.find("block_hash"));
    const auto pcr_hash = chain::prefixed_hash(json.find("pcr_hash"));
    const auto height = number("height");
    const auto tee_type = number("tee_type");
    const auto heartbeat = number("last_heartbeat_at");
    const JsonValue* max_age = json.find("heartbeat_max_age");
    const std::string* max_age_text = chain::text_of(max_age);
    const auto max_age_word = max_age_text != nullptr ? bytes::word_from_decimal(*max_age_text)
                              : max_age != nullptr && max_age->is(JsonKind::number)
                                  ? bytes::word_from_decimal(max_age->raw())
                                  : std::nullopt;
    const auto enabled = flag("enabled");
    const auto approved = flag("pcr_approved");
    if (!tee_id || !block_hash || !pcr_hash || !height || !tee_type || *tee_type > 255 ||
        !heartbeat || !max_age_word || !enabled || !approved) {
        return std::nullopt;
    }
    return chain::QuorumAnswer{*tee_id,
                               *height,
                               *block_hash,
                               {.tee_type = static_cast<std::uint8_t>(*tee_type),
                                .enabled = *enabled,
                                .pcr_approved = *approved,
                                .pcr_hash = *pcr_hash,
                                .last_heartbeat_at = *heartbeat,
                                .heartbeat_max_age = *max_age_word}};
}

/// An answer that is not of the form is another one than everybody else's: the provider lies or is
/// broken, and is not silent.
Result<std::vector<chain::QuorumVote>> read_votes(const JsonValue* json) noexcept {
    const auto items = chain::items_of(json);
    if (!items || items->size() > MAX_ANSWERS) {
        return Error{ErrorCode::QUORUM_CONFIG_INVALID, "answers"};
    }
    std::vector<chain::QuorumVote> votes;
    for (const JsonValue& item : *items) {
        const std::string* provider = chain::text_of(item.find("provider"));
        const std::string* name = chain::text_of(item.find("operator"));
        const JsonValue* answer = item.find("answer");
        if (provider == nullptr || name == nullptr || answer == nullptr) {
            return Error{ErrorCode::QUORUM_CONFIG_INVALID, "answers"};
        }
        chain::QuorumVote vote{*provider, *name, {}};
        if (!answer->is(JsonKind::null)) {
            vote.answer = read_answer(*answer);
            if (!vote.answer) {
                return Error{ErrorCode::QUORUM_DISAGREES, "answers"};
            }
        }
        votes.push_back(std::move(vote));
    }
    return votes;
}

Result<chain::QuorumResult> judge_single(std::span<const chain::QuorumVote> votes,
                                         std::int64_t state_time_s,
                                         const chain::RegistryQuery& query) noexcept {
    if (votes.size() != 1) {
        return Error{ErrorCode::QUORUM_CONFIG_INVALID, "quorum"};
    }
    if (!votes[0].answer) {
        return ErrorCode::QUORUM_TOO_FEW;
    }
    if (const auto good = chain::judge_status(votes[0].answer->status, state_time_s, query);
        !good) {
        return good.error();
    }
    return chain::QuorumResult{*votes[0].answer, 1};
}

Result<void> check_registration(const attestation::NitroClaims& claims,
                                const chain::Registration& registration,
                                const chain::RegistryQuery& query) noexcept {
    if (claims.debug) {
        return ErrorCode::NITRO_DEBUG_MODE;
    }
    if (!claims.og || claims.og->signing_key != hash::sha256(registration.signing_public_key) ||
        claims.og->tls_certificate != hash::sha256(registration.tls_certificate)) {
        return ErrorCode::NITRO_USER_DATA_MISMATCH;
    }
    const bool allowed =
        query.pcr_hashes && claims.pcr_hash &&
        std::ranges::find(*query.pcr_hashes, *claims.pcr_hash) != query.pcr_hashes->end();
    return allowed ? Result<void>::ok() : ErrorCode::REGISTRY_PCR_NOT_ALLOWED;
}

} // namespace

Result<JudgedRegistry> judge_calldata(const ChainConfig& config, const chain::RegistryQuery& query,
                                      const JsonValue& evidence, CheckList& checks) noexcept {
    constexpr std::uint64_t MILLISECONDS = 1000;
    constexpr const char* CALLDATA = "registration";
    if (!query.pcr_hashes) {
        return Error{ErrorCode::CONFIG_INVALID, "query.allowed_pcr_hashes"};
    }
    const auto bytes = chain::prefixed_hex(evidence.find("calldata"));
    const auto decoded = bytes ? chain::decode_registration(*bytes)
                               : Result<chain::Registration>{ErrorCode::CALLDATA_MALFORMED};
    if (!decoded) {
        checks.failed(CALLDATA, decoded.error());
        return decoded.error();
    }
    const chain::Registration& registration = *decoded;
    if (registration.tee_id != query.tee_id) {
        const Error error{ErrorCode::REGISTRY_KEY_MISMATCH, "calldata"};
        checks.failed(CALLDATA, error);
        return error;
    }
    checks.passed(CALLDATA, "the id is the hash of its key");
    const auto made_ms = attestation::claimed_time_ms(registration.attestation);
    if (!made_ms) {
        checks.failed("attestation", made_ms.error());
        return made_ms.error();
    }
    note_root(checks, config.trust.root);
    checks.assumed("clock", "the document's own time: it says nothing about age");
    signatures::CoreP384Verifier verifier;
    const std::uint64_t made_s = *made_ms / MILLISECONDS;
    CheckList rows;
    const auto genuine =
        attestation::authenticate(anchor_of(config.trust.root), static_cast<std::int64_t>(made_s),
                                  registration.attestation, verifier, rows);
    checks.group("attestation", std::move(rows), genuine);
    if (!genuine) {
        return genuine.error();
    }
    if (const auto bound = check_registration(genuine->claims(), registration, query); !bound) {
        checks.failed("binding", bound.error());
        return bound.error();
    }
    checks.passed("binding", "key, certificate and measurement");
    checks.not_covered("endpoint and type", "nothing in the attestation binds them");
    checks.not_covered("execution", "nothing shows that the transaction was executed, nor that the "
                                    "TEE is still enabled");
    JudgedRegistry judged{.trust = TrustLevel::calldata, .tee_id = query.tee_id, .record = {}};
    judged.record.status.tee_type = registration.tee_type;
    judged.record.status.pcr_hash = *genuine->claims().pcr_hash;
    judged.registered = JudgedRegistry::Registered{
        made_s,
        {registration.signing_public_key.begin(), registration.signing_public_key.end()},
        {registration.tls_certificate.begin(), registration.tls_certificate.end()},
        std::string{registration.endpoint}};
    return judged;
}

Result<JudgedRegistry> judge_answers(const ChainConfig& config, const chain::RegistryQuery& query,
                                     const JsonValue& evidence, CheckList& checks) noexcept {
    const auto state_time = chain::plain_number(evidence.find("state_time_s"));
    if (!state_time || *state_time > std::numeric_limits<std::int64_t>::max()) {
        return Error{ErrorCode::CONFIG_INVALID, "state_time_s"};
    }
    const auto time = static_cast<std::int64_t>(*state_time);
    const auto votes = read_votes(evidence.find("answers"));
    if (!votes) {
        checks.failed("answers", votes.error());
        return votes.error();
    }
    const auto result = config.quorum ? chain::judge_quorum(config.quorum->needed,
                                                            config.quorum->of, *votes, time, query)
                                      : judge_single(*votes, time, query);
    if (!result) {
        checks.failed("answers", result.error());
        return result.error();
    }
    const chain::QuorumAnswer& answer = result->answer;
    if (answer.tee_id != query.tee_id || (query.height != 0 && answer.height != query.height)) {
        const Error error{ErrorCode::REGISTRY_NOT_PROVEN, "answers"};
        checks.failed("answers", error);
        return error;
    }
    // The clock lies within some thousand years: no sum or difference of it overflows.
    if (time >
        config.light.now.seconds + static_cast<std::int64_t>(config.light.max_clock_drift_s)) {
        checks.failed("state age", Error{ErrorCode::CHAIN_HEADER_FROM_FUTURE});
        return ErrorCode::CHAIN_HEADER_FROM_FUTURE;
    }
    if (config.light.now.seconds - time > static_cast<std::int64_t>(config.light.max_state_age_s)) {
        checks.failed("state age", Error{ErrorCode::CHAIN_STATE_TOO_OLD});
        return ErrorCode::CHAIN_STATE_TOO_OLD;
    }
    checks.assumed("answers",
                   config.quorum ? "operators who agree; they may collude" : "one provider's word");
    return JudgedRegistry{.trust = config.quorum ? TrustLevel::quorum : TrustLevel::unproven,
                          .tee_id = query.tee_id,
                          .record = {.status = answer.status},
                          .height = answer.height,
                          .quorum = JudgedRegistry::Agreement{result->agree,
                                                              config.quorum ? config.quorum->of : 1,
                                                              answer.block_hash}};
}

} // namespace assay::api
