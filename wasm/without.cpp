// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Stands in for families of checks, so that a link without them says what they cost
// (family_sizes.mjs). A symbol that is defined here keeps its file, and all that only that file
// needs, out of the module. Never part of what ships.
#include "core/api/operations.hpp"
#include "core/api/receipt_stream.hpp"
#include "core/api/verify_evidence.hpp"
#include "core/attestation/nitro.hpp"
#include "core/signatures/p384.hpp"
#include "core/signatures/rsa.hpp"

namespace assay {

#if ASSAY_WITHOUT >= 1 // evidence bundles
std::string api::verify_evidence(BytesView, BytesView, PlatformResults, BytesView) noexcept {
    return {};
}
std::string api::evidence_proof_task(BytesView, BytesView) noexcept {
    return {};
}
#endif
#if ASSAY_WITHOUT >= 2 // chain state
std::span<const api::Operation> api::chain_operations() noexcept {
    return {};
}
std::span<const api::Operation> api::chain_unit_operations() noexcept {
    return {};
}
std::span<const api::Operation> api::trie_operations() noexcept {
    return {};
}
#endif
#if ASSAY_WITHOUT >= 3
std::span<const api::Operation> api::tdx_operations() noexcept {
    return {};
}
#endif
#if ASSAY_WITHOUT >= 4
std::span<const api::Operation> api::snp_operations() noexcept {
    return {};
}
#endif
#if ASSAY_WITHOUT >= 5 // Nitro documents
Result<attestation::GenuineNitroDocument> attestation::authenticate(const TrustAnchor&,
                                                                    std::int64_t, BytesView,
                                                                    signatures::P384Verifier&,
                                                                    CheckList&) noexcept {
    return ErrorCode::NITRO_MALFORMED;
}
Result<attestation::VerifiedNitroDocument> attestation::verify(const TrustAnchor&,
                                                               const NitroPolicy&, std::int64_t,
                                                               BytesView, signatures::P384Verifier&,
                                                               CheckList&) noexcept {
    return ErrorCode::NITRO_MALFORMED;
}
void attestation::record_signatures(const TrustAnchor&, BytesView,
                                    signatures::RecordingP384Verifier&) noexcept {}
#endif
#if ASSAY_WITHOUT >= 6 // receipts
std::span<const api::Operation> api::evidence_operations() noexcept {
    return {};
}
api::ReceiptStream::ReceiptStream(const ReceiptCall&, receipt::Keep) noexcept {}
void api::ReceiptStream::push(BytesView) noexcept {}
void api::ReceiptStream::end() noexcept {}
std::string_view api::ReceiptStream::added() const noexcept {
    return {};
}
std::string api::ReceiptStream::finish() noexcept {
    return {};
}
#endif
#if ASSAY_WITHOUT >= 7
std::span<const api::Operation> api::ohttp_operations() noexcept {
    return {};
}
#endif
#if ASSAY_WITHOUT >= 8
std::span<const api::Operation> api::settlement_operations() noexcept {
    return {};
}
#endif
#if ASSAY_WITHOUT >= 9
std::span<const api::Operation> api::message_operations() noexcept {
    return {};
}
#endif
#if ASSAY_WITHOUT >= 10 // P-384 and RSA
Result<void> signatures::verify_p384(BytesView, BytesView, BytesView) noexcept {
    return ErrorCode::SIGNATURE_INVALID;
}
Result<void> signatures::verify_p384_digest(BytesView, BytesView, BytesView) noexcept {
    return ErrorCode::SIGNATURE_INVALID;
}
bool signatures::has_p384_scalars(BytesView) noexcept {
    return false;
}
bool signatures::CoreP384Verifier::verify(const P384Task&) noexcept {
    return false;
}
bool signatures::RecordingP384Verifier::verify(const P384Task&) noexcept {
    return false;
}
bool signatures::ReplayP384Verifier::verify(const P384Task&) noexcept {
    return next_ != 0;
}
Result<signatures::RsaPublicKey> signatures::RsaPublicKey::from_spki(BytesView) noexcept {
    return ErrorCode::SIGNATURE_MALFORMED;
}
Result<signatures::RsaPublicKey> signatures::RsaPublicKey::from_modulus(BytesView,
                                                                        BytesView) noexcept {
    return ErrorCode::SIGNATURE_UNSUPPORTED;
}
std::size_t signatures::RsaPublicKey::modulus_bits() const noexcept {
    return 0;
}
std::size_t signatures::RsaPublicKey::exponent_bits() const noexcept {
    return 0;
}
Result<void> signatures::verify_rsa_pss(const RsaPublicKey&, RsaHash, std::size_t, BytesView,
                                        BytesView) noexcept {
    return ErrorCode::SIGNATURE_INVALID;
}
Result<void> signatures::verify_rsa_pss_sha256(const RsaPublicKey&, BytesView, BytesView) noexcept {
    return ErrorCode::SIGNATURE_INVALID;
}
Result<void> signatures::verify_rsa_pkcs1_sha256(const RsaPublicKey&, BytesView,
                                                 BytesView) noexcept {
    return ErrorCode::SIGNATURE_INVALID;
}
#endif
#if ASSAY_WITHOUT >= 11 // all signatures but those with an export of their own
std::span<const api::Operation> api::signature_operations() noexcept {
    return {};
}
#endif

} // namespace assay
