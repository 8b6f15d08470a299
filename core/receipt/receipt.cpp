// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/receipt.hpp"

#include "core/bytes/hex.hpp"
#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"
#include "core/receipt/output.hpp"
#include "core/receipt/signing_key.hpp"
#include "core/signatures/rsa.hpp"

#include <optional>
#include <utility>

namespace assay::receipt {
namespace {

using signatures::RsaPublicKey;

constexpr std::string_view NOT_COVERED_DETAIL = "in the request or reply, but not signed";

/// m of §1: keccak256(request hash ‖ output hash ‖ timestamp as a 32-byte word).
Hash32 signed_message(const Hash32& request, const Hash32& output, std::uint64_t timestamp) {
    return hash::Keccak256{}
        .update(request)
        .update(output)
        .update(bytes::word_from_u64(timestamp))
        .finish();
}

} // namespace

/// One run through §7. Every step returns its failure after it has recorded it.
class Verification {
public:
    Verification(const KeyAnchor& anchor, CheckList& checks) : anchor_{anchor}, checks_{checks} {}

    Result<VerifiedReceipt> run(Profile profile, Result<RequestDigest> request, Result<Reply> reply,
                                ResponseIs response_is, const FreshnessPolicy& freshness,
                                std::int64_t now) {
        verified_.profile_ = profile;
        if (!reply)
            return fail("receipt fields", reply.error());
        checks_.passed("receipt fields",
                       response_is == ResponseIs::json ? "JSON reply" : "event stream");
        const auto key = read_signing_key(anchor_.spki, checks_); // step 2
        if (!key)
            return key.error();
        if (const auto step = check_id(*key, reply->fields); !step)
            return step.error();
        if (const auto step = check_request(reply->fields, request); !step)
            return step.error();
        if (const auto step = check_output(*reply, *request); !step)
            return step.error();
        if (const auto step = check_signature(key->key, *reply); !step)
            return step.error();
        if (const auto step = check_age(freshness, now); !step)
            return step.error();

        verified_.not_covered_ = request->not_covered.sorted();
        for (const std::string& path : verified_.not_covered_)
            checks_.not_covered(path, NOT_COVERED_DETAIL);
        return std::move(verified_);
    }

private:
    Error fail(std::string_view check, const Error& error, std::string_view detail = {}) {
        checks_.failed(check, error, detail);
        return error;
    }

    /// Step 3.
    Result<void> check_id(const SigningKey& key, const ReceiptFields& fields) {
        verified_.tee_id_ = key.tee_id;
        const Error mismatch{ErrorCode::RECEIPT_TEE_ID_MISMATCH, "tee_id"};
        if (!legacy() && fields.tee_id != verified_.tee_id_)
            return fail("enclave id", mismatch,
                        "the reply names " + bytes::to_hex_0x(fields.tee_id) + ", the key is " +
                            bytes::to_hex_0x(verified_.tee_id_));
        if (anchor_.expected_tee_id && *anchor_.expected_tee_id != verified_.tee_id_)
            return fail("enclave id", mismatch,
                        "expected " + bytes::to_hex_0x(*anchor_.expected_tee_id));
        if (legacy() && !anchor_.expected_tee_id)
            checks_.assumed("enclave id", "the reply names none; that of the key is " +
                                              bytes::to_hex_0x(verified_.tee_id_));
        else
            checks_.passed("enclave id", bytes::to_hex_0x(verified_.tee_id_));
        return Result<void>::ok();
    }

    /// Step 4.
    Result<void> check_request(const ReceiptFields& fields, const Result<RequestDigest>& request) {
        if (!request)
            return fail("request hash", request.error());
        verified_.request_hash_ = request->hash;
        if (verified_.request_hash_ != fields.request_hash)
            return fail("request hash", {ErrorCode::RECEIPT_REQUEST_HASH_MISMATCH,
                                         legacy() ? "request_hash" : "tee_request_hash"});
        checks_.passed("request hash", bytes::to_hex_0x(verified_.request_hash_));
        return Result<void>::ok();
    }

