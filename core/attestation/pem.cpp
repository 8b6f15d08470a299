// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/pem.hpp"

#include "core/bytes/base64.hpp"

#include <string>
#include <utility>

namespace assay::attestation {
namespace {

constexpr std::string_view BEGIN = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view END = "-----END CERTIFICATE-----";

bool take_line_break(std::string_view& text) {
    const std::size_t size = text.starts_with('\n') ? 1 : text.starts_with("\r\n") ? 2 : 0;
    text.remove_prefix(size);
    return size != 0;
}

} // namespace

bool CertificateList::append(std::string_view base64) noexcept {
    auto der = bytes::from_base64(base64);
    if (!der) {
        return false;
    }
    der_.push_back(*std::move(der));
    auto certificate = parse_certificate(der_.back());
    if (certificate) {
        certificates_.push_back(*certificate);
    }
    return certificate.has_value();
}

std::optional<CertificateList> CertificateList::parse(std::string_view pem,
                                                      std::size_t most) noexcept {
    CertificateList list;
    while (take_line_break(pem)) {}
    while (!pem.empty()) {
        if (list.size() == most || !pem.starts_with(BEGIN)) {
            return std::nullopt;
        }
        pem.remove_prefix(BEGIN.size());
        const std::size_t end = pem.find(END);
        // Both labels stand in lines of their own.
        if (end == std::string_view::npos || end == 0 || pem[end - 1] != '\n' ||
            !take_line_break(pem)) {
            return std::nullopt;
        }
        std::string base64;
        while (!pem.starts_with(END)) {
            if (!take_line_break(pem)) {
                base64.push_back(pem.front());
                pem.remove_prefix(1);
            }
        }
        pem.remove_prefix(END.size());
        if (!list.append(base64) || !(pem.empty() || take_line_break(pem))) {
            return std::nullopt;
        }
        while (take_line_break(pem)) {}
    }
    return list;
}

} // namespace assay::attestation
