// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/hash/keccak256.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <bit>
#include <utility>

namespace assay::hash {
namespace {

using bytes::to_hex;

using State = std::array<std::array<std::uint64_t, 5>, 5>; // [x][y]

/// FIPS 202 §3.2 step by step, constants from their own definition: slow and plainly right.
void permute_by_the_book(State& a) {
    std::uint8_t lfsr = 1;
    for (int round = 0; round < 24; ++round) {
        std::array<std::uint64_t, 5> c{};
        for (std::size_t x = 0; x < 5; ++x)
            c[x] = a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4];
        for (std::size_t x = 0; x < 5; ++x) {
            for (std::size_t y = 0; y < 5; ++y)
                a[x][y] ^= c[(x + 4) % 5] ^ std::rotl(c[(x + 1) % 5], 1);
        }
        State b = a;
        std::size_t x = 1;
        std::size_t y = 0;
        for (int t = 0; t < 24; ++t) {
            b[x][y] = std::rotl(a[x][y], (t + 1) * (t + 2) / 2 % 64);
            x = std::exchange(y, (2 * x + 3 * y) % 5);
        }
        State moved{};
        for (std::size_t i = 0; i < 5; ++i) {
            for (std::size_t j = 0; j < 5; ++j)
                moved[i][j] = b[(i + 3 * j) % 5][i];
        }
        for (std::size_t i = 0; i < 5; ++i) {
            for (std::size_t j = 0; j < 5; ++j)
                a[i][j] = moved[i][j] ^ (~moved[(i + 1) % 5][j] & moved[(i + 2) % 5][j]);
        }
        for (unsigned j = 0; j < 7; ++j) {
            if ((lfsr & 1) != 0)
                a[0][0] ^= std::uint64_t{1} << ((1U << j) - 1);
            lfsr = static_cast<std::uint8_t>(lfsr << 1 ^ ((lfsr >> 7) * 0x71));
        }
    }
}

Hash32 keccak_by_the_book(Bytes input) {
    const std::size_t rate = 136;
    const std::size_t padded = (input.size() / rate + 1) * rate;
    input.push_back(0x01);
    input.resize(padded);
    input.back() |= 0x80;
    State state{};
    for (std::size_t at = 0; at < input.size(); ++at) {
        const std::size_t lane = at % rate / 8;
        state[lane % 5][lane / 5] ^= std::uint64_t{input[at]} << (8 * (at % 8));
        if (at % rate == rate - 1)
            permute_by_the_book(state);
    }
    Hash32 out{};
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(state[i / 8][0] >> (8 * (i % 8)));
    return out;
}

Bytes pattern(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<std::uint8_t>(i * 131 + 7);
    return out;
}

TEST_CASE("keccak256 gives Ethereum's answers, not SHA-3's", "[keccak]") {
    CHECK(to_hex(keccak256({})) ==
          "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    CHECK(to_hex(keccak256(as_bytes("abc"))) ==
          "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

TEST_CASE("keccak256 agrees with the definition around block ends", "[keccak][differential]") {
    for (std::size_t size = 0; size <= 300; ++size) {
        const Bytes input = pattern(size);
        INFO(size);
        CHECK(keccak256(input) == keccak_by_the_book(input));
    }
}

TEST_CASE("keccak256 does not depend on how the bytes come in", "[keccak]") {
    const Bytes input = pattern(1000);
    const Hash32 whole = keccak256(input);
    for (const std::size_t step : {1U, 7U, 135U, 136U, 137U, 271U, 999U}) {
        Keccak256 hash;
        for (std::size_t at = 0; at < input.size(); at += step)
            hash.update(BytesView{input}.subspan(at, std::min(step, input.size() - at)));
        INFO(step);
        CHECK(hash.update({}).finish() == whole);
    }
}

TEST_CASE("keccak256 is new again after finish", "[keccak]") {
    Keccak256 hash;
    const Hash32 first = hash.update(as_bytes("abc")).finish();
    CHECK(hash.update(as_bytes("abc")).finish() == first);
    CHECK(hash.finish() == keccak256({}));
}

} // namespace
} // namespace assay::hash
