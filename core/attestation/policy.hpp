// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What the caller demands of a genuine Nitro document: attestation.md §1.7 and §1.8. Members:
///   measurements  required; each entry is {"og_pcr_hash": hex32}, or pins by PCR index
///                 {"0": hex48, "1": …, "2": …, …}; with optional "from" and "until" (Unix
///                 seconds, inclusive; api.md "Policy"): outside of them it does not match
///   max_age_s     default 300
///   max_skew_s    default 60
///   allow_debug   default false
///   nonce, public_key  hex; an empty one never matches
///   user_data     {"exact": hex} or {"og": {"tls_cert_sha256": hex32,
///                 "signing_key_sha256": hex32}}; one of the two hashes may be left out and is then
///                 not compared
/// Hex is of either case, with or without 0x.
#pragma once

#include "core/attestation/nitro_claims.hpp"
#include "core/attestation/policy_values.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/bytes/json.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace assay::attestation {

/// One acceptable enclave image.
struct Measurement {
    /// keccak256(PCR0 || PCR1 || PCR2), or nothing: then the pins count.
    std::optional<Hash32> pcr_hash;
    PcrList pins;
    PolicyWindow window;
};

class NitroPolicy {
public:
    /// @param foreign_members names at the top level that are someone else's and are skipped; every
    /// other unknown name is refused.
    /// @return NITRO_PCR_POLICY_EMPTY when `measurements` is absent, empty or has an unusable
    /// entry; POLICY_INVALID for anything else that is not of the form above.
    [[nodiscard]] static Result<NitroPolicy>
    parse(const bytes::JsonValue& policy,
          std::span<const std::string_view> foreign_members = {}) noexcept;

    /// Demands, beside all else, that the user data binds this signing key (SHA-256 of its
    /// SubjectPublicKeyInfo): for a caller who holds the key and wants the enclave's word for it.
    void require_signing_key(const Hash32& sha256) noexcept { signing_keys_.push_back(sha256); }

    /// The steps of §1.7, in their order, each recorded in @p checks.
    /// @param now Unix seconds.
    /// @return ok or the code of the first step that fails.
    [[nodiscard]] Result<void> check(const NitroClaims& claims, std::int64_t now,
                                     CheckList& checks) const noexcept;

    /// Whether an entry pins the image of this hash, keccak256(PCR0 || PCR1 || PCR2), at @p now:
    /// for sources that know no more of it.
    [[nodiscard]] bool pins(const Hash32& pcr_hash, std::int64_t now) const noexcept;

private:
    friend class NitroPolicyReader;
    NitroPolicy() noexcept = default;

    [[nodiscard]] Result<void> check_age(const NitroClaims& claims,
                                         std::int64_t now) const noexcept;
    [[nodiscard]] bool pins(const NitroClaims& claims, std::int64_t now) const noexcept;
    [[nodiscard]] bool binds_user_data() const noexcept;
    [[nodiscard]] bool matches_user_data(const NitroClaims& claims) const noexcept;

    std::vector<Measurement> measurements_;
    std::int64_t max_age_s_ = 300;
    std::int64_t max_skew_s_ = 60;
    bool allow_debug_ = false;
    std::optional<Bytes> nonce_;
    std::optional<Bytes> public_key_;
    std::optional<Bytes> user_data_;
    std::optional<Hash32> tls_certificate_;
    std::vector<Hash32> signing_keys_; ///< each of them has to be the bound one
};

} // namespace assay::attestation
