// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The operations of verify_api.hpp and verify_evidence.hpp.
#include "core/api/operations.hpp"
#include "core/api/verdict_json.hpp"
#include "core/api/verify_api.hpp"
#include "core/api/verify_evidence.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/receipt/canonical.hpp"
#include "core/receipt/python_text.hpp"

#include <array>

namespace assay::api {
namespace {

/// request, response, document, key, options, P-384 answers of the platform.
std::string receipt(Fields f) noexcept {
    return verify_receipt({.request = f[0],
                           .response = f[1],
                           .document = f[2],
                           .key = f[3],
                           .options = f[4],
                           .platform = {f[5]}});
}

/// document, options, P-384 answers of the platform.
std::string nitro(Fields f) noexcept {
    return verify_nitro({.document = f[0], .options = f[1], .platform = {f[2]}});
}

/// As nitro.
std::string genuine_nitro(Fields f) noexcept {
    return authenticate_nitro({.document = f[0], .options = f[1], .platform = {f[2]}});
}

/// bundle, options, P-384 answers of the platform, its verdict on the bundle's proof.
std::string bundle(Fields f) noexcept {
    return verify_evidence(f[0], f[1], {f[2]}, f[3]);
}

/// bundle, options.
std::string proof_task(Fields f) noexcept {
    return evidence_proof_task(f[0], f[1]);
}

/// document, root.
std::string tasks(Fields f) noexcept {
    return p384_tasks(f[0], f[1]);
}

/// request, options.
std::string profile(Fields f) noexcept {
    return choose_profile(f[0], f[1]);
}

/// Canonical text (receipt.md §3.2) of one JSON value; for tests. Fields: text, mode: "value",
/// "temperature" for a number that is one (§3.3), or "python" for what Python prints (§3.5).
std::string canonical_json(Fields f) noexcept {
    const auto value = bytes::parse_json(as_text(f[0]), ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
    if (!value) {
        return failure_text(value.error(), CheckList{});
    }
    std::string text;
    if (as_text(f[1]) == "temperature") {
        auto canonical = receipt::canonical_temperature(*value);
        if (!canonical) {
            return failure_text(canonical.error(), CheckList{});
        }
        text = *std::move(canonical);
    } else if (as_text(f[1]) == "python") {
        receipt::append_python_text(text, *value);
    } else {
        text = receipt::canonical_text(*value);
    }
    bytes::JsonWriter out;
    out.string(text);
    return success_text(out.take(), CheckList{}, TrustLevel::unproven);
}

constexpr std::array OPERATIONS = {
    Operation{"verify_receipt", 6, receipt},
    Operation{"verify_nitro", 3, nitro},
    Operation{"authenticate_nitro", 3, genuine_nitro},
    Operation{"verify_evidence", 4, bundle},
    Operation{"evidence_proof_task", 2, proof_task},
    Operation{"p384_tasks", 2, tasks},
    Operation{"choose_profile", 2, profile},
    Operation{"canonical_json", 2, canonical_json},
};

} // namespace

std::span<const Operation> evidence_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
