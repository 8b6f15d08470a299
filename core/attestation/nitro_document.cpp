// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/nitro_document.hpp"

#include "core/attestation/nitro_limits.hpp"
#include "core/bytes/cbor.hpp"

#include <string>

namespace assay::attestation {
namespace {

using bytes::CborItem;
using bytes::CborKind;
using bytes::CborTree;

constexpr std::array<std::string_view, 6> REQUIRED = {"module_id", "digest",      "timestamp",
                                                      "pcrs",      "certificate", "cabundle"};

Error malformed(std::string_view field) {
    return {ErrorCode::NITRO_MALFORMED, field};
}

Error above_limit(std::string_view field) {
    return {ErrorCode::NITRO_LIMIT, field};
}

/// Text keys only, every required field there.
Result<void> check_keys(CborItem payload) {
    if (!payload.is(CborKind::map) || payload.size() == 0) {
        return malformed("payload");
    }
    CborItem key = payload.first();
    for (std::size_t i = 0; i < payload.size(); ++i, key = key.next().next()) {
        if (!key.is(CborKind::text_string)) {
            return malformed("payload");
        }
    }
    for (const std::string_view field : REQUIRED) {
        if (!payload.find(field)) {
            return malformed(field);
        }
    }
    return Result<void>::ok();
}

Result<std::string_view> read_module_id(CborItem item) {
    if (!item.is(CborKind::text_string) || item.text().empty()) {
        return malformed("module_id");
    }
    if (item.text().size() > nitro_limits::MODULE_ID_BYTES) {
        return above_limit("module_id");
    }
    return item.text();
}

Result<void> check_digest(CborItem item) {
    if (!item.is(CborKind::text_string)) {
        return malformed("digest");
    }
    if (item.text() != "SHA384") {
        return Error{ErrorCode::NITRO_ALG_UNSUPPORTED, "digest"};
    }
    return Result<void>::ok();
}

Result<void> read_pcrs(CborItem item, NitroFields& fields) {
    if (!item.is(CborKind::map) || item.size() == 0) {
        return malformed("pcrs");
    }
    CborItem key = item.first();
    for (std::size_t i = 0; i < item.size(); ++i, key = key.next().next()) {
        const CborItem value = key.next();
        if (!key.is(CborKind::unsigned_integer) || key.number() >= PCR_COUNT ||
            !value.is(CborKind::byte_string) || value.bytes().size() != PCR_BYTES) {
            return malformed("pcrs");
        }
        fields.pcrs[static_cast<std::size_t>(key.number())] = value.bytes();
    }
    return Result<void>::ok();
}

Result<BytesView> read_certificate(CborItem item, std::string_view field) {
    if (!item.is(CborKind::byte_string) || item.bytes().empty()) {
        return malformed(field);
    }
    if (item.bytes().size() > nitro_limits::CERTIFICATE_BYTES) {
        return above_limit(field);
    }
    return item.bytes();
}

Result<void> read_bundle(CborItem item, NitroFields& fields) {
    if (!item.is(CborKind::array) || item.size() == 0) {
        return malformed("cabundle");
    }
    if (item.size() > nitro_limits::BUNDLE_ENTRIES) {
        return above_limit("cabundle");
    }
    CborItem entry = item.first();
    for (std::size_t i = 0; i < item.size(); ++i, entry = entry.next()) {
        const auto certificate = read_certificate(entry, "cabundle");
        if (!certificate) {
            return certificate.error();
        }
        fields.cabundle.push_back(*certificate);
    }
    return Result<void>::ok();
}

/// Absent, null and empty say the same.
Result<BytesView> read_optional(CborItem payload, std::string_view field) {
    const auto item = payload.find(field);
    if (!item || item->is(CborKind::null)) {
        return BytesView{};
    }
    if (!item->is(CborKind::byte_string)) {
        return malformed(field);
    }
    if (item->bytes().size() > nitro_limits::OPTIONAL_FIELD_BYTES) {
        return above_limit(field);
    }
    return item->bytes();
}

} // namespace

Result<NitroFields> parse_nitro_payload(BytesView payload) noexcept {
    const auto tree = CborTree::parse(payload, nitro_limits::CBOR);
    if (!tree) {
        return Error{tree.error().code, "payload, " + std::string{tree.error().path.view()}};
    }
    const CborItem map = tree->root();
    if (const auto keys = check_keys(map); !keys) {
        return keys.error();
    }
    NitroFields fields;
    const auto module_id = read_module_id(*map.find("module_id"));
    if (!module_id) {
        return module_id.error();
    }
    fields.module_id = *module_id;
    if (const auto digest = check_digest(*map.find("digest")); !digest) {
        return digest.error();
    }
    const CborItem timestamp = *map.find("timestamp");
    if (!timestamp.is(CborKind::unsigned_integer) || timestamp.number() == 0) {
        return malformed("timestamp");
    }
    fields.timestamp_ms = timestamp.number();
    if (const auto pcrs = read_pcrs(*map.find("pcrs"), fields); !pcrs) {
        return pcrs.error();
    }
    const auto certificate = read_certificate(*map.find("certificate"), "certificate");
    if (!certificate) {
        return certificate.error();
    }
    fields.certificate = *certificate;
    if (const auto bundle = read_bundle(*map.find("cabundle"), fields); !bundle) {
        return bundle.error();
    }
    struct Optional {
        std::string_view name;
        BytesView* target;
    };
    const std::array<Optional, 3> optionals = {{{"public_key", &fields.public_key},
                                                {"user_data", &fields.user_data},
                                                {"nonce", &fields.nonce}}};
    for (const Optional& optional : optionals) {
        const auto value = read_optional(map, optional.name);
        if (!value) {
            return value.error();
        }
        *optional.target = *value;
    }
    return fields;
}

} // namespace assay::attestation
