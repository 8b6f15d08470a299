// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/ohttp/signed_config.hpp"

#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"
#include "core/ohttp/hpke.hpp"
#include "core/ohttp/key_config.hpp"
#include "core/receipt/field_forms.hpp"
#include "core/receipt/signing_key.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace assay::ohttp {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

constexpr std::string_view DOMAIN = "OPENGRADIENT_TEE_OHTTP_CONFIG_V1";

/// The members as claimed.
struct Claims {
    std::optional<Hash32> tee_id;
    std::uint16_t key_id;
    std::uint16_t kem_id;
    std::uint16_t kdf_id;
    std::uint16_t aead_id;
    Hash32 public_key;
    Bytes key_config;
    KeyConfig parsed;
    Bytes signature;
    std::optional<Hash32> signature_hash;
};

/// An integer token of 0 to @p max.
bool read_id(const JsonValue& object, std::string_view name, std::uint64_t max,
             std::uint16_t& out) {
    const JsonValue* value = object.find(name);
    if (value == nullptr || !value->is(JsonKind::number))
        return false;
    const auto id = receipt::read_timestamp(*value); // the form of every unsigned integer
    if (!id || *id > max)
        return false;
    out = static_cast<std::uint16_t>(*id);
    return true;
}

/// @return whether the member is absent or a hash, which is then in @p out.
bool read_optional_hash(const JsonValue& object, std::string_view name,
                        std::optional<Hash32>& out) {
    const JsonValue* value = object.find(name);
    if (value == nullptr)
        return true;
    out = receipt::read_hash(*value);
    return out.has_value();
}

/// Base64 of at least one byte.
bool read_bytes(const JsonValue& object, std::string_view name, Bytes& out) {
    const JsonValue* value = object.find(name);
    auto decoded = value == nullptr ? std::nullopt : receipt::read_signature(*value);
    if (!decoded)
        return false;
    out = std::move(*decoded);
    return true;
}

bool read_key(const JsonValue& object, std::string_view name, Hash32& out) {
    const JsonValue* value = object.find(name);
    const auto key = value != nullptr && value->is(JsonKind::string)
                         ? bytes::hash_from_hex(value->string())
                         : std::nullopt;
    out = key.value_or(Hash32{});
    return key.has_value();
}

bool read_blob(const Bytes& bytes, KeyConfig& out) {
    const auto parsed = read_key_config(bytes);
    if (parsed)
        out = *parsed;
    return parsed.has_value();
}

/// Step 1. @return the member that is not of its form, "" when all are.
std::string_view read_claims(const JsonValue& object, Claims& claims) {
    constexpr std::uint64_t MAX_KEY_ID = 0xff;
    constexpr std::uint64_t MAX_ID = 0xffff;
    if (!read_optional_hash(object, "tee_id", claims.tee_id))
        return "tee_id";
    if (!read_id(object, "key_id", MAX_KEY_ID, claims.key_id))
        return "key_id";
    if (!read_id(object, "kem_id", MAX_ID, claims.kem_id) ||
        !read_id(object, "kdf_id", MAX_ID, claims.kdf_id) ||
        !read_id(object, "aead_id", MAX_ID, claims.aead_id))
        return "kem_id, kdf_id, aead_id";
    if (!read_key(object, "public_key", claims.public_key))
        return "public_key";
    if (!read_bytes(object, "key_config", claims.key_config) ||
        !read_blob(claims.key_config, claims.parsed))
        return "key_config";
    if (!read_bytes(object, "signature", claims.signature))
        return "signature";
    return read_optional_hash(object, "signature_hash", claims.signature_hash) ? ""
                                                                               : "signature_hash";
}

Hash32 config_hash(const Hash32& tee_id, const Claims& claims) {
    hash::Keccak256 out;
    out.update(hash::keccak256(as_bytes(DOMAIN))).update(tee_id);
    for (const std::uint16_t id : {claims.key_id, claims.kem_id, claims.kdf_id, claims.aead_id})
        out.update(bytes::word_from_u64(id));
    return out.update(hash::keccak256(claims.public_key))
        .update(hash::keccak256(claims.key_config))
        .finish();
}

} // namespace

/// One run through §12.2. Every step returns its failure after it has recorded it.
class ConfigVerification {
public:
    explicit ConfigVerification(CheckList& checks) : checks_{checks} {}

    Result<VerifiedConfig> run(BytesView spki, std::string_view text) {
        if (text.size() > MAX_CONFIG_BYTES)
            return fail("configuration", {ErrorCode::OHTTP_LIMIT, "config"});
        const auto object = bytes::parse_json(text, ErrorCode::OHTTP_MALFORMED);
        if (!object)
            return fail("configuration", object.error());
        Claims claims{};
        if (const auto fault = read_claims(*object, claims); !fault.empty()) // step 1
            return fail("configuration", {ErrorCode::OHTTP_MALFORMED, fault});
        checks_.passed("configuration");
        const auto key = receipt::read_signing_key(spki, checks_); // step 2
        if (!key)
            return key.error();
        if (claims.tee_id) { // step 3
            if (const auto id = receipt::check_tee_id(*key, *claims.tee_id, checks_); !id)
                return id.error();
        }
        VerifiedConfig verified;
        verified.tee_id_ = key->tee_id; // never the claimed one
        verified.key_id_ = static_cast<std::uint8_t>(claims.key_id);
        verified.public_key_ = claims.public_key;
        verified.config_hash_ = config_hash(verified.tee_id_, claims);

        if (claims.signature_hash && *claims.signature_hash != verified.config_hash_) // step 4
            return fail("members agree", {ErrorCode::OHTTP_CONFIG_MISMATCH, "signature_hash"});
        const KeyConfig& parsed = claims.parsed;
        if (parsed.public_key &&
            (parsed.key_id != claims.key_id || *parsed.public_key != claims.public_key))
            return fail("members agree", {ErrorCode::OHTTP_CONFIG_MISMATCH, "key_config"});
        if (!parsed.public_key || !parsed.offers_suite || // step 5
            claims.kem_id != KEM_X25519_HKDF_SHA256 || claims.kdf_id != KDF_HKDF_SHA256 ||
            claims.aead_id != AEAD_CHACHA20_POLY1305)
            return fail("suite", ErrorCode::OHTTP_SUITE_UNSUPPORTED);
        checks_.passed("members agree");
        checks_.passed("suite", "X25519, HKDF-SHA256, ChaCha20-Poly1305");
        if (!signatures::verify_rsa_pss_sha256(key->key, verified.config_hash_, // step 6
                                               claims.signature))
            return fail("signature", {ErrorCode::OHTTP_CONFIG_SIGNATURE_INVALID, "signature"});
        checks_.passed("signature", "RSA-PSS with SHA-256, over id, suite and encryption key");
        if (const auto usable = check_public_key(claims.public_key); !usable) // step 7
            return fail("encryption key", {usable.error().code, "public_key"});
        checks_.passed("encryption key", bytes::to_hex(claims.public_key));
        return verified;
    }

private:
    Error fail(std::string_view check, Error error) {
        checks_.failed(check, error);
        return error;
    }
    Error fail(std::string_view check, ErrorCode code) { return fail(check, Error{code}); }

    CheckList& checks_;
};

Result<VerifiedConfig> verify_config(BytesView spki, std::string_view config,
                                     CheckList& checks) noexcept {
    return ConfigVerification{checks}.run(spki, config);
}

} // namespace assay::ohttp
