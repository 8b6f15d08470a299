// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Certificate extensions, RFC 5280 §4.2.
#include "core/attestation/x509.hpp"
#include "core/attestation/x509_parts.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace assay::attestation {
namespace {

namespace tag = bytes::der_tag;
using bytes::DerCursor;

/// id-ce = 2.5.29; the last arc tells the extension.
constexpr std::array<std::uint8_t, 2> ID_CE = {0x55, 0x1d};
constexpr std::uint8_t SUBJECT_KEY_ID = 14;
constexpr std::uint8_t KEY_USAGE = 15;
constexpr std::uint8_t BASIC_CONSTRAINTS = 19;
constexpr std::uint8_t AUTHORITY_KEY_ID = 35;
constexpr std::uint8_t UNKNOWN = 0;

std::uint8_t extension_number(BytesView oid) {
    const bool known =
        oid.size() == ID_CE.size() + 1 && std::equal(ID_CE.begin(), ID_CE.end(), oid.begin());
    return known ? oid.back() : UNKNOWN;
}

/// BOOLEAN DEFAULT FALSE: DER omits the default, so a written one is TRUE. Nothing: malformed.
std::optional<bool> read_default_false(DerCursor& cursor) {
    if (!cursor.next_is(tag::BOOLEAN)) {
        return false;
    }
    const auto element = cursor.read();
    const auto value = element ? bytes::der_boolean(element->content) : std::nullopt;
    return value && *value ? value : std::nullopt;
}

/// BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }
std::optional<BasicConstraints> parse_basic_constraints(BytesView der) {
    const auto sequence = bytes::der_whole(der, tag::SEQUENCE);
    if (!sequence) {
        return std::nullopt;
    }
    DerCursor fields{sequence->content};
    const auto ca = read_default_false(fields);
    if (!ca) {
        return std::nullopt;
    }
    BasicConstraints constraints{*ca, std::nullopt};
    if (fields.next_is(tag::INTEGER)) {
        const auto element = fields.read();
        const auto value = element ? bytes::der_unsigned(element->content) : std::nullopt;
        if (!value) {
            return std::nullopt;
        }
        std::uint64_t length = 0;
        for (const std::uint8_t byte : *value) {
            length = length << 8 | byte;
        }
        constexpr auto LARGEST = std::numeric_limits<std::uint64_t>::max();
        constraints.path_length = value->size() > sizeof length ? LARGEST : length;
    }
    return fields.at_end() ? std::optional{constraints} : std::nullopt;
}

/// KeyUsage ::= BIT STRING, nine named bits; bit 0 is the most significant of the first byte.
bool parse_key_usage(BytesView der, CertificateExtensions& extensions) {
    const auto element = bytes::der_whole(der, tag::BIT_STRING);
    const auto bits = element ? bytes::der_bit_string(element->content) : std::nullopt;
    if (!bits) {
        return false;
    }
    extensions.usage_padded =
        !bits->bytes.empty() && (bits->bytes.back() >> bits->unused & 1U) == 0;
    unsigned usage = 0;
    for (unsigned bit = 0; bit < 9 && bit / 8 < bits->bytes.size(); ++bit) {
        usage |= (bits->bytes[bit / 8] >> (7U - bit % 8) & 1U) << bit;
    }
    extensions.usage = static_cast<std::uint16_t>(usage);
    return true;
}

/// AuthorityKeyIdentifier ::= SEQUENCE { [0] OCTET STRING, [1] GeneralNames, [2] INTEGER }, each
/// IMPLICIT and optional.
bool parse_authority_key_id(BytesView der, CertificateExtensions& extensions) {
    const auto sequence = bytes::der_whole(der, tag::SEQUENCE);
    if (!sequence) {
        return false;
    }
    DerCursor fields{sequence->content};
    if (fields.next_is(tag::CONTEXT)) {
        const auto key_id = fields.read();
        if (!key_id) {
            return false;
        }
        extensions.authority_key_id = key_id->content;
    }
    constexpr std::array<std::uint8_t, 2> UNUSED = {tag::CONTEXT_CONSTRUCTED | 1, tag::CONTEXT | 2};
    for (const std::uint8_t field : UNUSED) {
        if (fields.next_is(field) && !fields.read()) {
            return false;
        }
    }
    return fields.at_end();
}

/// The inside of one extension's OCTET STRING.
bool parse_value(std::uint8_t number, BytesView der, CertificateExtensions& extensions) {
    switch (number) {
    case BASIC_CONSTRAINTS:
        extensions.basic_constraints = parse_basic_constraints(der);
        return extensions.basic_constraints.has_value();
    case KEY_USAGE:
        return parse_key_usage(der, extensions);
    case SUBJECT_KEY_ID: {
        const auto key_id = bytes::der_whole(der, tag::OCTET_STRING);
        if (key_id) {
            extensions.subject_key_id = key_id->content;
        }
        return key_id.has_value();
    }
    case AUTHORITY_KEY_ID:
        return parse_authority_key_id(der, extensions);
    default:
        return true;
    }
}

} // namespace

/// Certificates of the platforms have about a dozen; each is compared with all before it.
constexpr std::size_t MAX_EXTENSIONS = 64;

std::optional<CertificateExtensions> parse_extensions(BytesView der) noexcept {
    const auto list = bytes::der_whole(der, tag::SEQUENCE);
    if (!list || list->content.empty()) {
        return std::nullopt;
    }
    CertificateExtensions extensions;
    std::vector<BytesView> seen;
    for (DerCursor items{list->content}; !items.at_end();) {
        // Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
        const auto item = items.read(tag::SEQUENCE);
        if (!item) {
            return std::nullopt;
        }
        DerCursor fields{item->content};
        const auto oid = fields.read(tag::OBJECT_IDENTIFIER);
        const auto critical = oid ? read_default_false(fields) : std::nullopt;
        const auto value = critical ? fields.read(tag::OCTET_STRING) : std::nullopt;
        if (!value || !fields.at_end() || !bytes::is_der_oid(oid->content)) {
            return std::nullopt;
        }
        if (seen.size() == MAX_EXTENSIONS) {
            return std::nullopt;
        }
        const bool repeated = std::any_of(seen.begin(), seen.end(), [&oid](BytesView other) {
            return equal(other, oid->content);
        });
        const std::uint8_t number = extension_number(oid->content);
        if (repeated || !parse_value(number, value->content, extensions)) {
            return std::nullopt;
        }
        seen.push_back(oid->content);
        extensions.other_critical =
            extensions.other_critical ||
            (*critical && number != BASIC_CONSTRAINTS && number != KEY_USAGE);
    }
    return extensions;
}

std::optional<BytesView> find_extension(const Certificate& certificate, BytesView oid) noexcept {
    const auto list = bytes::der_whole(certificate.extension_list, tag::SEQUENCE);
    if (!list) {
        return std::nullopt;
    }
    for (DerCursor items{list->content}; !items.at_end();) {
        const auto item = items.read(tag::SEQUENCE);
        if (!item) {
            return std::nullopt;
        }
        DerCursor fields{item->content};
        const auto name = fields.read(tag::OBJECT_IDENTIFIER);
        if (!name || !equal(name->content, oid)) {
            continue;
        }
        const auto critical = read_default_false(fields);
        const auto value = critical ? fields.read(tag::OCTET_STRING) : std::nullopt;
        return value ? std::optional{value->content} : std::nullopt;
    }
    return std::nullopt;
}

} // namespace assay::attestation
