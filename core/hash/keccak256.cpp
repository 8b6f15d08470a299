// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Keccak-f[1600] of FIPS 202 §3.2 and §3.4. Every index is a constant: the lanes live in registers
// (locals in wasm). Lane (x, y) is word 5 y + x.
#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace assay::hash {
namespace {

static_assert(std::endian::native == std::endian::little, "lanes are loaded as they lie in memory");

constexpr std::array<std::uint64_t, 24> ROUND_CONSTANTS = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

/// A state whose lanes are named: words of an array are not always kept in registers.
struct Lanes {
    std::uint64_t a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17,
        a18, a19, a20, a21, a22, a23, a24;
};

/// Parity of each column, the first half of theta.
struct Parities {
    std::uint64_t x0, x1, x2, x3, x4;
};

inline Parities parities(const Lanes& a) {
    return {a.a0 ^ a.a5 ^ a.a10 ^ a.a15 ^ a.a20, a.a1 ^ a.a6 ^ a.a11 ^ a.a16 ^ a.a21,
            a.a2 ^ a.a7 ^ a.a12 ^ a.a17 ^ a.a22, a.a3 ^ a.a8 ^ a.a13 ^ a.a18 ^ a.a23,
            a.a4 ^ a.a9 ^ a.a14 ^ a.a19 ^ a.a24};
}

/// theta, rho and pi feed chi row by row; iota is the constant. The state holds the lanes of
/// complement() inverted, before and after: the choice with which De Morgan's laws leave chi one
/// NOT a row instead of five ("lane complementing", Keccak implementation overview §2.2). Wasm has
/// no AND-NOT. Inline, or the lanes would pass through memory.
[[gnu::always_inline]] inline Lanes round(const Lanes& a, std::uint64_t constant) {
    const Parities c = parities(a);
    const std::uint64_t d0 = c.x4 ^ std::rotl(c.x1, 1);
    const std::uint64_t d1 = c.x0 ^ std::rotl(c.x2, 1);
    const std::uint64_t d2 = c.x1 ^ std::rotl(c.x3, 1);
    const std::uint64_t d3 = c.x2 ^ std::rotl(c.x4, 1);
    const std::uint64_t d4 = c.x3 ^ std::rotl(c.x0, 1);

    Lanes e;
    std::uint64_t b0 = a.a0 ^ d0;
    std::uint64_t b1 = std::rotl(a.a6 ^ d1, 44);
    std::uint64_t b2 = std::rotl(a.a12 ^ d2, 43);
    std::uint64_t b3 = std::rotl(a.a18 ^ d3, 21);
    std::uint64_t b4 = std::rotl(a.a24 ^ d4, 14);
    e.a0 = b0 ^ (b1 | b2) ^ constant;
    e.a1 = b1 ^ (~b2 | b3);
    e.a2 = b2 ^ (b3 & b4);
    e.a3 = b3 ^ (b4 | b0);
    e.a4 = b4 ^ (b0 & b1);

    b0 = std::rotl(a.a3 ^ d3, 28);
    b1 = std::rotl(a.a9 ^ d4, 20);
    b2 = std::rotl(a.a10 ^ d0, 3);
    b3 = std::rotl(a.a16 ^ d1, 45);
    b4 = std::rotl(a.a22 ^ d2, 61);
    e.a5 = b0 ^ (b1 | b2);
    e.a6 = b1 ^ (b2 & b3);
    e.a7 = b2 ^ (b3 | ~b4);
    e.a8 = b3 ^ (b4 | b0);
    e.a9 = b4 ^ (b0 & b1);

    b0 = std::rotl(a.a1 ^ d1, 1);
    b1 = std::rotl(a.a7 ^ d2, 6);
    b2 = std::rotl(a.a13 ^ d3, 25);
    b3 = std::rotl(a.a19 ^ d4, 8);
    b4 = std::rotl(a.a20 ^ d0, 18);
    e.a10 = b0 ^ (b1 | b2);
    e.a11 = b1 ^ (b2 & b3);
    e.a12 = b2 ^ (~b3 & b4);
    e.a13 = ~b3 ^ (b4 | b0);
    e.a14 = b4 ^ (b0 & b1);

    b0 = std::rotl(a.a4 ^ d4, 27);
    b1 = std::rotl(a.a5 ^ d0, 36);
    b2 = std::rotl(a.a11 ^ d1, 10);
    b3 = std::rotl(a.a17 ^ d2, 15);
    b4 = std::rotl(a.a23 ^ d3, 56);
    e.a15 = b0 ^ (b1 & b2);
    e.a16 = b1 ^ (b2 | b3);
    e.a17 = b2 ^ (~b3 | b4);
    e.a18 = ~b3 ^ (b4 & b0);
    e.a19 = b4 ^ (b0 | b1);

    b0 = std::rotl(a.a2 ^ d2, 62);
    b1 = std::rotl(a.a8 ^ d3, 55);
    b2 = std::rotl(a.a14 ^ d4, 39);
    b3 = std::rotl(a.a15 ^ d0, 41);
    b4 = std::rotl(a.a21 ^ d1, 2);
    e.a20 = b0 ^ (~b1 & b2);
    e.a21 = ~b1 ^ (b2 | b3);
    e.a22 = b2 ^ (b3 & b4);
    e.a23 = b3 ^ (b4 | b0);
    e.a24 = b4 ^ (b0 & b1);
    return e;
}

inline void complement(Lanes& lanes) {
    for (std::uint64_t* lane :
         {&lanes.a1, &lanes.a2, &lanes.a8, &lanes.a12, &lanes.a17, &lanes.a20})
        *lane = ~*lane;
}

void permute(std::array<std::uint64_t, 25>& state) {
    Lanes a = std::bit_cast<Lanes>(state);
    complement(a);
    // Two rounds a step would save the copy and take a sixth longer in wasm: too many locals.
    for (const std::uint64_t constant : ROUND_CONSTANTS)
        a = round(a, constant);
    complement(a);
    state = std::bit_cast<std::array<std::uint64_t, 25>>(a);
}

/// XORs one block of Rate bytes into the state.
template <std::size_t Rate>
void absorb(std::array<std::uint64_t, 25>& state, const std::uint8_t* block) {
    for (std::size_t lane = 0; lane < Rate / 8; ++lane) {
        std::uint64_t word = 0;
        std::memcpy(&word, block + 8 * lane, sizeof word);
        state[lane] ^= word;
    }
    permute(state);
}

} // namespace