    /// Step 5.
    Result<void> check_output(Reply& reply, RequestDigest& request) {
        // A legacy gateway signs the finish reason: it says what the output is by itself.
        const Tools tools = legacy() ? Tools::present : request.tools;
        auto output = select_output(reply, tools);
        if (!output)
            return fail("output hash", output.error());
        if (!legacy()) {
            auto hash = output->hashed.value_or(hash::Keccak256{});
            verified_.output_hash_ = hash.update(as_bytes(output->text)).finish();
            if (verified_.output_hash_ != reply.fields.output_hash)
                return fail("output hash",
                            {ErrorCode::RECEIPT_OUTPUT_HASH_MISMATCH, "tee_output_hash"});
            checks_.passed("output hash", bytes::to_hex_0x(*verified_.output_hash_));
        }
        verified_.kind_ = output->kind;
        verified_.output_kept_ = !output->hashed;
        verified_.kind_ambiguous_ =
            !legacy() && tools == Tools::present && is_tool_call_list(output->text);
        if (verified_.output_kept_)
            verified_.output_ = std::move(output->text);
        std::move(reply.unbound).report(verified_.kind_, request.not_covered);
        if (request.not_covered.full())
            return fail("not covered", {ErrorCode::INPUT_LIMIT, "response"});
        return Result<void>::ok();
    }

    /// Step 6, over the hashes that were computed here; legacy: over the reply's own text.
    Result<void> check_signature(const RsaPublicKey& key, const Reply& reply) {
        verified_.timestamp_ = reply.fields.timestamp;
        const BytesView signature = reply.fields.signature;
        if (legacy()) {
            // §9: emLen - 34, the longest salt that fits.
            const std::size_t salt = (key.modulus_bits() + 6) / 8 - 34;
            if (!verify_rsa_pss(key, signatures::RsaHash::sha256, salt, as_bytes(reply.statement),
                                signature))
                return fail("signature", {ErrorCode::RECEIPT_SIGNATURE_INVALID, "signature"});
            checks_.passed("signature",
                           "RSA-PSS with SHA-256, over the reply and the request hash");
            return Result<void>::ok();
        }
        const Hash32 message =
            signed_message(verified_.request_hash_, *verified_.output_hash_, verified_.timestamp_);
        if (!signatures::verify_rsa_pss_sha256(key, message, signature))
            return fail("signature", {ErrorCode::RECEIPT_SIGNATURE_INVALID, "tee_signature"});
        checks_.passed("signature", "RSA-PSS with SHA-256, over request, output and time");
        return Result<void>::ok();
    }

    /// Step 7: last, because an unsigned time means nothing.
    Result<void> check_age(const FreshnessPolicy& freshness, std::int64_t now) {
        const std::string times = "signed at " + std::to_string(verified_.timestamp_) +
                                  ", judged at " + std::to_string(now);
        if (const auto fresh = check_freshness(freshness, verified_.timestamp_, now); !fresh)
            return fail("freshness", fresh.error(), times);
        checks_.passed("freshness", times);
        return Result<void>::ok();
    }

    [[nodiscard]] bool legacy() const { return is_legacy(verified_.profile_); }

    const KeyAnchor& anchor_;
    CheckList& checks_;
    VerifiedReceipt verified_;
};

Result<VerifiedReceipt> verify(const KeyAnchor& anchor, Profile profile, std::string_view request,
                               std::string_view response, ResponseIs response_is,
                               const FreshnessPolicy& freshness, std::int64_t now,
                               CheckList& checks) noexcept {
    return Verification{anchor, checks}.run(profile, digest_request(request, profile),
                                            read_reply(response, profile, response_is), response_is,
                                            freshness, now);
}

ReceiptStream::ReceiptStream(Profile profile, std::string_view request, Keep keep) noexcept
    : profile_{profile}, request_{digest_request(request, profile)}, reader_{profile, keep} {}

Result<VerifiedReceipt> ReceiptStream::finish(const KeyAnchor& anchor,
                                              const FreshnessPolicy& freshness, std::int64_t now,
                                              CheckList& checks) noexcept {
    return Verification{anchor, checks}.run(profile_, std::move(request_), reader_.finish(),
                                            ResponseIs::stream, freshness, now);
}

} // namespace assay::receipt
