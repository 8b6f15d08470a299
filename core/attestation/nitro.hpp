// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// AWS Nitro attestation documents: attestation.md §1. Two entry points with results of two types:
/// authenticate() says that a document is genuine, which any holder of an AWS account can have;
/// verify() says that it is genuine and that the caller's policy is satisfied. Pure functions of
/// their arguments. Not checked: revocation, which AWS does not publish.
#pragma once

#include "core/attestation/nitro_claims.hpp"
#include "core/attestation/policy.hpp"
#include "core/attestation/trust_anchor.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/signatures/p384.hpp"

#include <cstdint>
#include <utility>

namespace assay::attestation {

/// A document that an AWS Nitro hypervisor signed. Says nothing about which program runs in the
/// enclave, or since when: compare the claims, or use verify().
class GenuineNitroDocument {
public:
    [[nodiscard]] const NitroClaims& claims() const noexcept { return claims_; }

private:
    friend Result<GenuineNitroDocument> authenticate(const TrustAnchor&, std::int64_t, BytesView,
                                                     signatures::P384Verifier&,
                                                     CheckList&) noexcept;
    explicit GenuineNitroDocument(NitroClaims claims) noexcept : claims_{std::move(claims)} {}

    NitroClaims claims_;
};

/// A genuine document that satisfied the policy with which verify() was called.
class VerifiedNitroDocument {
public:
    [[nodiscard]] const NitroClaims& claims() const noexcept { return document_.claims(); }

private:
    friend Result<VerifiedNitroDocument> verify(const TrustAnchor&, const NitroPolicy&,
                                                std::int64_t, BytesView, signatures::P384Verifier&,
                                                CheckList&) noexcept;
    explicit VerifiedNitroDocument(GenuineNitroDocument document) noexcept
        : document_{std::move(document)} {}

    GenuineNitroDocument document_;
};

/// §1.2 to §1.6: limits, form, chain to @p root, validity at @p now (Unix seconds), signature.
/// @param document the COSE_Sign1 bytes. @param checks gets one row per check, in the order in
/// which they are made; after a failed one nothing follows.
/// @return the document, or the code of the first step that fails.
[[nodiscard]] Result<GenuineNitroDocument> authenticate(const TrustAnchor& root, std::int64_t now,
                                                        BytesView document,
                                                        signatures::P384Verifier& verifier,
                                                        CheckList& checks) noexcept;

/// authenticate(), then the steps of §1.7. The form of the policy was judged before, by
/// NitroPolicy::parse().
[[nodiscard]] Result<VerifiedNitroDocument>
verify(const TrustAnchor& root, const NitroPolicy& policy, std::int64_t now, BytesView document,
       signatures::P384Verifier& verifier, CheckList& checks) noexcept;

/// When the document says that it was made, milliseconds since 1970. Nothing is verified: for a
/// caller who judges a stored document at its own time (chain-state.md §8).
/// @return NITRO_LIMIT, NITRO_MALFORMED, NITRO_ALG_UNSUPPORTED
[[nodiscard]] Result<std::uint64_t> claimed_time_ms(BytesView document) noexcept;

/// Asks @p recorder for the signatures that authenticate() will ask for, in the same order, as far
/// as the steps that need neither clock nor cryptography let it come. A document that fails earlier
/// just records fewer: that is judged when the answers are replayed.
void record_signatures(const TrustAnchor& root, BytesView document,
                       signatures::RecordingP384Verifier& recorder) noexcept;

} // namespace assay::attestation
