// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The exports of verify.wasm. Only numbers cross: addresses and lengths in the arena, codes of
// error_codes.def (0 = ok), addresses of text records (boundary.hpp). js-bindings/src/wasm/verify.d.mts
// types the same functions for TypeScript.
#include <algorithm>
#include <cstdint>
#include <string>

#include <emscripten/bind.h>

#include "core/api/verdict_json.hpp"
#include "core/api/verify_api.hpp"
#include "core/base/limits.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/hash/keccak256.hpp"
#include "core/hash/sha2.hpp"
#include "core/receipt/canonical.hpp"
#include "core/signatures/p384.hpp"
#include "core/signatures/rsa_pss.hpp"
#include "core/signatures/secp256k1.hpp"
#include "wasm/bindings/boundary.hpp"

namespace assay::wasm {
namespace {

/// Request, reply, options and some evidence; hashes take up to this much in one piece.
constexpr std::size_t ARENA_BYTES = 4 * limits::TEXT_BYTES;
constexpr Word HASH_BYTES = 32;

Arena arena;
TextResult verdict;

Word reserve(Word size) noexcept {
    return arena.reserve(size, ARENA_BYTES);
}

Word verify_receipt(Word request, Word request_length, Word response, Word response_length,
                    Word document, Word document_length, Word key, Word key_length, Word options,
                    Word options_length, Word p384, Word p384_length) noexcept {
    return verdict.publish(api::verify_receipt({.request = arena.input(request, request_length),
                                                .response = arena.input(response, response_length),
                                                .document = arena.input(document, document_length),
                                                .key = arena.input(key, key_length),
                                                .options = arena.input(options, options_length),
                                                .platform = {arena.input(p384, p384_length)}}));
}

api::NitroCall nitro_call(Word document, Word document_length, Word options, Word options_length,
                          Word p384, Word p384_length) noexcept {
    return {.document = arena.input(document, document_length),
            .options = arena.input(options, options_length),
            .platform = {arena.input(p384, p384_length)}};
}

Word verify_nitro(Word document, Word document_length, Word options, Word options_length, Word p384,
                  Word p384_length) noexcept {
    return verdict.publish(api::verify_nitro(
        nitro_call(document, document_length, options, options_length, p384, p384_length)));
}

Word authenticate_nitro(Word document, Word document_length, Word options, Word options_length,
                        Word p384, Word p384_length) noexcept {
    return verdict.publish(api::authenticate_nitro(
        nitro_call(document, document_length, options, options_length, p384, p384_length)));
}

Word p384_tasks(Word document, Word document_length, Word root, Word root_length) noexcept {
    return verdict.publish(
        api::p384_tasks(arena.input(document, document_length), arena.input(root, root_length)));
}

Word choose_profile(Word request, Word request_length, Word options, Word options_length) noexcept {
    return verdict.publish(api::choose_profile(arena.input(request, request_length),
                                               arena.input(options, options_length)));
}

/// Canonical text of one JSON value (receipt.md §3.2), or of one that is a temperature (§3.3); tests.
Word canonical_json(Word text, Word length, Word temperature) noexcept {
    const auto value = bytes::parse_json(as_text(arena.input(text, length)),
                                         ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
    if (!value)
        return verdict.publish(api::failure_text(value.error(), {}));
    Result<std::string> canonical = temperature == 0 ? Result<std::string>{receipt::canonical_text(*value)}
                                                     : receipt::canonical_temperature(*value);
    if (!canonical)
        return verdict.publish(api::failure_text(canonical.error(), {}));
    bytes::JsonWriter out;
    out.string(*canonical);
    return verdict.publish(api::success_text(out.take(), {}, TrustLevel::unproven));
}

void write(Word pointer, BytesView bytes) noexcept {
    std::ranges::copy(bytes, arena.output(pointer, static_cast<Word>(bytes.size())));
}

void keccak256(Word bytes, Word length, Word out) noexcept {
    write(out, hash::keccak256(arena.input(bytes, length)));
}

void sha256(Word bytes, Word length, Word out) noexcept {
    write(out, hash::sha256(arena.input(bytes, length)));
}

/// @param mode 1 strict, 0 malleable (signatures::LowS).
signatures::LowS low_s(Word mode) noexcept {
    return mode == 0 ? signatures::LowS::malleable : signatures::LowS::strict;
}

Word publish_address(const Result<signatures::Address>& address, Word out) noexcept {
    if (address)
        write(out, *address);
    return code_of(address);
}

Word recover_address(Word digest, Word signature, Word mode, Word out) noexcept {
    constexpr Word SIGNATURE_BYTES = 65;
    return publish_address(signatures::recover_address(arena.input(digest, HASH_BYTES),
                                                       arena.input(signature, SIGNATURE_BYTES),
                                                       low_s(mode)),
                           out);
}

Word recover_address_word(Word digest, Word v, Word r, Word s, Word mode, Word out) noexcept {
    return publish_address(signatures::recover_address(
                               arena.input(digest, HASH_BYTES), arena.input(r, HASH_BYTES),
                               arena.input(s, HASH_BYTES), arena.input(v, HASH_BYTES), low_s(mode)),
                           out);
}

Word verify_ecdsa(Word key, Word key_length, Word digest, Word signature, Word mode) noexcept {
    constexpr Word SIGNATURE_BYTES = 64;
    return code_of(signatures::verify_ecdsa(arena.input(key, key_length),
                                            arena.input(digest, HASH_BYTES),
                                            arena.input(signature, SIGNATURE_BYTES), low_s(mode)));
}

Word verify_rsa_pss(Word key, Word key_length, Word message, Word message_length, Word signature,
                    Word signature_length) noexcept {
    const auto parsed = signatures::RsaPublicKey::from_spki(arena.input(key, key_length));
    if (!parsed)
        return code_of(parsed);
    return code_of(signatures::verify_rsa_pss_sha256(*parsed, arena.input(message, message_length),
                                                     arena.input(signature, signature_length)));
}

Word verify_p384(Word key, Word key_length, Word message, Word message_length, Word signature,
                 Word signature_length) noexcept {
    return code_of(signatures::verify_p384(arena.input(key, key_length),
                                           arena.input(message, message_length),
                                           arena.input(signature, signature_length)));
}

} // namespace

EMSCRIPTEN_BINDINGS(assay_verify) {
    emscripten::function("reserve", &reserve);
    emscripten::function("verifyReceipt", &verify_receipt);
    emscripten::function("verifyNitro", &verify_nitro);
    emscripten::function("authenticateNitro", &authenticate_nitro);
    emscripten::function("p384Tasks", &p384_tasks);
    emscripten::function("chooseProfile", &choose_profile);
    emscripten::function("canonicalJson", &canonical_json);
    emscripten::function("keccak256", &keccak256);
    emscripten::function("sha256", &sha256);
    emscripten::function("recoverAddress", &recover_address);
    emscripten::function("recoverAddressWord", &recover_address_word);
    emscripten::function("verifyEcdsa", &verify_ecdsa);
    emscripten::function("verifyRsaPss", &verify_rsa_pss);
    emscripten::function("verifyP384", &verify_p384);
}

} // namespace assay::wasm
