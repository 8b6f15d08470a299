// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The certificates of a Nitro document, from the pinned root to the key that signed: attestation.md
// §1.5. One function per group of steps; the caller keeps their order.
#pragma once

#include "core/attestation/trust_anchor.hpp"
#include "core/attestation/x509.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/signatures/p384.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace assay::attestation {

/// Unix seconds, both inclusive.
struct ValidityWindow {
    std::int64_t not_before;
    std::int64_t not_after;
};

/// c[0] … c[m]: the bundle in its order, then the leaf. Views into the document.
class NitroChain {
public:
    /// Step 1. @return NITRO_MALFORMED when an entry is no certificate. Precondition: a bundle of
    /// one entry or more.
    [[nodiscard]] static Result<NitroChain> parse(std::span<const BytesView> bundle,
                                                  BytesView leaf) noexcept;

    /// Step 2. @return NITRO_CHAIN_UNTRUSTED unless c[0] is the pinned root.
    [[nodiscard]] Result<void> check_root(const TrustAnchor& root) const noexcept;
    /// Steps 3 and 4. @return NITRO_ALG_UNSUPPORTED, then NITRO_CHAIN_UNTRUSTED. The signatures are
    /// asked of @p verifier from the root down.
    [[nodiscard]] Result<void> check_links(const TrustAnchor& root,
                                           signatures::P384Verifier& verifier) const noexcept;
    /// Step 5. @return NITRO_CERT_CONSTRAINT.
    [[nodiscard]] Result<void> check_constraints() const noexcept;
    /// Step 6. @return NITRO_CERT_EXPIRED when @p now, Unix seconds, lies outside of window().
    [[nodiscard]] Result<void> check_validity(std::int64_t now) const noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return certificates_.size(); }
    [[nodiscard]] const Certificate& leaf() const noexcept { return certificates_.back(); }
    /// The time in which every certificate is valid; may be empty (not_before > not_after).
    [[nodiscard]] ValidityWindow window() const noexcept;

private:
    explicit NitroChain(std::vector<Certificate> certificates) noexcept
        : certificates_{std::move(certificates)} {}

    std::vector<Certificate> certificates_;
};

} // namespace assay::attestation
