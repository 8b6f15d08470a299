// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/hash/blake2b.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace assay::hash {
namespace {

/// RFC 7693 section 2.6
constexpr std::array<std::uint64_t, 8> IV = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
/// Section 2.7; rounds 10 and 11 repeat the first two.
constexpr std::array<std::array<std::uint8_t, 16>, 10> SIGMA = {{
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
}};

std::uint64_t read_u64(const std::uint8_t* at) noexcept {
    std::uint64_t out = 0;
    for (unsigned i = 0; i < 8; ++i)
        out |= std::uint64_t{at[i]} << 8 * i;
    return out;
}

} // namespace

Blake2b::Blake2b(std::string_view personal) noexcept : state_{IV} {
    assert(personal.size() == PERSONAL_BYTES);
    state_[0] ^= 0x01010040; // 64 bytes of hash, no key, one leaf
    const BytesView bytes = as_bytes(personal);
    state_[6] ^= read_u64(bytes.data());
    state_[7] ^= read_u64(bytes.data() + 8);
}

void Blake2b::compress(bool last) noexcept {
    std::array<std::uint64_t, 16> m;
    for (std::size_t i = 0; i < m.size(); ++i)
        m[i] = read_u64(&block_[8 * i]);
    std::array<std::uint64_t, 16> v;
    std::copy(state_.begin(), state_.end(), v.begin());
    std::copy(IV.begin(), IV.end(), v.begin() + 8);
    v[12] ^= length_; // below 2^64
    if (last)
        v[14] = ~v[14];
    const auto mix = [&](std::size_t a, std::size_t b, std::size_t c, std::size_t d,
                         std::uint64_t x, std::uint64_t y) {
        v[a] += v[b] + x;
        v[d] = std::rotr(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = std::rotr(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = std::rotr(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = std::rotr(v[b] ^ v[c], 63);
    };
    for (std::size_t round = 0; round < 12; ++round) {
        const auto& s = SIGMA[round % SIGMA.size()];
        for (std::size_t i = 0; i < 4; ++i)
            mix(i, 4 + i, 8 + i, 12 + i, m[s[2 * i]], m[s[2 * i + 1]]);
        for (std::size_t i = 0; i < 4; ++i)
            mix(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[s[8 + 2 * i]],
                m[s[9 + 2 * i]]);
    }
    for (std::size_t i = 0; i < state_.size(); ++i)
        state_[i] ^= v[i] ^ v[i + 8];
}

Blake2b& Blake2b::update(BytesView bytes) noexcept {
    while (!bytes.empty()) {
        if (held_ == BLOCK) {
            length_ += BLOCK;
            compress(false);
            held_ = 0;
        }
        const std::size_t size = std::min(BLOCK - held_, bytes.size());
        std::copy_n(bytes.begin(), size, block_.begin() + static_cast<std::ptrdiff_t>(held_));
        held_ += size;
        bytes = bytes.subspan(size);
    }
    return *this;
}

std::array<std::uint8_t, 64> Blake2b::finish() noexcept {
    length_ += held_;
    std::fill(block_.begin() + static_cast<std::ptrdiff_t>(held_), block_.end(), std::uint8_t{0});
    compress(true);
    std::array<std::uint8_t, 64> out;
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(state_[i / 8] >> i % 8 * 8);
    return out;
}

} // namespace assay::hash
