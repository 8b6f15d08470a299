// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The verifier as bytes in, verdict text out: what the wasm bindings and the CLI call, so that both
// say the same by construction. A verdict is the JSON form of api.md "Verdict": members in
// camelCase, 64-bit integers as decimal strings, bytes as hex.
//
// Options are one JSON object, at most limits::OPTIONS_BYTES; unknown members are POLICY_INVALID.
//   now            required; Unix seconds (integer or decimal string) or RFC 3339 text;
//                  above 10^11 it is milliseconds by mistake → POLICY_INVALID
//   now_source     "caller" (default) or "device": only changes what the checks say was assumed
//   root           {"name": text, "der": base64}; authenticate only. Default: the AWS root
//   policy         the members of attestation.md §1.7 and, beside them,
//                  root (as above), profiles (receipt.md §2), receipt {max_age_s, future_s; null =
//                  no limit}, accept (trust levels; default proven, attested)
//   request_is     "sent" or "sdk-input"; receipts only, required with a document
//   response_is    "json" or "stream"; receipts only. Default: json when the first character that
//   is
//                  not white space is "{", else stream (no text is well-formed as both)
//   profile        receipts without a document: the profile that the caller pins
//   expected_tee_id  0x + 64 hex digits; receipts only, optional
#pragma once

#include "core/base/bytes_view.hpp"

#include <string>

namespace assay::api {

/// Outcomes of the P-384 checks that p384_tasks() listed for the same bytes, one byte each (1 = the
/// signature verifies), made by the caller's platform. Empty: the core checks them itself.
struct PlatformResults {
    BytesView p384;
};

/// A receipt and what vouches for its key. All views are read during the call only.
struct ReceiptCall {
    BytesView request;  ///< raw JSON text of the request
    BytesView response; ///< raw JSON reply, or the lines of the event stream
    BytesView
        document;  ///< Nitro attestation that binds the key; empty: the key is the caller's word
    BytesView key; ///< DER SubjectPublicKeyInfo of the signing key
    BytesView options;
    PlatformResults platform{};
};

/// One attestation document.
struct NitroCall {
    BytesView document;
    BytesView options;
    PlatformResults platform{};
};

/// Attestation first (its codes), then the receipt (receipt.md §7). Without a document the trust is
/// `unproven`, which the default policy refuses with TRUST_INSUFFICIENT.
[[nodiscard]] std::string verify_receipt(const ReceiptCall& call) noexcept;

/// attestation.md §1, genuine and the policy satisfied; without a policy NITRO_PCR_POLICY_EMPTY.
[[nodiscard]] std::string verify_nitro(const NitroCall& call) noexcept;

/// attestation.md §0: says `genuine`, never verified; no policy is applied (a policy in the options
/// is POLICY_INVALID).
[[nodiscard]] std::string authenticate_nitro(const NitroCall& call) noexcept;

/// The P-384 checks that the document asks for, in the order in which the verifier makes them:
/// {"ok":true,"value":{"tasks":[{"key","message","signature"}]},…}, hex; key = 04 || x || y,
/// signature = r || s. Fewer than five when an earlier step fails; that is no error here.
/// @p root_der empty: the AWS root.
[[nodiscard]] std::string p384_tasks(BytesView document, BytesView root_der) noexcept;

/// receipt.md §2, choice of the profile; value {"route","profile"}. Options: pcr_hash, request_is,
/// profiles. For tests and tools.
[[nodiscard]] std::string choose_profile(BytesView request, BytesView options) noexcept;

} // namespace assay::api
