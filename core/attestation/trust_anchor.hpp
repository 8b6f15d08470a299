// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The root certificate that the caller pins (attestation.md §1.1, §2.2).
#pragma once

#include "core/base/bytes_view.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace assay::attestation {

/// One pinned root: its bytes, or the SHA-256 fingerprint of its bytes.
class TrustAnchor {
public:
    /// AWS Nitro Enclaves Root G1, pinned by the fingerprint that AWS publishes.
    [[nodiscard]] static TrustAnchor aws_nitro() noexcept;
    /// Intel SGX Root CA, pinned by fingerprint (attestation.md §2.2 step 2).
    [[nodiscard]] static TrustAnchor intel_sgx() noexcept;
    /// @param der the root's certificate, must outlive the anchor. Not parsed: it vouches for
    /// nothing but equal bytes. @param name is shown to people.
    [[nodiscard]] static TrustAnchor certificate(BytesView der, std::string_view name) noexcept;

    /// @return whether @p der is the pinned certificate, byte for byte.
    [[nodiscard]] bool matches(BytesView der) const noexcept;
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// Whether it is known that the root's signature over itself verifies: it was checked when the
    /// fingerprint was pinned, and equal bytes have the same answer.
    [[nodiscard]] bool self_signature_known() const noexcept {
        return std::holds_alternative<Hash32>(pin_);
    }

private:
    TrustAnchor(std::variant<BytesView, Hash32> pin, std::string_view name) noexcept
        : pin_{pin}, name_{name} {}

    std::variant<BytesView, Hash32> pin_;
    std::string name_;
};

} // namespace assay::attestation
