// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4 §6.2). Mbed TLS keeps its words in memory so that it can wipe them, block by
// block; what is hashed here is public, and the words stay in registers.
#include "core/hash/sha2.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace assay::hash {
namespace {

constexpr std::size_t BLOCK = 64;
constexpr std::size_t WORDS = 16;
using State = std::array<std::uint32_t, 8>;

/// First 32 bits of the fractional parts of the square roots of the first eight primes (§5.3.3).
constexpr State INITIAL = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                           0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/// The same of the cube roots of the first sixty-four primes (§4.2.2).
constexpr std::array<std::uint32_t, 64> K = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

void compress(State& state, const std::uint8_t* block) {
    std::array<std::uint32_t, WORDS> w;
    for (std::size_t i = 0; i < WORDS; ++i)
        w[i] = static_cast<std::uint32_t>(block[4 * i]) << 24 |
               static_cast<std::uint32_t>(block[4 * i + 1]) << 16 |
               static_cast<std::uint32_t>(block[4 * i + 2]) << 8 | block[4 * i + 3];
    State s = state;
    for (std::size_t round = 0;; round += WORDS) {
        // Unrolled, every index below is a constant: the letters a to h move through s by one.
#pragma GCC unroll 16
        for (std::size_t i = 0; i < WORDS; ++i) {
            const auto at = [i](std::size_t letter) { return (letter + 16 - i) % 8; };
            const std::uint32_t a = s[at(0)];
            const std::uint32_t e = s[at(4)];
            const std::uint32_t g = s[at(6)];
            const std::uint32_t choice = g ^ (e & (s[at(5)] ^ g));
            const std::uint32_t majority = (a & s[at(1)]) | (s[at(2)] & (a | s[at(1)]));
            const std::uint32_t first = s[at(7)] +
                                        (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                        choice + K[round + i] + w[i];
            s[at(3)] += first;
            s[at(7)] = first + (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + majority;
        }
        if (round + WORDS == K.size())
            break;
#pragma GCC unroll 16
        for (std::size_t i = 0; i < WORDS; ++i) {
            const std::uint32_t before = w[(i + 1) % WORDS];
            const std::uint32_t last = w[(i + 14) % WORDS];
            w[i] += (std::rotr(before, 7) ^ std::rotr(before, 18) ^ before >> 3) +
                    w[(i + 9) % WORDS] + (std::rotr(last, 17) ^ std::rotr(last, 19) ^ last >> 10);
        }
    }
    for (std::size_t i = 0; i < s.size(); ++i)
        state[i] += s[i];
}

} // namespace

Hash32 sha256(BytesView bytes) noexcept {
    State state = INITIAL;
    const std::uint64_t bits = static_cast<std::uint64_t>(bytes.size()) * 8;
    for (; bytes.size() >= BLOCK; bytes = bytes.subspan(BLOCK))
        compress(state, bytes.data());
    // A one bit, zeros, and the length in the last eight bytes of a block (§5.1.1).
    std::array<std::uint8_t, 2 * BLOCK> tail{};
    std::ranges::copy(bytes, tail.begin());
    tail[bytes.size()] = 0x80;
    const std::size_t end = bytes.size() + 1 + sizeof bits <= BLOCK ? BLOCK : 2 * BLOCK;
    for (std::size_t i = 0; i < sizeof bits; ++i)
        tail[end - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
    for (std::size_t at = 0; at < end; at += BLOCK)
        compress(state, tail.data() + at);
    Hash32 out;
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
    return out;
}

} // namespace assay::hash
