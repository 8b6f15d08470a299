// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/receipt_stream.hpp"

#include "core/api/value_json.hpp"
#include "core/api/verdict_json.hpp"
#include "core/api/verify_steps.hpp"
#include "core/base/limits.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/hash/sha2.hpp"

#include <utility>

namespace assay::api {
namespace {

using attestation::NitroClaims;

/// Judges the document. The key must be the one that it binds (attestation.md §1.8).
Result<NitroClaims> attest(const ReceiptCall& call, ReceiptOptions& options,
                           CheckList& checks) noexcept {
    options.policy.nitro->require_signing_key(hash::sha256(call.key));
    note_root(checks, options.policy.root);
    ChosenP384Verifier verifier{call.platform.p384};
    CheckList rows;
    auto document = attestation::verify(anchor_of(options.policy.root), *options.policy.nitro,
                                        options.clock.now, call.document, verifier.get(), rows);
    checks.group("attestation", std::move(rows), document);
    if (!document) {
        return document.error();
    }
    return document->claims();
}

} // namespace

ReceiptStream::ReceiptStream(const ReceiptCall& call, receipt::Keep keep) noexcept
    : fault_{open(call)} {
    if (!fault_ && options_->response_is.value_or(receipt::ResponseIs::stream) !=
                       receipt::ResponseIs::stream) {
        fault_ = Error{ErrorCode::POLICY_INVALID, "response_is"};
        checks_ = {};
    }
    if (!fault_) {
        stream_.emplace(*profile_, as_text(call.request), keep);
    }
}

std::optional<Error> ReceiptStream::open(const ReceiptCall& call) noexcept {
    if (call.request.size() > limits::TEXT_BYTES) {
        return Error{ErrorCode::INPUT_LIMIT, "request"};
    }
    const bool attested = !call.document.empty();
    auto options =
        ReceiptOptions::parse(call.options, attested ? ReceiptOptions::Anchor::attestation
                                                     : ReceiptOptions::Anchor::callers_key);
    if (!options) {
        return options.error();
    }
    options_ = *std::move(options);
    note_clock(checks_, options_->clock);
    key_.assign(call.key.begin(), call.key.end());
    if (!attested) {
        profile_ = options_->profile;
        checks_.assumed("key and profile", "named by the caller, without evidence");
        return std::nullopt;
    }
    auto document = attest(call, *options_, checks_);
    if (!document) {
        return document.error();
    }
    claims_ = *std::move(document);
    const auto chosen = profile_by_table(options_->policy.profiles, claims_->pcr_hash,
                                         as_text(call.request), *options_->request_is, checks_);
    if (!chosen) {
        return chosen.error();
    }
    profile_ = *chosen;
    return std::nullopt;
}

receipt::KeyAnchor ReceiptStream::anchor() const noexcept {
    return {key_, options_->expected_tee_id};
}

std::string ReceiptStream::conclude(const Result<receipt::VerifiedReceipt>& receipt,
                                    CheckList rows) noexcept {
    checks_.group("receipt", std::move(rows), receipt);
    if (!receipt) {
        return failure_text(receipt.error(), checks_);
    }
    const TrustLevel trust = claims_ ? TrustLevel::attested : TrustLevel::unproven;
    if (const auto trusted = check_trust(options_->policy, trust, checks_); !trusted) {
        return failure_text(trusted.error(), checks_);
    }
    bytes::JsonWriter value;
    write_receipt(value, *receipt, claims_ ? &*claims_ : nullptr);
    return success_text(value.take(), checks_, trust);
}

void ReceiptStream::push(BytesView chunk) noexcept {
    if (chunk.size() > limits::TEXT_BYTES - size_) {
        stream_.reset();
        size_ = limits::TEXT_BYTES;
        oversized_ = true;
        return;
    }
    size_ += chunk.size();
    if (stream_) {
        stream_->push(as_text(chunk));
    }
}

void ReceiptStream::end() noexcept {
    if (stream_) {
        stream_->end();
    }
}

std::string_view ReceiptStream::added() const noexcept {
    return stream_ ? stream_->added() : std::string_view{};
}

std::string ReceiptStream::finish() noexcept {
    const bool request_oversized = fault_ && !options_ && fault_->code == ErrorCode::INPUT_LIMIT;
    if (oversized_ && !request_oversized) {
        return failure_text({ErrorCode::INPUT_LIMIT, "response"}, CheckList{});
    }
    if (fault_) {
        return failure_text(*fault_, checks_);
    }
    CheckList rows;
    const auto receipt =
        stream_->finish(anchor(), options_->policy.freshness, options_->clock.now, rows);
    return conclude(receipt, std::move(rows));
}

std::string verify_receipt(const ReceiptCall& call) noexcept {
    if (call.request.size() <= limits::TEXT_BYTES && call.response.size() > limits::TEXT_BYTES) {
        return failure_text({ErrorCode::INPUT_LIMIT, "response"}, CheckList{});
    }
    ReceiptStream judged;
    if (const auto fault = judged.open(call)) {
        return failure_text(*fault, judged.checks_);
    }
    const std::string_view response = as_text(call.response);
    CheckList rows;
    const auto receipt =
        receipt::verify(judged.anchor(), *judged.profile_, as_text(call.request), response,
                        judged.options_->response_is.value_or(form_of(response)),
                        judged.options_->policy.freshness, judged.options_->clock.now, rows);
    return judged.conclude(receipt, std::move(rows));
}

} // namespace assay::api
