// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/x509.hpp"

#include "core/attestation/x509_parts.hpp"
#include "core/signatures/nist_curve.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace assay::attestation {
namespace {

namespace tag = bytes::der_tag;
using bytes::DerCursor;

/// 1.2.840.10045.4.3.3
constexpr std::array<std::uint8_t, 12> ECDSA_SHA384 = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
                                                       0x48, 0xce, 0x3d, 0x04, 0x03, 0x03};
/// 1.2.840.10045.4.3.2
constexpr std::array<std::uint8_t, 12> ECDSA_SHA256 = {0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
                                                       0x48, 0xce, 0x3d, 0x04, 0x03, 0x02};
/// 1.2.840.113549.1.1.10 with [0] SHA-384, [1] MGF1 with SHA-384, [2] 48, [3] 1
constexpr std::array<std::uint8_t, 72> RSA_PSS_SHA384 = {
    0x30, 0x46, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a, 0x30, 0x39,
    0xa0, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02,
    0x05, 0x00, 0xa1, 0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
    0x01, 0x08, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02,
    0x05, 0x00, 0xa2, 0x03, 0x02, 0x01, 0x30, 0xa3, 0x03, 0x02, 0x01, 0x01};
/// 1.2.840.10045.2.1 with 1.3.132.0.34
constexpr std::array<std::uint8_t, 18> EC_P384 = {0x30, 0x10, 0x06, 0x07, 0x2a, 0x86,
                                                  0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
                                                  0x05, 0x2b, 0x81, 0x04, 0x00, 0x22};
/// 1.2.840.10045.2.1 with 1.2.840.10045.3.1.7
constexpr std::array<std::uint8_t, 21> EC_P256 = {0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                                  0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
                                                  0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};

/// Version ::= INTEGER, in [0] EXPLICIT DEFAULT v1(0); DER omits the default.
std::optional<std::uint64_t> read_version(DerCursor& tbs) {
    if (!tbs.next_is(tag::CONTEXT_CONSTRUCTED)) {
        return 1;
    }
    const auto wrapper = tbs.read();
    const auto integer = wrapper ? bytes::der_whole(wrapper->content, tag::INTEGER) : std::nullopt;
    const auto value = integer ? bytes::der_unsigned(integer->content) : std::nullopt;
    if (!value || value->empty()) {
        return std::nullopt;
    }
    return value->size() == 1 ? (*value)[0] + std::uint64_t{1}
                              : std::numeric_limits<std::uint64_t>::max();
}

/// AttributeTypeAndValue ::= SEQUENCE { OBJECT IDENTIFIER, ANY }
bool is_attribute(BytesView content) {
    DerCursor fields{content};
    const auto oid = fields.read(tag::OBJECT_IDENTIFIER);
    return oid && bytes::is_der_oid(oid->content) && fields.read() && fields.at_end();
}

/// RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue, in ascending order of
/// the encodings (X.690 §11.6).
bool is_distinguished_name(BytesView content) {
    DerCursor set{content};
    BytesView previous;
    do {
        const auto attribute = set.read(tag::SEQUENCE);
        if (!attribute || !is_attribute(attribute->content) ||
            std::lexicographical_compare(attribute->encoding.begin(), attribute->encoding.end(),
                                         previous.begin(), previous.end())) {
            return false;
        }
        previous = attribute->encoding;
    } while (!set.at_end());
    return true;
}

/// Validity ::= SEQUENCE { notBefore Time, notAfter Time }
bool read_validity(DerCursor& cursor, Certificate& certificate) {
    const auto sequence = cursor.read(tag::SEQUENCE);
    if (!sequence) {
        return false;
    }
    DerCursor times{sequence->content};
    for (std::int64_t* target : {&certificate.not_before, &certificate.not_after}) {
        const auto seconds = read_time(times);
        if (!seconds) {
            return false;
        }
        *target = *seconds;
    }
    return times.at_end();
}

