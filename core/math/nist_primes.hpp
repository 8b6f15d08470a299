// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The curves P-256 and P-384 (SP 800-186 sections 3.2.1.3 and 3.2.1.4): primes, orders, base
/// points. Both are y^2 = x^3 - 3 x + b.
#pragma once

#include "core/math/words.hpp"

#include <array>
#include <cstddef>

namespace assay::math {

/// sign * 2^exponent
struct PowerOfTwo {
    std::size_t exponent;
    int sign;
};

/// @return the sum of the terms: proof that they spell the prime.
template <std::size_t W, std::size_t T>
constexpr Words<W> sum_of(const std::array<PowerOfTwo, T>& terms) noexcept {
    Words<W> sum{};
    for (const PowerOfTwo& term : terms) {
        Words<W> power{};
        if (term.exponent / WORD_BITS < W) // 2^(64 W) is 0 here
            power[term.exponent / WORD_BITS] = std::uint64_t{1} << term.exponent % WORD_BITS;
        if (term.sign > 0)
            add_to(sum, power);
        else
            subtract_from(sum, power);
    }
    return sum;
}

/// 2^256 - 2^224 + 2^192 + 2^96 - 1
struct P256Prime {
    static constexpr std::size_t BITS = 256;
    static constexpr Words<4> WORDS = {0xffffffffffffffff, 0x00000000ffffffff, 0x0000000000000000,
                                       0xffffffff00000001};
    static constexpr std::array<PowerOfTwo, 5> TERMS = {
        {{0, -1}, {96, 1}, {192, 1}, {224, -1}, {256, 1}}};
    static_assert(sum_of<4>(TERMS) == WORDS);
};

/// 2^384 - 2^128 - 2^96 + 2^32 - 1
struct P384Prime {
    static constexpr std::size_t BITS = 384;
    static constexpr Words<6> WORDS = {0x00000000ffffffff, 0xffffffff00000000, 0xfffffffffffffffe,
                                       0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff};
    static constexpr std::array<PowerOfTwo, 5> TERMS = {
        {{0, -1}, {32, 1}, {96, -1}, {128, -1}, {384, 1}}};
    static_assert(sum_of<6>(TERMS) == WORDS);
};

struct P256 {
    using Prime = P256Prime;
    static constexpr std::size_t W = 4;
    static constexpr Words<W> ORDER = {0xf3b9cac2fc632551, 0xbce6faada7179e84, 0xffffffffffffffff,
                                       0xffffffff00000000};
    static constexpr Words<W> B = {0x3bce3c3e27d2604b, 0x651d06b0cc53b0f6, 0xb3ebbd55769886bc,
                                   0x5ac635d8aa3a93e7};
    static constexpr Words<W> GX = {0xf4a13945d898c296, 0x77037d812deb33a0, 0xf8bce6e563a440f2,
                                    0x6b17d1f2e12c4247};
    static constexpr Words<W> GY = {0xcbb6406837bf51f5, 0x2bce33576b315ece, 0x8ee7eb4a7c0f9e16,
                                    0x4fe342e2fe1a7f9b};
};

struct P384 {
    using Prime = P384Prime;
    static constexpr std::size_t W = 6;
    static constexpr Words<W> ORDER = {0xecec196accc52973, 0x581a0db248b0a77a, 0xc7634d81f4372ddf,
                                       0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff};
    static constexpr Words<W> B = {0x2a85c8edd3ec2aef, 0xc656398d8a2ed19d, 0x0314088f5013875a,
                                   0x181d9c6efe814112, 0x988e056be3f82d19, 0xb3312fa7e23ee7e4};
    static constexpr Words<W> GX = {0x3a545e3872760ab7, 0x5502f25dbf55296c, 0x59f741e082542a38,
                                    0x6e1d3b628ba79b98, 0x8eb1c71ef320ad74, 0xaa87ca22be8b0537};
    static constexpr Words<W> GY = {0x7a431d7c90ea0e5f, 0x0a60b1ce1d7e819d, 0xe9da3113b5f0b8c0,
                                    0xf8f41dbd289a147c, 0x5d9e98bf9292dc29, 0x3617de4a96262c6f};
};

} // namespace assay::math
