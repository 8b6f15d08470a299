// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/x509_crl.hpp"

#include "core/attestation/x509_parts.hpp"

namespace assay::attestation {
namespace {

namespace tag = bytes::der_tag;
using bytes::DerCursor;

/// SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions OPTIONAL }
bool read_entry(DerCursor& entries, RevocationList& list) {
    const auto entry = entries.read(tag::SEQUENCE);
    if (!entry) {
        return false;
    }
    DerCursor fields{entry->content};
    const auto serial = fields.read(tag::INTEGER);
    if (!serial || !bytes::is_der_integer(serial->content) || !read_time(fields)) {
        return false;
    }
    if (!fields.at_end()) {
        const auto element = fields.read(tag::SEQUENCE);
        const auto extensions = element ? parse_extensions(element->encoding) : std::nullopt;
        if (!extensions) {
            return false;
        }
        list.extensions.other_critical |= extensions->other_critical;
    }
    return fields.at_end();
}

/// TBSCertList (RFC 5280 §5.1), field by field.
bool read_tbs(BytesView content, RevocationList& list) {
    constexpr std::uint8_t V2 = 1;
    DerCursor tbs{content};
    if (tbs.next_is(tag::INTEGER)) {
        const auto version = tbs.read();
        if (!version || version->content.size() != 1 || version->content[0] != V2) {
            return false;
        }
    }
    const auto algorithm = read_algorithm(tbs);
    const auto issuer = algorithm ? read_name(tbs) : std::nullopt;
    const auto this_update = issuer ? read_time(tbs) : std::nullopt;
    const auto next_update = this_update ? read_time(tbs) : std::nullopt;
    if (!next_update) {
        return false;
    }
    list.inner_algorithm = *algorithm;
    list.issuer = *issuer;
    list.this_update = *this_update;
    list.next_update = *next_update;
    std::optional<bytes::DerElement> entries;
    if (tbs.next_is(tag::SEQUENCE)) {
        entries = tbs.read();
        if (!entries) {
            return false;
        }
        list.entries = entries->content;
    }
    if (tbs.next_is(tag::CONTEXT_CONSTRUCTED)) {
        const auto wrapper = tbs.read();
        const auto extensions = wrapper ? parse_extensions(wrapper->content) : std::nullopt;
        if (!extensions) {
            return false;
        }
        list.extensions = *extensions;
    }
    for (DerCursor cursor{list.entries}; !cursor.at_end();) {
        if (!read_entry(cursor, list)) {
            return false;
        }
    }
    return tbs.at_end();
}

} // namespace

bool RevocationList::lists(BytesView serial) const noexcept {
    for (DerCursor cursor{entries}; !cursor.at_end();) {
        const auto entry = cursor.read(tag::SEQUENCE);
        const auto listed = entry ? DerCursor{entry->content}.read(tag::INTEGER) : std::nullopt;
        if (!listed || equal(listed->content, serial)) {
            return true; // what cannot be read revokes: it never happens after parsing
        }
    }
    return false;
}

std::optional<RevocationList> parse_revocation_list(BytesView der) noexcept {
    RevocationList list{};
    const auto tbs = read_envelope(der, list);
    return tbs && read_tbs(*tbs, list) ? std::optional{list} : std::nullopt;
}

} // namespace assay::attestation
