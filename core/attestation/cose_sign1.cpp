// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/cose_sign1.hpp"

#include "core/attestation/nitro_limits.hpp"
#include "core/bytes/cbor.hpp"

namespace assay::attestation {
namespace {

using bytes::CborItem;
using bytes::CborKind;
using bytes::CborTree;

constexpr std::uint8_t TAG_18 = 0xd2; // COSE_Sign1, RFC 9052 §4.2
constexpr std::uint64_t HEADER_ALG = 1;
constexpr std::uint64_t ES384 = 34; // of the negative integer -35 = -1 - 34

/// The protected map holds alg = ES384 and nothing else.
Result<void> check_protected(BytesView encoded) {
    if (encoded.empty()) {
        return ErrorCode::NITRO_ALG_UNSUPPORTED;
    }
    const auto tree = CborTree::parse(encoded, nitro_limits::CBOR);
    if (!tree) {
        return Error{tree.error().code, "protected, " + std::string{tree.error().path.view()}};
    }
    const CborItem header = tree->root();
    if (!header.is(CborKind::map)) {
        return Error{ErrorCode::NITRO_MALFORMED, "protected"};
    }
    const auto alg = header.find(HEADER_ALG);
    if (!alg || !alg->is(CborKind::negative_integer) || alg->number() != ES384) {
        return Error{ErrorCode::NITRO_ALG_UNSUPPORTED, "protected.alg"};
    }
    if (header.size() != 1) {
        return Error{ErrorCode::NITRO_MALFORMED, "protected"};
    }
    return Result<void>::ok();
}

void append_byte_string(Bytes& out, BytesView content) {
    constexpr std::uint8_t BYTE_STRING = 0x40;
    const std::size_t size = content.size();
    std::size_t argument_bytes = 0;
    if (size < 24) {
        out.push_back(static_cast<std::uint8_t>(BYTE_STRING | size));
    } else if (size < 0x100) {
        out.push_back(BYTE_STRING | 24);
        argument_bytes = 1;
    } else if (size < 0x10000) {
        out.push_back(BYTE_STRING | 25);
        argument_bytes = 2;
    } else {
        out.push_back(BYTE_STRING | 26); // 2^32 bytes and more are above every limit
        argument_bytes = 4;
    }
    while (argument_bytes-- > 0) {
        out.push_back(static_cast<std::uint8_t>(size >> (8 * argument_bytes)));
    }
    out.insert(out.end(), content.begin(), content.end());
}

} // namespace

Result<CoseSign1> parse_cose_sign1(BytesView document) noexcept {
    if (document.empty()) {
        return ErrorCode::NITRO_MALFORMED;
    }
    const bool tagged = document[0] == TAG_18;
    const auto tree = CborTree::parse(document.subspan(tagged ? 1 : 0), nitro_limits::CBOR);
    if (!tree) {
        return tree.error();
    }
    const CborItem array = tree->root();
    if (!array.is(CborKind::array) || array.size() != 4) {
        return ErrorCode::NITRO_MALFORMED;
    }
    const CborItem protected_header = array.first();
    const CborItem unprotected_header = protected_header.next();
    const CborItem payload = unprotected_header.next();
    const CborItem signature = payload.next();
    if (!protected_header.is(CborKind::byte_string) || !unprotected_header.is(CborKind::map) ||
        !payload.is(CborKind::byte_string) || !signature.is(CborKind::byte_string)) {
        return ErrorCode::NITRO_MALFORMED;
    }
    if (const auto checked = check_protected(protected_header.bytes()); !checked) {
        return checked.error();
    }
    return CoseSign1{protected_header.bytes(), payload.bytes(), signature.bytes()};
}

Bytes sig_structure(const CoseSign1& envelope) noexcept {
    constexpr std::uint8_t ARRAY_OF_4 = 0x84;
    constexpr std::uint8_t TEXT_OF_10 = 0x6a;
    constexpr std::string_view CONTEXT = "Signature1";
    constexpr std::size_t HEADS = 32; // more than all heads together
    Bytes out;
    out.reserve(HEADS + envelope.protected_header.size() + envelope.payload.size());
    out.push_back(ARRAY_OF_4);
    out.push_back(TEXT_OF_10);
    out.insert(out.end(), CONTEXT.begin(), CONTEXT.end());
    append_byte_string(out, envelope.protected_header);
    append_byte_string(out, {}); // external_aad
    append_byte_string(out, envelope.payload);
    return out;
}

} // namespace assay::attestation
