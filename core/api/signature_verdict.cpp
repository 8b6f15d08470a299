// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/signature_verdict.hpp"

#include "core/api/verdict_json.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"

namespace assay::api {

std::string signature_text(const Result<void>& outcome, const std::string& value) noexcept {
    constexpr std::string_view CHECK = "signature";
    CheckList checks;
    if (!outcome) {
        checks.failed(CHECK, outcome.error());
        return failure_text(outcome.error(), checks);
    }
    checks.passed(CHECK);
    return success_text(value, checks, TrustLevel::unproven);
}

std::string signed_by_text(const Result<void>& outcome, BytesView key) noexcept {
    bytes::JsonWriter value;
    value.object();
    value.key("publicKey").string(bytes::to_hex(key));
    value.end();
    return signature_text(outcome, value.take());
}

} // namespace assay::api
