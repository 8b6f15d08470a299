// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/nitro.hpp"

#include "core/attestation/cose_sign1.hpp"
#include "core/attestation/nitro_limits.hpp"

namespace assay::attestation {
namespace {

/// A document taken apart (§1.4); nothing of it is authenticated.
struct Parsed {
    CoseSign1 envelope;
    NitroFields fields;
};

Result<Parsed> parse(BytesView document) {
    if (document.size() > nitro_limits::DOCUMENT_BYTES) {
        return ErrorCode::NITRO_LIMIT;
    }
    const auto envelope = parse_cose_sign1(document);
    if (!envelope) {
        return envelope.error();
    }
    auto fields = parse_nitro_payload(envelope->payload);
    if (!fields) {
        return fields.error();
    }
    return Parsed{*envelope, *std::move(fields)};
}

/// §1.6. The key was found to be on the curve when its certificate was parsed.
Result<void> check_signature(const CoseSign1& envelope, BytesView public_key,
                             signatures::P384Verifier& verifier) {
    if (!signatures::has_p384_scalars(envelope.signature) ||
        !verifier.verify({public_key, sig_structure(envelope), envelope.signature})) {
        return Error{ErrorCode::NITRO_SIGNATURE_INVALID, "signature"};
    }
    return Result<void>::ok();
}

/// Records the outcome of one check. @return whether the next one may be made.
bool record(CheckList& checks, std::string_view name, const Result<void>& outcome,
            std::string_view detail = {}) {
    if (!outcome) {
        checks.failed(name, outcome.error());
        return false;
    }
    checks.passed(name, detail);
    return true;
}

Result<GenuineNitroDocument> failed(CheckList& checks, std::string_view name, const Error& error) {
    checks.failed(name, error);
    return error;
}

constexpr std::string_view CHAIN = "certificate chain";

} // namespace

Result<GenuineNitroDocument> authenticate(const TrustAnchor& root, std::int64_t now,
                                          BytesView document, signatures::P384Verifier& verifier,
                                          CheckList& checks) noexcept {
    const auto parsed = parse(document);
    if (!parsed) {
        return failed(checks, "document", parsed.error());
    }
    checks.passed("document");
    const auto chain = NitroChain::parse(parsed->fields.cabundle, parsed->fields.certificate);
    if (!chain) {
        return failed(checks, CHAIN, chain.error());
    }
    if (auto step = chain->check_root(root); !record(checks, "trusted root", step, root.name())) {
        return step.error();
    }
    if (auto step = chain->check_links(root, verifier); !record(checks, CHAIN, step)) {
        return step.error();
    }
    if (auto step = chain->check_constraints(); !record(checks, "certificate constraints", step)) {
        return step.error();
    }
    if (auto step = chain->check_validity(now); !record(checks, "certificate validity", step)) {
        return step.error();
    }
    if (auto step = check_signature(parsed->envelope, chain->leaf().public_key, verifier);
        !record(checks, "document signature", step)) {
        return step.error();
    }
    checks.not_covered("certificate revocation", "AWS publishes none");
    return GenuineNitroDocument{make_claims(parsed->fields, *chain)};
}

Result<VerifiedNitroDocument> verify(const TrustAnchor& root, const NitroPolicy& policy,
                                     std::int64_t now, BytesView document,
                                     signatures::P384Verifier& verifier,
                                     CheckList& checks) noexcept {
    auto genuine = authenticate(root, now, document, verifier, checks);
    if (!genuine) {
        return genuine.error();
    }
    if (const auto step = policy.check(genuine->claims(), now, checks); !step) {
        return step.error();
    }
    return VerifiedNitroDocument{*std::move(genuine)};
}

Result<std::uint64_t> claimed_time_ms(BytesView document) noexcept {
    const auto parsed = parse(document);
    return parsed ? Result<std::uint64_t>{parsed->fields.timestamp_ms} : parsed.error();
}

void record_signatures(const TrustAnchor& root, BytesView document,
                       signatures::RecordingP384Verifier& recorder) noexcept {
    const auto parsed = parse(document);
    if (!parsed) {
        return;
    }
    const auto chain = NitroChain::parse(parsed->fields.cabundle, parsed->fields.certificate);
    if (!chain || !chain->check_root(root) || !chain->check_links(root, recorder) ||
        !chain->check_constraints()) {
        return;
    }
    // The recorder says yes to everything; whether this passes is judged in authenticate().
    static_cast<void>(check_signature(parsed->envelope, chain->leaf().public_key, recorder));
}

} // namespace assay::attestation
