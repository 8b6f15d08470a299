// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/registry/decision.hpp"

#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <array>

namespace assay::chain {
namespace {

constexpr ErrorCode MALFORMED = ErrorCode::REGISTRY_SLOT_MALFORMED;
using Word = std::optional<Hash32>;

/// Whether all but the last two bytes are zero.
bool is_padded(const Hash32& word) {
    return std::all_of(word.begin(), word.end() - 2, [](std::uint8_t byte) { return byte == 0; });
}

/// Seconds that are not later than the state; nothing otherwise.
std::optional<std::uint64_t> past_time(const Word& word, std::int64_t state_time_s) {
    const auto seconds = bytes::word_to_u64(word.value_or(Hash32{}));
    if (!seconds || state_time_s < 0 || *seconds > static_cast<std::uint64_t>(state_time_s))
        return std::nullopt;
    return seconds;
}

/// Words of the contract, each proven when it is asked for; the first failure stays.
class ProvenWords final : public StorageWords {
public:
    ProvenWords(const Hash32& app_hash, const SlotProofs& proofs) noexcept
        : app_hash_{app_hash}, proofs_{proofs} {}

    [[nodiscard]] std::optional<Hash32> word(const Hash32& slot) const noexcept override {
        const auto proven = proofs_.prove(app_hash_, slot);
        if (!proven) {
            if (!failure_)
                failure_ = proven.error();
            return std::nullopt;
        }
        return proven->value_or(Hash32{});
    }
    [[nodiscard]] Result<Bytes> bytes(const Hash32& slot) const noexcept {
        auto read = read_stored_bytes(*this, slot);
        return failure_ ? Result<Bytes>{*failure_} : std::move(read);
    }
    [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    const Hash32& app_hash_;
    const SlotProofs& proofs_;
    mutable std::optional<Error> failure_{};
};

/// The appended member (§7.2): a word of ids, the key, the configuration, when it was registered.
Result<OhttpRecord> read_ohttp(const ProvenWords& words, const Hash32& slot) {
    const auto ids = words.word(slot);
    if (!ids)
        return *words.failure();
    const auto u16 = [&](std::size_t at) {
        return static_cast<std::uint16_t>((*ids)[at] << 8 | (*ids)[at + 1]);
    };
    const bool padded =
        std::all_of(ids->begin(), ids->begin() + 25, [](std::uint8_t byte) { return byte == 0; });
    auto public_key = words.bytes(slot_plus(slot, 1));
    if (!public_key)
        return public_key.error();
    auto key_config = words.bytes(slot_plus(slot, 2));
    if (!key_config)
        return key_config.error();
    const auto registered = words.word(slot_plus(slot, 3));
    if (!registered)
        return *words.failure();
    const auto registered_at = bytes::word_to_u64(*registered);
    if (!padded || !registered_at)
        return MALFORMED;
    return OhttpRecord{
        (*ids)[31],    u16(29), u16(27), u16(25), *std::move(public_key), *std::move(key_config),
        *registered_at};
}

} // namespace

Result<void> check_key(const RegistryQuery& query) noexcept {
    return !query.key || hash::keccak256(*query.key) == query.tee_id
               ? Result<void>::ok()
               : Error{ErrorCode::REGISTRY_KEY_MISMATCH, "query.spki_der"};
}

Result<void> judge_status(const TeeStatus& status, std::int64_t state_time_s,
                          const RegistryQuery& query) noexcept {
    if (!status.enabled)
        return ErrorCode::REGISTRY_TEE_DISABLED;
    if (state_time_s < 0 || status.last_heartbeat_at > static_cast<std::uint64_t>(state_time_s))
        return MALFORMED;
    const std::uint64_t age = static_cast<std::uint64_t>(state_time_s) - status.last_heartbeat_at;
    if (bytes::word_from_u64(age) > status.heartbeat_max_age)
        return ErrorCode::REGISTRY_HEARTBEAT_STALE;
    if (!status.pcr_approved)
        return ErrorCode::REGISTRY_PCR_NOT_APPROVED;
    if (query.pcr_hashes &&
        std::ranges::find(*query.pcr_hashes, status.pcr_hash) == query.pcr_hashes->end()) {
        return ErrorCode::REGISTRY_PCR_NOT_ALLOWED;
    }
    return Result<void>::ok();
}

Result<TeeRecord> judge_tee(const RegistryLayout& layout, const RegistryQuery& query,
                            const Hash32& app_hash, std::int64_t state_time_s,
                            const SlotProofs& proofs) noexcept {
    const TeeSlots slots = tee_slots(layout, query.tee_id);
    enum Needed : std::size_t { max_age, pcr_hash, flags, heartbeat, approval, registered, COUNT };
    std::array<Hash32, COUNT> places{heartbeat_max_age_slot(layout),
                                     slots.pcr_hash,
                                     slots.flags,
                                     slots.last_heartbeat_at,
                                     {},
                                     slots.registered_at};
    std::array<Word, COUNT> words;
    TeeRecord record;
    TeeStatus& status = record.status;
    const auto value = [&](Needed which) { return words[which].value_or(Hash32{}); };
    const std::size_t count = query.registered_at ? COUNT : registered;
    for (std::size_t i = 0; i < count; ++i) {
        if (i == approval) {
            status.pcr_hash = value(pcr_hash);
            status.tee_type = value(flags)[31];
            // Rule 1; without a measurement there is no record to prove.
            if (status.pcr_hash == Hash32{})
                return ErrorCode::REGISTRY_TEE_UNKNOWN;
            places[i] = pcr_record_slot(layout, status.tee_type, status.pcr_hash);
        }
        const auto proven = proofs.prove(app_hash, places[i]);
        if (!proven)
            return proven.error();
        words[i] = *proven;
    }

    if (!words[max_age])
        return ErrorCode::REGISTRY_LAYOUT_MISMATCH;
    status.heartbeat_max_age = *words[max_age];
    const Hash32 flag_word = value(flags);
    if (!is_padded(flag_word) || flag_word[30] > 1)
        return Error{MALFORMED, "tee type"};
    status.enabled = flag_word[30] == 1;
    const Hash32 approved = value(approval);
    if (!is_padded(approved) || approved[31] > 1 ||
        (approved != Hash32{} && approved[30] != status.tee_type)) {
        return Error{MALFORMED, "approval"};
    }
    status.pcr_approved = approved[31] == 1;
    const auto beat = past_time(words[heartbeat], state_time_s);
    if (!beat)
        return Error{MALFORMED, "heartbeat"};
    status.last_heartbeat_at = *beat;
    if (query.registered_at) {
        record.registered_at = past_time(words[registered], state_time_s);
        if (!record.registered_at || *record.registered_at == 0)
            return Error{MALFORMED, "registered_at"};
    }
    if (const auto good = judge_status(status, state_time_s, query); !good)
        return good.error();
    const ProvenWords proven{app_hash, proofs};
    if (query.tls_certificate) {
        auto certificate = proven.bytes(slots.tls_certificate);
        if (!certificate)
            return certificate.error();
        record.tls_certificate = *std::move(certificate);
    }
    if (query.ohttp) {
        auto config = read_ohttp(proven, slots.ohttp_config);
        if (!config)
            return config.error();
        record.ohttp = *std::move(config);
    }
    return record;
}

} // namespace assay::chain
