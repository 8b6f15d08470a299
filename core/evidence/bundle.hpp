// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The evidence bundle (api.md "Evidence bundle"): one container for what an application has in
/// hand, as JSON or CBOR. Here it is only taken apart: nothing in it is verified, and nothing in it
/// says what is trusted. Its members are described in js-bindings/docs/evidence.md.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/evidence/proof.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::evidence {

/// Member names of the parts.
inline constexpr std::string_view REGISTRY = "registry";
inline constexpr std::string_view ZK = "zk";
inline constexpr std::string_view MODEL = "model";
inline constexpr std::string_view CLAIM = "claim";
/// Those of the part `settlement`.
inline constexpr std::array<std::string_view, 7> SETTLEMENT_MEMBERS = {
    "kind", "root", "event", "leaf", "proof", "leaves", "flags"};

/// What vouches for an enclave. As the bundle claims it.
struct Attestation {
    enum class Kind : std::uint8_t { nitro, tdx, snp } kind;
    Bytes evidence;         ///< document, quote or report
    std::string collateral; ///< of a quote, JSON text (attestation.md §2.2); empty: none
    Bytes endorsement_key;  ///< of a report: VCEK or VLEK, DER
    std::string chain;      ///< of a report: PEM
    Bytes revocations;      ///< of a report: DER, one after the other; empty: none
    /// Of the signing key, DER SubjectPublicKeyInfo.
    std::optional<Bytes> key;
};
/// @return "nitro", "tdx", "snp".
[[nodiscard]] std::string_view name(Attestation::Kind kind) noexcept;

struct Bundle {
    std::optional<std::string> request;  ///< raw JSON text
    std::optional<std::string> response; ///< raw reply text
    std::optional<Attestation> attestation;
    /// JSON text of the member (core/api/settlement.hpp); empty: none.
    std::string settlement;
    /// What is asked of the registry and what shows it (core/api/registry.hpp), JSON texts.
    struct Registry {
        std::string query;
        std::string evidence;
    };
    std::optional<Registry> registry;
    std::optional<Proof> zk;
    /// Parts that this version cannot check: whether they are there.
    struct Unsupported {
        bool model = false;
        bool claim = false;
    } unsupported;

    /// @param bytes a CBOR map when they begin with the head of one, else JSON text
    /// @return INPUT_LIMIT above limits::BUNDLE_BYTES, for a request or reply above
    /// limits::TEXT_BYTES and for more values than the readers keep; EVIDENCE_MALFORMED for
    /// anything that is not of the documented form, members of other names included;
    /// EVIDENCE_UNSUPPORTED for another version; EVIDENCE_EMPTY without a request and its reply, an
    /// attestation, a settlement or another part to check.
    [[nodiscard]] static Result<Bundle> parse(BytesView bytes) noexcept;
};

} // namespace assay::evidence
