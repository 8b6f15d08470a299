// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Certificates as PEM text (RFC 7468), read strictly.
#pragma once

#include "core/attestation/x509.hpp"
#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace assay::attestation {

/// Certificates that own their bytes. Not copied: they view into them.
class CertificateList {
public:
    CertificateList() noexcept = default;
    CertificateList(CertificateList&&) noexcept = default;
    CertificateList& operator=(CertificateList&&) noexcept = default;

    /// Reads CERTIFICATE blocks with nothing but line breaks (LF or CRLF) between, before and after
    /// them. The lines of a block together are one base64 text (RFC 4648 §4), which holds one
    /// certificate.
    /// @return nothing for any other text, or above @p most blocks.
    [[nodiscard]] static std::optional<CertificateList> parse(std::string_view pem,
                                                              std::size_t most) noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return certificates_.size(); }
    /// Precondition: below size().
    [[nodiscard]] const Certificate& operator[](std::size_t i) const noexcept {
        return certificates_[i];
    }

private:
    [[nodiscard]] bool append(std::string_view base64) noexcept;

    std::vector<Bytes> der_;
    std::vector<Certificate> certificates_;
};

} // namespace assay::attestation
