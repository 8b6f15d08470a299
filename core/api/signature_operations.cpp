// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Signatures by themselves, one or many in one call. attestation.md §4, §4.1.
#include "core/api/operations.hpp"
#include "core/api/signature_verdict.hpp"
#include "core/api/verdict_json.hpp"
#include "core/base/limits.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/bytes/reader.hpp"
#include "core/hash/sha2.hpp"
#include "core/signatures/ecdsa_der.hpp"
#include "core/signatures/ed25519.hpp"
#include "core/signatures/p256.hpp"
#include "core/signatures/p384.hpp"
#include "core/signatures/rsa.hpp"
#include "core/signatures/schnorr.hpp"
#include "core/signatures/secp256k1.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace assay::api {
namespace {

using signatures::Ed25519Rule;
using signatures::RsaPublicKey;

/// {"publicKey": hex of @p key} for a signature that holds.
JudgedSignature signed_by(BytesView key, const Result<void>& outcome) noexcept {
    if (!outcome)
        return outcome.error();
    bytes::JsonWriter value;
    value.object().key("publicKey").string(bytes::to_hex(key)).end();
    return value.take();
}

/// Key, digest, r ‖ s, strict | malleable.
JudgedSignature ecdsa(Fields f) noexcept {
    const auto mode = low_s_named(f[3]);
    return mode ? signed_by(f[0], signatures::verify_ecdsa(f[0], f[1], f[2], *mode)) : mode.error();
}

/// Key, message (hashed with SHA-256), DER signature, strict | malleable.
JudgedSignature ecdsa_der(Fields f) noexcept {
    constexpr std::size_t SCALAR = 32;
    const auto mode = low_s_named(f[3]);
    if (!mode)
        return mode.error();
    const auto raw = signatures::ecdsa_der_to_raw(f[2], SCALAR);
    // The key is judged before the signature: one without any form is told from a bad key.
    const Bytes none;
    return signed_by(f[0],
                     signatures::verify_ecdsa(f[0], hash::sha256(f[1]),
                                              raw ? BytesView{*raw} : BytesView{none}, *mode));
}

/// Digest, r ‖ s ‖ v, strict | malleable.
JudgedSignature recover(Fields f) noexcept {
    const auto mode = low_s_named(f[2]);
    if (!mode)
        return mode.error();
    const auto address = signatures::recover_address(f[0], f[1], *mode);
    if (!address)
        return address.error();
    bytes::JsonWriter value;
    value.object().key("address").string(bytes::to_hex_0x(*address)).end();
    return value.take();
}

/// x-only key, message, signature.
JudgedSignature schnorr(Fields f) noexcept {
    return signed_by(f[0], signatures::verify_schnorr(f[0], f[1], f[2]));
}

/// Key, message, signature, rfc8032 | zip215.
JudgedSignature ed25519(Fields f) noexcept {
    const bool zip215 = as_text(f[3]) == "zip215";
    if (!zip215 && as_text(f[3]) != "rfc8032")
        return Error{ErrorCode::ARGUMENT_INVALID, "rule"};
    return signed_by(
        f[0], signatures::verify_ed25519(f[0], f[1], f[2],
                                         zip215 ? Ed25519Rule::zip215 : Ed25519Rule::rfc8032));
}

/// Point 04 ‖ x ‖ y, message, r ‖ s.
JudgedSignature p256(Fields f) noexcept {
    return signed_by(f[0], signatures::verify_p256(f[0], f[1], f[2]));
}

JudgedSignature p384(Fields f) noexcept {
    return signed_by(f[0], signatures::verify_p384(f[0], f[1], f[2]));
}

/// Point, message, DER signature. The key is judged before the signature: one that is no DER is
/// handed on as none.
template <auto VERIFY, std::size_t SCALAR>
JudgedSignature nist_der(Fields f) noexcept {
    const auto raw = signatures::ecdsa_der_to_raw(f[2], SCALAR);
    return signed_by(f[0], VERIFY(f[0], f[1], raw ? BytesView{*raw} : BytesView{}));
}

/// DER SubjectPublicKeyInfo, message, signature.
JudgedSignature rsa_pss(Fields f) noexcept {
    const auto key = RsaPublicKey::from_spki(f[0]);
    return key ? signed_by(f[0], signatures::verify_rsa_pss_sha256(*key, f[1], f[2])) : key.error();
}

JudgedSignature rsa_pkcs1(Fields f) noexcept {
    const auto key = RsaPublicKey::from_spki(f[0]);
    return key ? signed_by(f[0], signatures::verify_rsa_pkcs1_sha256(*key, f[1], f[2]))
               : key.error();
}

/// An operation on one signature, and what it says before that becomes text.
struct Signature {
    Operation operation;
    JudgedSignature (*judge)(Fields) noexcept;
};

template <auto JUDGE>
std::string run(Fields fields) noexcept {
    return signature_text(JUDGE(fields));
}

template <auto JUDGE>
constexpr Signature signature(std::string_view name, std::size_t fields) {
    return {{name, fields, run<JUDGE>}, JUDGE};
}

constexpr std::array SIGNATURES = {
    signature<ecdsa>("verify_ecdsa", 4),
    signature<ecdsa_der>("verify_ecdsa_der", 4),
    signature<recover>("recover_address", 3),
    signature<schnorr>("verify_schnorr", 3),
    signature<ed25519>("verify_ed25519", 4),
    signature<p256>("verify_p256", 3),
    signature<p384>("verify_p384", 3),
    signature<rsa_pss>("verify_rsa_pss", 3),
    signature<rsa_pkcs1>("verify_rsa_pkcs1", 3),
    signature<nist_der<signatures::verify_p256, 32>>("verify_p256_der", 3),
    signature<nist_der<signatures::verify_p384, 48>>("verify_p384_der", 3),
};

constexpr std::size_t MAX_FIELDS = 4;
/// Each item has a row in the verdict.
constexpr std::size_t MAX_ITEMS = 65'536;

/// Name of one of the operations above, then the fields of any number of calls, each a u32
/// little-endian length and as many bytes. The value is {"items": [their values]} when all of them
/// hold; else the code and the index of the first that does not. The checks say it of each item.
/// Of an operation on messages, whose checks are its own, the answer is a list of verdicts.
std::string batch(Fields f) noexcept {
    CheckList checks;
    const auto refuse = [&](Error error) { return failure_text(error, checks); };
    const auto kind =
        std::find_if(SIGNATURES.begin(), SIGNATURES.end(),
                     [&](const Signature& each) { return each.operation.name == as_text(f[0]); });
    const bool apart = kind == SIGNATURES.end();
    const Operation* operation =
        apart ? find_in(message_operations(), as_text(f[0])) : &kind->operation;
    if (operation == nullptr || f[1].empty())
        return refuse({ErrorCode::ARGUMENT_INVALID, "batch"});
    if (f[1].size() > limits::TEXT_BYTES)
        return refuse({ErrorCode::INPUT_LIMIT, "batch"});

    bytes::Reader reader{f[1]};
    bytes::JsonWriter value;
    apart ? value.array() : value.object().key("items").array();
    std::optional<Error> first;
    for (std::size_t index = 0; !reader.at_end(); ++index) {
        const std::string place = '[' + std::to_string(index) + ']';
        if (index == MAX_ITEMS)
            return refuse({ErrorCode::INPUT_LIMIT, place});
        std::array<BytesView, MAX_FIELDS> fields;
        for (std::size_t i = 0; i < operation->fields; ++i) {
            const auto length = reader.little_endian(sizeof(std::uint32_t));
            const auto field = length ? reader.take(*length) : std::nullopt;
            if (!field)
                return refuse({ErrorCode::ARGUMENT_INVALID, place});
            fields[i] = *field;
        }
        const Fields item = Fields{fields}.first(operation->fields);
        if (apart) {
            value.raw(operation->run(item));
            continue;
        }
        const JudgedSignature judged = kind->judge(item);
        if (judged) {
            checks.passed("signature" + place);
            value.raw(*judged);
            continue;
        }
        checks.failed("signature" + place, judged.error());
        if (!first)
            first = Error{judged.error().code, place};
    }
    if (apart)
        return value.end().take();
    if (first)
        return refuse(*first);
    return success_text(value.end().end().take(), checks, TrustLevel::unproven);
}

constexpr auto OPERATIONS = [] {
    std::array<Operation, SIGNATURES.size() + 1> operations{};
    std::transform(SIGNATURES.begin(), SIGNATURES.end(), operations.begin(),
                   [](const Signature& each) { return each.operation; });
    operations.back() = {"verify_batch", 2, batch};
    return operations;
}();

} // namespace

std::span<const Operation> signature_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
