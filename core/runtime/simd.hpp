// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Four floats at a time for the kernels that XNNPACK does not have, and the functions of them that
// gates and activations need. Compilers turn the vector type into SSE, NEON or wasm's v128.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace assay::runtime::simd {

using Floats = float __attribute__((vector_size(16)));
using Ints = std::int32_t __attribute__((vector_size(16)));

inline constexpr std::size_t WIDTH = 4;

[[nodiscard]] inline Floats splat(float x) noexcept {
    return Floats{x, x, x, x};
}
[[nodiscard]] inline Floats load(const float* from) noexcept {
    Floats out;
    std::memcpy(&out, from, sizeof out);
    return out;
}
inline void store(float* to, Floats x) noexcept {
    std::memcpy(to, &x, sizeof x);
}

/// a · b + c; rounded once where the module has fused multiply-add, twice elsewhere.
[[nodiscard]] inline Floats madd(Floats a, Floats b, Floats c) noexcept {
#ifdef __wasm_relaxed_simd__
    return __builtin_wasm_relaxed_madd_f32x4(a, b, c);
#else
    return a * b + c;
#endif
}

/// @p a where the mask is set, @p b elsewhere.
[[nodiscard]] inline Floats select(Ints mask, Floats a, Floats b) noexcept {
    return std::bit_cast<Floats>((std::bit_cast<Ints>(a) & mask) |
                                 (std::bit_cast<Ints>(b) & ~mask));
}
/// The second operand where either is NaN, as is maximum().
[[nodiscard]] inline Floats minimum(Floats a, Floats b) noexcept {
    return select(a < b, a, b);
}
[[nodiscard]] inline Floats maximum(Floats a, Floats b) noexcept {
    return select(a > b, a, b);
}
/// @p x, or the bound that it is beyond; NaN stays.
[[nodiscard]] inline Floats clamp(Floats x, float low, float high) noexcept {
    return minimum(splat(high), maximum(splat(low), x));
}

/// Where exp is e^x.
inline constexpr float EXP_RANGE = 87;

/// e^x within 2 ulp; beyond ±EXP_RANGE the value there, and NaN of NaN.
[[nodiscard]] inline Floats exp(Floats x) noexcept {
    x = clamp(x, -EXP_RANGE, EXP_RANGE);
    // x = n · ln 2 + r; adding and subtracting 1.5 · 2^23 rounds to the nearest integer.
    const Floats magic = splat(12582912.0F);
    const Floats shifted = madd(x, splat(1.44269504F), magic);
    const Floats n = shifted - magic;
    Floats r = madd(n, splat(-0.693359375F), x);
    r = madd(n, splat(2.12194440e-4F), r);
    Floats p = splat(1.9875691500e-4F);
    for (const float c : {1.3981999507e-3F, 8.3334519073e-3F, 4.1665795894e-2F, 1.6666665459e-1F,
                          5.0000001201e-1F}) {
        p = madd(p, r, splat(c));
    }
    p = madd(p, r * r, r) + splat(1);
    const Ints exponent = std::bit_cast<Ints>(shifted) << 23; // the low bits of n, as a power of 2
    return std::bit_cast<Floats>(std::bit_cast<Ints>(p) + exponent);
}

[[nodiscard]] inline Floats sigmoid(Floats x) noexcept {
    return splat(1) / (splat(1) + exp(-x));
}

/// A rational approximation of degree 13/6, within 4 ulp; NaN of NaN.
[[nodiscard]] inline Floats tanh(Floats x) noexcept {
    x = clamp(x, -7.90531110763549805F, 7.90531110763549805F);
    const Floats square = x * x;
    Floats p = splat(-2.76076847742355e-16F);
    for (const float c : {2.00018790482477e-13F, -8.60467152213735e-11F, 5.12229709037114e-08F,
                          1.48572235717979e-05F, 6.37261928875436e-04F, 4.89352455891786e-03F}) {
        p = madd(p, square, splat(c));
    }
    Floats q = splat(1.19825839466702e-06F);
    for (const float c : {1.18534705686654e-04F, 2.26843463243900e-03F, 4.89352518554385e-03F}) {
        q = madd(q, square, splat(c));
    }
    return x * p / q;
}

[[nodiscard]] inline float sum(Floats x) noexcept {
    return (x[0] + x[1]) + (x[2] + x[3]);
}

/// Applies @p f to @p count floats, the last ones in a padded copy.
template <typename F>
inline void transform(const float* from, float* to, std::size_t count, F f) noexcept {
    std::size_t i = 0;
    for (; i + WIDTH <= count; i += WIDTH) {
        store(to + i, f(load(from + i)));
    }
    if (i < count) {
        float rest[WIDTH] = {};
        std::memcpy(rest, from + i, (count - i) * sizeof(float));
        store(rest, f(load(rest)));
        std::memcpy(to + i, rest, (count - i) * sizeof(float));
    }
}

} // namespace assay::runtime::simd
