// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/x509_link.hpp"

#include "core/attestation/x509_parts.hpp"
#include "core/signatures/ecdsa_der.hpp"
#include "core/signatures/p256.hpp"
#include "core/signatures/rsa.hpp"

namespace assay::attestation {
namespace {

bool may_be_used_for(const Certificate& certificate, std::uint16_t usage) {
    const auto& allowed = certificate.extensions.usage;
    return allowed && (*allowed & usage) != 0;
}

bool is_signed_by_algorithm(const SignedObject& child, bool (*algorithm)(BytesView) noexcept) {
    return algorithm(child.inner_algorithm) && algorithm(child.outer_algorithm) &&
           child.signature.unused == 0;
}

} // namespace

bool names_issuer(const SignedObject& child, const Certificate& issuer) noexcept {
    const auto& wanted = child.extensions.authority_key_id;
    const auto& actual = issuer.extensions.subject_key_id;
    return equal(child.issuer, issuer.subject) && (!wanted || !actual || equal(*wanted, *actual));
}

bool is_authority(const Certificate& certificate, std::size_t below) noexcept {
    const auto& constraints = certificate.extensions.basic_constraints;
    return constraints && constraints->ca &&
           may_be_used_for(certificate, key_usage::KEY_CERT_SIGN) &&
           (!constraints->path_length || *constraints->path_length >= below);
}

bool is_signing_leaf(const Certificate& certificate) noexcept {
    const auto& constraints = certificate.extensions.basic_constraints;
    return !(constraints && constraints->ca) &&
           may_be_used_for(certificate, key_usage::DIGITAL_SIGNATURE);
}

bool is_valid_at(const Certificate& certificate, std::int64_t now) noexcept {
    return now >= certificate.not_before && now <= certificate.not_after;
}

bool is_signed_p256(const SignedObject& child, const Certificate& issuer) noexcept {
    constexpr std::size_t SCALAR_BYTES = 32;
    if (!is_signed_by_algorithm(child, is_ecdsa_sha256) || !is_p256_key(issuer.key_algorithm)) {
        return false;
    }
    const auto signature = signatures::ecdsa_der_to_raw(child.signature.bytes, SCALAR_BYTES);
    return signature &&
           signatures::verify_p256(issuer.public_key, child.tbs, *signature).has_value();
}

bool is_signed_rsa_pss(const SignedObject& child, const Certificate& issuer) noexcept {
    constexpr std::size_t MODULUS_BITS = 4096;
    constexpr std::size_t SALT_BYTES = 48;
    if (!is_signed_by_algorithm(child, is_rsa_pss_sha384)) {
        return false;
    }
    const auto key = signatures::RsaPublicKey::from_spki(issuer.key_info);
    return key && key->modulus_bits() == MODULUS_BITS &&
           signatures::verify_rsa_pss(*key, signatures::RsaHash::sha384, SALT_BYTES, child.tbs,
                                      child.signature.bytes)
               .has_value();
}

} // namespace assay::attestation
