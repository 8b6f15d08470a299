// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/settlement/heartbeat.hpp"

#include "core/bytes/json.hpp"
#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"
#include "core/receipt/field_forms.hpp"
#include "core/receipt/signing_key.hpp"

#include <optional>
#include <string>

namespace assay::settlement {
namespace {

struct Fields {
    Hash32 tee_id;
    std::uint64_t timestamp;
    Bytes signature;
};

Error bad(std::string_view name) {
    return {ErrorCode::RECEIPT_BAD_FIELD, name};
}

Result<Fields> read_fields(std::string_view text) {
    if (text.size() > MAX_HEARTBEAT_BYTES)
        return Error{ErrorCode::INPUT_LIMIT, "heartbeat"};
    const auto object = bytes::parse_json(text, ErrorCode::RECEIPT_BAD_FIELD);
    if (!object)
        return object.error();
    const bytes::JsonValue* id = object->find("tee_id");
    const auto tee_id = id == nullptr ? std::nullopt : receipt::read_hash(*id);
    if (!tee_id)
        return bad("tee_id");
    const bytes::JsonValue* time = object->find("timestamp");
    const auto timestamp = time == nullptr ? std::nullopt : receipt::read_timestamp(*time);
    if (!timestamp)
        return bad("timestamp");
    const bytes::JsonValue* base64 = object->find("signature");
    auto signature = base64 == nullptr ? std::nullopt : receipt::read_signature(*base64);
    if (!signature)
        return bad("signature");
    return Fields{*tee_id, *timestamp, std::move(*signature)};
}

} // namespace

/// One run through §11. Every step returns its failure after it has recorded it.
class HeartbeatVerification {
public:
    static Result<VerifiedHeartbeat> run(BytesView spki, std::string_view text,
                                         const receipt::FreshnessPolicy& limits, std::int64_t now,
                                         CheckList& checks) {
        const auto fail = [&](std::string_view check, Error error) {
            checks.failed(check, error);
            return error;
        };
        const auto fields = read_fields(text);
        if (!fields)
            return fail("heartbeat fields", fields.error());
        checks.passed("heartbeat fields");
        const auto key = receipt::read_signing_key(spki, checks);
        if (!key)
            return key.error();
        if (const auto id = receipt::check_tee_id(*key, fields->tee_id, checks); !id)
            return id.error();
        const Hash32 message = hash::Keccak256{}
                                   .update(key->tee_id)
                                   .update(bytes::word_from_u64(fields->timestamp))
                                   .finish();
        if (!signatures::verify_rsa_pss_sha256(key->key, message, fields->signature))
            return fail("signature", {ErrorCode::HEARTBEAT_SIGNATURE_INVALID, "signature"});
        checks.passed("signature", "RSA-PSS with SHA-256, over id and time");
        if (const auto fresh = receipt::check_freshness(limits, fields->timestamp, now); !fresh)
            return fail("freshness", {fresh.error().code == ErrorCode::RECEIPT_TOO_OLD
                                          ? ErrorCode::HEARTBEAT_TOO_OLD
                                          : ErrorCode::HEARTBEAT_FROM_FUTURE,
                                      "timestamp"});
        const std::string times =
            "signed at " + std::to_string(fields->timestamp) + ", judged at " + std::to_string(now);
        if (limits.max_age_s && limits.future_s)
            checks.passed("freshness", times);
        else
            checks.assumed("freshness", times + ", without a limit on both sides");
        return VerifiedHeartbeat{key->tee_id, fields->timestamp};
    }
};

Result<VerifiedHeartbeat> verify_heartbeat(BytesView spki, std::string_view heartbeat,
                                           const receipt::FreshnessPolicy& limits, std::int64_t now,
                                           CheckList& checks) noexcept {
    return HeartbeatVerification::run(spki, heartbeat, limits, now, checks);
}

} // namespace assay::settlement