/// SubjectPublicKeyInfo ::= SEQUENCE { AlgorithmIdentifier, BIT STRING }
bool read_key(DerCursor& cursor, Certificate& certificate) {
    const auto sequence = cursor.read(tag::SEQUENCE);
    if (!sequence) {
        return false;
    }
    DerCursor fields{sequence->content};
    const auto algorithm = read_algorithm(fields);
    const auto element = algorithm ? fields.read(tag::BIT_STRING) : std::nullopt;
    const auto key = element ? bytes::der_bit_string(element->content) : std::nullopt;
    if (!key || key->unused != 0 || !fields.at_end()) {
        return false;
    }
    certificate.key_info = sequence->encoding;
    certificate.key_algorithm = *algorithm;
    certificate.public_key = key->bytes;
    using signatures::NistCurve;
    if (equal(*algorithm, EC_P384)) {
        return signatures::is_point_on_curve(NistCurve::p384, key->bytes);
    }
    return !equal(*algorithm, EC_P256) ||
           signatures::is_point_on_curve(NistCurve::p256, key->bytes);
}

/// issuerUniqueID [1] and subjectUniqueID [2], IMPLICIT BIT STRING OPTIONAL: checked, not used.
bool skip_unique_ids(DerCursor& tbs) {
    constexpr std::array<std::uint8_t, 2> UNIQUE_IDS = {tag::CONTEXT | 1, tag::CONTEXT | 2};
    for (const std::uint8_t field : UNIQUE_IDS) {
        if (tbs.next_is(field)) {
            const auto element = tbs.read();
            if (!element || !bytes::der_bit_string(element->content)) {
                return false;
            }
        }
    }
    return true;
}

/// TBSCertificate (RFC 5280 §4.1), field by field.
bool read_tbs(BytesView content, Certificate& certificate) {
    DerCursor tbs{content};
    const auto version = read_version(tbs);
    if (!version) {
        return false;
    }
    certificate.version = *version;
    // Serial numbers need not be positive: AMD's endorsement keys have zero.
    const auto serial = tbs.read(tag::INTEGER);
    if (!serial || !bytes::is_der_integer(serial->content)) {
        return false;
    }
    const auto algorithm = read_algorithm(tbs);
    const auto issuer = algorithm ? read_name(tbs) : std::nullopt;
    if (!issuer || !read_validity(tbs, certificate)) {
        return false;
    }
    const auto subject = read_name(tbs);
    if (!subject || !read_key(tbs, certificate) || !skip_unique_ids(tbs)) {
        return false;
    }
    certificate.serial = serial->content;
    certificate.inner_algorithm = *algorithm;
    certificate.issuer = *issuer;
    certificate.subject = *subject;
    if (tbs.next_is(tag::CONTEXT_CONSTRUCTED | 3)) {
        const auto wrapper = tbs.read();
        const auto extensions = wrapper ? parse_extensions(wrapper->content) : std::nullopt;
        if (!extensions) {
            return false;
        }
        certificate.extensions = *extensions;
        certificate.extension_list = wrapper->content;
    }
    return tbs.at_end();
}

} // namespace