Keccak256& Keccak256::update(BytesView bytes) noexcept {
    if (held_ != 0) {
        const std::size_t taken = std::min(RATE - held_, bytes.size());
        std::copy_n(bytes.begin(), taken, block_.begin() + static_cast<std::ptrdiff_t>(held_));
        held_ += taken;
        bytes = bytes.subspan(taken);
        if (held_ < RATE)
            return *this;
        absorb<RATE>(state_, block_.data());
        held_ = 0;
    }
    while (bytes.size() >= RATE) {
        absorb<RATE>(state_, bytes.data());
        bytes = bytes.subspan(RATE);
    }
    std::copy(bytes.begin(), bytes.end(), block_.begin());
    held_ = bytes.size();
    return *this;
}

Hash32 Keccak256::finish() noexcept {
    std::fill(block_.begin() + static_cast<std::ptrdiff_t>(held_), block_.end(), std::uint8_t{0});
    block_[held_] = 0x01;
    block_[RATE - 1] |= 0x80;
    absorb<RATE>(state_, block_.data());
    Hash32 out;
    std::memcpy(out.data(), state_.data(), out.size());
    *this = Keccak256{};
    return out;
}

Hash32 keccak256(BytesView bytes) noexcept {
    return Keccak256{}.update(bytes).finish();
}

} // namespace assay::hash
