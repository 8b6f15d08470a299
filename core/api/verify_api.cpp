// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/verify_api.hpp"

#include "core/api/options.hpp"
#include "core/api/value_json.hpp"
#include "core/api/verdict_json.hpp"
#include "core/attestation/nitro.hpp"
#include "core/base/limits.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/hash/sha2.hpp"
#include "core/receipt/receipt.hpp"

#include <optional>
#include <utility>

namespace assay::api {
namespace {

using attestation::NitroClaims;
using attestation::TrustAnchor;
using bytes::JsonWriter;

/// The verifier that the call asks for: the core's own, or the platform's recorded answers.
class ChosenP384Verifier {
public:
    explicit ChosenP384Verifier(BytesView results) noexcept {
        if (!results.empty()) {
            replay_.emplace(results);
        }
    }
    [[nodiscard]] signatures::P384Verifier& get() noexcept {
        if (replay_) {
            return *replay_;
        }
        return core_;
    }

private:
    signatures::CoreP384Verifier core_;
    std::optional<signatures::ReplayP384Verifier> replay_;
};

TrustAnchor anchor_of(const std::optional<NamedRoot>& root) noexcept {
    return root ? TrustAnchor::certificate(root->der, root->name) : TrustAnchor::aws_nitro();
}

void note_root(CheckList& checks, const std::optional<NamedRoot>& root) noexcept {
    if (root) {
        checks.assumed("root of trust", root->name + ", named by the policy; SHA-256 " +
                                            bytes::to_hex(hash::sha256(root->der)));
    } else {
        checks.assumed("root of trust", "the AWS Nitro root, pinned by its published fingerprint");
    }
}

/// A request's or reply's form when the caller does not name it: no text is well-formed as both.
receipt::ResponseIs form_of(std::string_view response) noexcept {
    const std::size_t first = response.find_first_not_of(" \t\r\n");
    const bool object = first != std::string_view::npos && response[first] == '{';
    return object ? receipt::ResponseIs::json : receipt::ResponseIs::stream;
}

/// Judges the document. The key must be the one that it binds (attestation.md §1.8).
Result<NitroClaims> attest(const ReceiptCall& call, ReceiptOptions& options,
                           CheckList& checks) noexcept {
    options.policy.nitro->require_signing_key(hash::sha256(call.key));
    note_root(checks, options.policy.root);
    ChosenP384Verifier verifier{call.platform.p384};
    CheckList rows;
    auto document = attestation::verify(anchor_of(options.policy.root), *options.policy.nitro,
                                        options.clock.now, call.document, verifier.get(), rows);
    checks.group("attestation", std::move(rows));
    if (!document) {
        return document.error();
    }
    return document->claims();
}

/// receipt.md §2: the profile that the policy's table names for the attested enclave.
Result<receipt::Profile> choose(const ReceiptOptions& options, const NitroClaims& claims,
                                std::string_view request, CheckList& checks) noexcept {
    const auto fail = [&](const Error& error) {
        checks.failed("profile", error);
        return error;
    };
    if (!options.policy.profiles || !claims.pcr_hash) {
        return fail(Error{ErrorCode::RECEIPT_PROFILE_UNKNOWN, "policy.profiles"});
    }
    const auto choice =
        options.policy.profiles->choose(*claims.pcr_hash, request, *options.request_is);
    if (!choice) {
        return fail(choice.error());
    }
    checks.assumed("profile", std::string{name(choice->profile)} + ", by the policy's table");
    return choice->profile;
}

/// api.md "trust". Judged last: a weak anchor is a question that a caller may overrule, and must
/// not hide a forgery.
Result<void> check_trust(const Policy& policy, TrustLevel trust, CheckList& checks) noexcept {
    if (!policy.accepts(trust)) {
        const Error error{ErrorCode::TRUST_INSUFFICIENT, "policy.accept"};
        checks.failed("trust level", error, std::string{name(trust)});
        return error;
    }
    checks.passed("trust level", std::string{name(trust)});
    return Result<void>::ok();
}

} // namespace

std::string verify_nitro(const NitroCall& call) noexcept {
    CheckList checks;
    auto options = NitroOptions::parse(call.options);
    if (!options) {
        return failure_text(options.error(), checks);
    }
    note_clock(checks, options->clock);
    note_root(checks, options->policy.root);
    ChosenP384Verifier verifier{call.platform.p384};
    const auto document =
        attestation::verify(anchor_of(options->policy.root), *options->policy.nitro,
                            options->clock.now, call.document, verifier.get(), checks);
    if (!document) {
        return failure_text(document.error(), checks);
    }
    const auto trusted = check_trust(options->policy, TrustLevel::attested, checks);
    if (!trusted) {
        return failure_text(trusted.error(), checks);
    }
    JsonWriter value;
    write_nitro(value, document->claims(), Judged::verified);
    return success_text(value.take(), checks, TrustLevel::attested);
}

std::string authenticate_nitro(const NitroCall& call) noexcept {
    CheckList checks;
    const auto options = AuthenticateOptions::parse(call.options);
    if (!options) {
        return failure_text(options.error(), checks);
    }
    note_clock(checks, options->clock);
    note_root(checks, options->root);
    ChosenP384Verifier verifier{call.platform.p384};
    const auto document = attestation::authenticate(anchor_of(options->root), options->clock.now,
                                                    call.document, verifier.get(), checks);
    if (!document) {
        return failure_text(document.error(), checks);
    }
    checks.not_covered("policy", "none was applied: this says nothing about what the enclave runs");
    JsonWriter value;
    write_nitro(value, document->claims(), Judged::genuine);
    return success_text(value.take(), checks, TrustLevel::unproven);
}

std::string verify_receipt(const ReceiptCall& call) noexcept {
    CheckList checks;
    if (call.request.size() > limits::TEXT_BYTES) {
        return failure_text({ErrorCode::INPUT_LIMIT, "request"}, checks);
    }
    if (call.response.size() > limits::TEXT_BYTES) {
        return failure_text({ErrorCode::INPUT_LIMIT, "response"}, checks);
    }
    const bool attested = !call.document.empty();
    auto options =
        ReceiptOptions::parse(call.options, attested ? ReceiptOptions::Anchor::attestation
                                                     : ReceiptOptions::Anchor::callers_key);
    if (!options) {
        return failure_text(options.error(), checks);
    }
    note_clock(checks, options->clock);

    const std::string_view request = as_text(call.request);
    const std::string_view response = as_text(call.response);
    std::optional<NitroClaims> claims;
    std::optional<receipt::Profile> profile = options->profile;
    TrustLevel trust = TrustLevel::unproven;
    if (attested) {
        auto document = attest(call, *options, checks);
        if (!document) {
            return failure_text(document.error(), checks);
        }
        claims = *std::move(document);
        trust = TrustLevel::attested;
        const auto chosen = choose(*options, *claims, request, checks);
        if (!chosen) {
            return failure_text(chosen.error(), checks);
        }
        profile = *chosen;
    } else {
        checks.assumed("key and profile", "named by the caller, without evidence");
    }

    CheckList rows;
    const auto receipt = receipt::verify({call.key, options->expected_tee_id}, *profile, request,
                                         response, options->response_is.value_or(form_of(response)),
                                         options->policy.freshness, options->clock.now, rows);
    checks.group("receipt", std::move(rows));
    if (!receipt) {
        return failure_text(receipt.error(), checks);
    }
    if (const auto trusted = check_trust(options->policy, trust, checks); !trusted) {
        return failure_text(trusted.error(), checks);
    }
    JsonWriter value;
    write_receipt(value, *receipt, claims ? &*claims : nullptr);
    return success_text(value.take(), checks, trust);
}

std::string p384_tasks(BytesView document, BytesView root_der) noexcept {
    const TrustAnchor root = root_der.empty() ? TrustAnchor::aws_nitro()
                                              : TrustAnchor::certificate(root_der, "caller's root");
    signatures::RecordingP384Verifier recorder;
    attestation::record_signatures(root, document, recorder);
    JsonWriter value;
    value.object();
    value.key("tasks").array();
    for (const auto& task : recorder.records()) {
        value.object();
        value.key("key").string(bytes::to_hex(task.public_key));
        value.key("message").string(bytes::to_hex(task.message));
        value.key("signature").string(bytes::to_hex(task.signature));
        value.end();
    }
    value.end();
    value.end();
    return success_text(value.take(), CheckList{}, TrustLevel::unproven);
}

std::string choose_profile(BytesView request, BytesView options) noexcept {
    const auto parsed = ProfileOptions::parse(options);
    if (!parsed) {
        return failure_text(parsed.error(), CheckList{});
    }
    if (request.size() > limits::TEXT_BYTES) {
        return failure_text({ErrorCode::INPUT_LIMIT, "request"}, CheckList{});
    }
    const auto choice =
        parsed->profiles.choose(parsed->pcr_hash, as_text(request), parsed->request_is);
    if (!choice) {
        return failure_text(choice.error(), CheckList{});
    }
    JsonWriter value;
    value.object();
    value.key("route").string(name(choice->route));
    value.key("profile").string(name(choice->profile));
    value.end();
    return success_text(value.take(), CheckList{}, TrustLevel::unproven);
}

} // namespace assay::api
