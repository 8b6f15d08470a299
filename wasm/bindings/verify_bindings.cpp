// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The exports of verify.wasm. Only numbers cross: addresses and lengths in the arena, codes of
// error_codes.def (0 = ok), addresses of text records (boundary.hpp). Every verdict comes from
// `call`, which takes a frame of core/api/operations.hpp; what is asked for thousands of times has
// an export of its own. js-bindings/src/wasm/verify.d.mts types the same functions for TypeScript.
#include "core/api/operations.hpp"
#include "core/base/limits.hpp"
#include "core/hash/keccak256.hpp"
#include "core/hash/sha2.hpp"
#include "core/signatures/schnorr.hpp"
#include "core/signatures/secp256k1.hpp"

#include "wasm/bindings/verify_boundary.hpp"

#include <emscripten/bind.h>

#include <algorithm>
#include <cstdint>
#include <string>

namespace assay::wasm {

Arena arena;
TextResult verdict;

namespace {

/// Request, reply, options and some evidence; hashes take up to this much in one piece.
constexpr std::size_t ARENA_BYTES = 4 * limits::TEXT_BYTES + (std::size_t{1} << 20);
constexpr Word HASH_BYTES = 32;

Word reserve(Word size) noexcept {
    return arena.reserve(size, ARENA_BYTES);
}

Word call(Word frame, Word length) noexcept {
    return verdict.publish(api::run_frame(arena.input(frame, length)));
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

Word verify_schnorr(Word key, Word message, Word message_length, Word signature) noexcept {
    return code_of(signatures::verify_schnorr(
        arena.input(key, signatures::SCHNORR_KEY_BYTES), arena.input(message, message_length),
        arena.input(signature, signatures::SCHNORR_SIGNATURE_BYTES)));
}

} // namespace

EMSCRIPTEN_BINDINGS(assay_verify) {
    emscripten::function("reserve", &reserve);
    emscripten::function("call", &call);
    emscripten::function("keccak256", &keccak256);
    emscripten::function("sha256", &sha256);
    emscripten::function("recoverAddress", &recover_address);
    emscripten::function("recoverAddressWord", &recover_address_word);
    emscripten::function("verifyEcdsa", &verify_ecdsa);
    emscripten::function("verifySchnorr", &verify_schnorr);
}

} // namespace assay::wasm
