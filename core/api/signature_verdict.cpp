// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/signature_verdict.hpp"

#include "core/api/verdict_json.hpp"

namespace assay::api {

std::string signature_text(const JudgedSignature& judged, CheckList checks) noexcept {
    constexpr std::string_view CHECK = "signature";
    if (!judged) {
        checks.failed(CHECK, judged.error());
        return failure_text(judged.error(), checks);
    }
    checks.passed(CHECK);
    return success_text(*judged, checks, TrustLevel::unproven);
}

Result<signatures::LowS> low_s_named(BytesView word) noexcept {
    if (as_text(word) == "strict")
        return signatures::LowS::strict;
    if (as_text(word) == "malleable")
        return signatures::LowS::malleable;
    return Error{ErrorCode::ARGUMENT_INVALID, "lowS"};
}

} // namespace assay::api
