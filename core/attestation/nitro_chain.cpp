// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/nitro_chain.hpp"

#include "core/attestation/x509_link.hpp"
#include "core/attestation/x509_parts.hpp"
#include "core/signatures/ecdsa_der.hpp"

#include <algorithm>
#include <string>

namespace assay::attestation {
namespace {

/// Where in the evidence c[i] stands.
Error failure(ErrorCode code, std::size_t i, std::size_t leaf) {
    return {code, i == leaf ? "certificate" : "cabundle[" + std::to_string(i) + "]"};
}

/// ecdsa-with-SHA384 by an issuer whose key is on P-384 (step 3 checked both).
bool is_signed_by(const Certificate& child, const Certificate& issuer,
                  signatures::P384Verifier& verifier) {
    if (child.signature.unused != 0) {
        return false;
    }
    const auto signature =
        signatures::ecdsa_der_to_raw(child.signature.bytes, signatures::P384_SIGNATURE_BYTES / 2);
    return signature && signatures::has_p384_scalars(*signature) &&
           verifier.verify({issuer.public_key, child.tbs, *signature});
}

} // namespace

Result<NitroChain> NitroChain::parse(std::span<const BytesView> bundle, BytesView leaf) noexcept {
    std::vector<Certificate> certificates;
    certificates.reserve(bundle.size() + 1);
    for (std::size_t i = 0; i <= bundle.size(); ++i) {
        auto certificate = parse_certificate(i < bundle.size() ? bundle[i] : leaf);
        if (!certificate || certificate->extensions.usage_padded) {
            return failure(ErrorCode::NITRO_MALFORMED, i, bundle.size());
        }
        certificates.push_back(*std::move(certificate));
    }
    return NitroChain{std::move(certificates)};
}

Result<void> NitroChain::check_root(const TrustAnchor& root) const noexcept {
    if (!root.matches(certificates_.front().der)) {
        return failure(ErrorCode::NITRO_CHAIN_UNTRUSTED, 0, certificates_.size() - 1);
    }
    return Result<void>::ok();
}

Result<void> NitroChain::check_links(const TrustAnchor& root,
                                     signatures::P384Verifier& verifier) const noexcept {
    const std::size_t leaf = certificates_.size() - 1;
    for (std::size_t i = 0; i <= leaf; ++i) {
        const Certificate& c = certificates_[i];
        if (!is_ecdsa_sha384(c.inner_algorithm) || !is_ecdsa_sha384(c.outer_algorithm) ||
            !is_p384_key(c.key_algorithm)) {
            return failure(ErrorCode::NITRO_ALG_UNSUPPORTED, i, leaf);
        }
    }
    for (std::size_t i = 0; i <= leaf; ++i) {
        const Certificate& child = certificates_[i];
        const Certificate& issuer = certificates_[i == 0 ? 0 : i - 1];
        const bool known = i == 0 && root.self_signature_known();
        // The root is its own issuer, so the rules of a link alone would let it stand there twice.
        const bool repeated = i > 0 && equal(child.der, issuer.der);
        if (repeated || !names_issuer(child, issuer) ||
            !(known || is_signed_by(child, issuer, verifier))) {
            return failure(ErrorCode::NITRO_CHAIN_UNTRUSTED, i, leaf);
        }
    }
    return Result<void>::ok();
}

Result<void> NitroChain::check_constraints() const noexcept {
    const std::size_t leaf = certificates_.size() - 1;
    for (std::size_t i = 0; i <= leaf; ++i) {
        const Certificate& c = certificates_[i];
        const bool fits = i == leaf ? is_signing_leaf(c) : is_authority(c, leaf - 1 - i);
        if (c.version != 3 || c.extensions.other_critical || !fits) {
            return failure(ErrorCode::NITRO_CERT_CONSTRAINT, i, leaf);
        }
    }
    return Result<void>::ok();
}

Result<void> NitroChain::check_validity(std::int64_t now) const noexcept {
    const std::size_t leaf = certificates_.size() - 1;
    for (std::size_t i = 0; i <= leaf; ++i) {
        if (!is_valid_at(certificates_[i], now)) {
            return failure(ErrorCode::NITRO_CERT_EXPIRED, i, leaf);
        }
    }
    return Result<void>::ok();
}

ValidityWindow NitroChain::window() const noexcept {
    ValidityWindow window{leaf().not_before, leaf().not_after};
    for (const Certificate& c : certificates_) {
        window.not_before = std::max(window.not_before, c.not_before);
        window.not_after = std::min(window.not_after, c.not_after);
    }
    return window;
}

} // namespace assay::attestation
