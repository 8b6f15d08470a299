// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/verify_api.hpp"

#include "core/api/options.hpp"
#include "core/api/value_json.hpp"
#include "core/api/verdict_json.hpp"
#include "core/api/verify_steps.hpp"
#include "core/attestation/nitro.hpp"
#include "core/base/limits.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/receipt/receipt.hpp"

#include <optional>
#include <utility>

namespace assay::api {

using attestation::TrustAnchor;
using bytes::JsonWriter;

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
    note_no_policy(checks);
    JsonWriter value;
    write_nitro(value, document->claims(), Judged::genuine);
    return success_text(value.take(), checks, TrustLevel::unproven);
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