bool equal(BytesView a, BytesView b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

std::optional<BytesView> read_algorithm(DerCursor& cursor) noexcept {
    const auto sequence = cursor.read(tag::SEQUENCE);
    if (!sequence) {
        return std::nullopt;
    }
    DerCursor fields{sequence->content};
    const auto oid = fields.read(tag::OBJECT_IDENTIFIER);
    if (!oid || !bytes::is_der_oid(oid->content)) {
        return std::nullopt;
    }
    if (!fields.at_end() && !fields.read()) {
        return std::nullopt;
    }
    return fields.at_end() ? std::optional{sequence->encoding} : std::nullopt;
}

std::optional<BytesView> read_name(DerCursor& cursor) noexcept {
    const auto sequence = cursor.read(tag::SEQUENCE);
    if (!sequence) {
        return std::nullopt;
    }
    DerCursor names{sequence->content};
    while (!names.at_end()) {
        const auto name = names.read(tag::SET);
        if (!name || !is_distinguished_name(name->content)) {
            return std::nullopt;
        }
    }
    return sequence->encoding;
}

std::optional<std::int64_t> read_time(DerCursor& cursor) noexcept {
    const auto element = cursor.read();
    return element ? bytes::der_time(*element) : std::nullopt;
}

std::optional<BytesView> read_envelope(BytesView der, SignedObject& object) noexcept {
    const auto outer = bytes::der_whole(der, tag::SEQUENCE);
    if (!outer) {
        return std::nullopt;
    }
    DerCursor fields{outer->content};
    const auto tbs = fields.read(tag::SEQUENCE);
    const auto algorithm = tbs ? read_algorithm(fields) : std::nullopt;
    const auto element = algorithm ? fields.read(tag::BIT_STRING) : std::nullopt;
    const auto signature = element ? bytes::der_bit_string(element->content) : std::nullopt;
    if (!signature || !fields.at_end()) {
        return std::nullopt;
    }
    object.der = der;
    object.tbs = tbs->encoding;
    object.outer_algorithm = *algorithm;
    object.signature = *signature;
    return tbs->content;
}

bool is_ecdsa_sha384(BytesView algorithm) noexcept {
    return equal(algorithm, ECDSA_SHA384);
}

bool is_ecdsa_sha256(BytesView algorithm) noexcept {
    return equal(algorithm, ECDSA_SHA256);
}

bool is_rsa_pss_sha384(BytesView algorithm) noexcept {
    if (equal(algorithm, RSA_PSS_SHA384)) {
        return true;
    }
    // Without the trailer, which is its default: both lengths are 5 less, and the last 5 octets
    // gone.
    constexpr std::uint8_t TRAILER = 5;
    constexpr std::size_t OUTER_LENGTH = 1;
    constexpr std::size_t INNER_LENGTH = 14;
    auto shorter = RSA_PSS_SHA384;
    shorter[OUTER_LENGTH] = static_cast<std::uint8_t>(shorter[OUTER_LENGTH] - TRAILER);
    shorter[INNER_LENGTH] = static_cast<std::uint8_t>(shorter[INNER_LENGTH] - TRAILER);
    return equal(algorithm, BytesView{shorter}.first(shorter.size() - TRAILER));
}

bool is_p384_key(BytesView algorithm) noexcept {
    return equal(algorithm, EC_P384);
}

bool is_p256_key(BytesView algorithm) noexcept {
    return equal(algorithm, EC_P256);
}

std::optional<Certificate> parse_certificate(BytesView der) noexcept {
    Certificate certificate{};
    const auto tbs = read_envelope(der, certificate);
    return tbs && read_tbs(*tbs, certificate) ? std::optional{certificate} : std::nullopt;
}

std::optional<BytesView> common_name(BytesView name) noexcept {
    constexpr std::array<std::uint8_t, 3> COMMON_NAME = {0x55, 0x04, 0x03};
    std::optional<BytesView> found;
    const auto names = bytes::der_whole(name, tag::SEQUENCE);
    if (!names) {
        return std::nullopt;
    }
    for (DerCursor sets{names->content}; !sets.at_end();) {
        const auto set = sets.read(tag::SET);
        if (!set) {
            return std::nullopt;
        }
        for (DerCursor attributes{set->content}; !attributes.at_end();) {
            const auto attribute = attributes.read(tag::SEQUENCE);
            if (!attribute) {
                return std::nullopt;
            }
            DerCursor fields{attribute->content};
            const auto oid = fields.read(tag::OBJECT_IDENTIFIER);
            const auto value = fields.read();
            if (!oid || !value || !equal(oid->content, COMMON_NAME)) {
                continue;
            }
            if (found) {
                return std::nullopt;
            }
            found = value->content;
        }
    }
    return found;
}

} // namespace assay::attestation
