// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Depthwise convolution of nine taps, 3x3 above all, in place of XNNPACK's kernels of the same names
// (xnnpack.cmake leaves them out). Those walk the channels of one output at a time with nine
// pointers, more than V8 has registers for, and reach a quarter of what the machine can multiply.
// These hold the weights of four channels in registers and walk the outputs of a row; where
// neighbours share columns of the input, each column is read once. The order of the sums, and so
// every bit of the result, is that of upstream. A function a walk: with two in one, V8 spills both.
#include <math.h>
#include <stdint.h>
#include <wasm_simd128.h>

#include "xnnpack/dwconv.h"
#include "xnnpack/microparams.h"

#define TAPS 9
#define COLUMN 3 // addresses of a column: upstream's taps run down first
#define TILE 8   // channels of a tile of weights: eight biases, then eight weights a tap
// Addresses of the outputs that are made before the next four channels: few enough that what they
// point at stays in the first cache from one four to the next.
#define ADDRESSES 102

#ifdef __wasm_relaxed_simd__
#define MULTIPLY_ADD(a, b, c) wasm_f32x4_relaxed_madd(a, b, c)
#else
#define MULTIPLY_ADD(a, b, c) wasm_f32x4_add(c, wasm_f32x4_mul(a, b))
#endif

typedef struct {
    const uintptr_t* addresses; // of the first output's taps, at channel 0
    size_t step;                // addresses from one output to the next
    size_t count;               // outputs
    const float* weights;
    uintptr_t output;
    size_t stride; // bytes from one output to the next
    v128_t min;
    v128_t max;
} row;

static inline const float* tile_of(const row* r, size_t channel) {
    return r->weights + channel / TILE * (TAPS + 1) * TILE + channel % TILE;
}

static inline v128_t tap_of(const float* tile, size_t tap) {
    return wasm_v128_load(tile + (tap + 1) * TILE);
}

static inline v128_t input_at(const uintptr_t* address, size_t channel) {
    return wasm_v128_load((const float*)*address + channel);
}

// In this order NaN stays NaN (keep_nan.h).
static inline v128_t bounded(v128_t sum, v128_t min, v128_t max) {
    return wasm_f32x4_pmin(wasm_f32x4_pmax(sum, min), max);
}

#define TAPS_OF(tile)                                                                              \
    const v128_t k0 = tap_of(tile, 0), k1 = tap_of(tile, 1), k2 = tap_of(tile, 2),                 \
                 k3 = tap_of(tile, 3), k4 = tap_of(tile, 4), k5 = tap_of(tile, 5),                 \
                 k6 = tap_of(tile, 6), k7 = tap_of(tile, 7), k8 = tap_of(tile, 8)
#define COLUMN_OF(address, channel)                                                                \
    const v128_t top = input_at(address, channel), middle = input_at((address) + 1, channel),      \
                 bottom = input_at((address) + 2, channel)
#define ADD_COLUMN(sum, a, b, c)                                                                   \
    MULTIPLY_ADD(bottom, c, MULTIPLY_ADD(middle, b, MULTIPLY_ADD(top, a, sum)))

// What is loaded after it is loaded after the sum is made: the compiler would load all inputs first.
#define FIRST(sum) __asm__("" : "+r"(sum))

// Outputs one column apart: a column is the third of one, the second and the first of the next.
static __attribute__((noinline)) void walk_by_one(const row* r, size_t channels) {
    const v128_t min = r->min, max = r->max;
    for (size_t channel = 0; channel != channels; channel += 4) {
        const float* tile = tile_of(r, channel);
        TAPS_OF(tile);
        const uintptr_t* address = r->addresses;
        v128_t third, second;
        {
            COLUMN_OF(address, channel);
            third = ADD_COLUMN(wasm_v128_load(tile), k0, k1, k2);
        }
        {
            COLUMN_OF(address + COLUMN, channel);
            third = ADD_COLUMN(third, k3, k4, k5);
            second = ADD_COLUMN(wasm_v128_load(tile), k0, k1, k2);
        }
        address += 2 * COLUMN;
        uintptr_t to = r->output + channel * sizeof(float);
        size_t count = r->count;
        do {
            COLUMN_OF(address, channel);
            v128_t first = wasm_v128_load(tile);
            third = MULTIPLY_ADD(top, k6, third);
            second = MULTIPLY_ADD(top, k3, second);
            first = MULTIPLY_ADD(top, k0, first);
            third = MULTIPLY_ADD(middle, k7, third);
            second = MULTIPLY_ADD(middle, k4, second);
            first = MULTIPLY_ADD(middle, k1, first);
            third = MULTIPLY_ADD(bottom, k8, third);
            second = MULTIPLY_ADD(bottom, k5, second);
            first = MULTIPLY_ADD(bottom, k2, first);
            wasm_v128_store((float*)to, bounded(third, min, max));
            third = second;
            second = first;
            address += COLUMN;
            to += r->stride;
        } while (--count != 0);
    }
}

// Outputs two columns apart: the third column of one is the first of the next.
static __attribute__((noinline)) void walk_by_two(const row* r, size_t channels) {
    const v128_t min = r->min, max = r->max;
    for (size_t channel = 0; channel != channels; channel += 4) {
        const float* tile = tile_of(r, channel);
        TAPS_OF(tile);
        const uintptr_t* address = r->addresses;
        v128_t sum;
        {
            COLUMN_OF(address, channel);
            sum = ADD_COLUMN(wasm_v128_load(tile), k0, k1, k2);
        }
        uintptr_t to = r->output + channel * sizeof(float);
        size_t count = r->count;
        do {
            {
                COLUMN_OF(address + COLUMN, channel);
                sum = ADD_COLUMN(sum, k3, k4, k5);
            }
            address += 2 * COLUMN;
            COLUMN_OF(address, channel);
            sum = ADD_COLUMN(sum, k6, k7, k8);
            wasm_v128_store((float*)to, bounded(sum, min, max));
            sum = ADD_COLUMN(wasm_v128_load(tile), k0, k1, k2);
            to += r->stride;
        } while (--count != 0);
    }
}

// Any other distance: dilated windows, and taps that are not 3x3.
static __attribute__((noinline)) void walk(const row* r, size_t channels) {
    const v128_t min = r->min, max = r->max;
    for (size_t channel = 0; channel != channels; channel += 4) {
        const float* tile = tile_of(r, channel);
        TAPS_OF(tile);
        const uintptr_t* address = r->addresses;
        uintptr_t to = r->output + channel * sizeof(float);
        size_t count = r->count;
        do {
            v128_t sum = wasm_v128_load(tile);
            {
                COLUMN_OF(address, channel);
                sum = ADD_COLUMN(sum, k0, k1, k2);
            }
            FIRST(sum);
            {
                COLUMN_OF(address + COLUMN, channel);
                sum = ADD_COLUMN(sum, k3, k4, k5);
            }
            FIRST(sum);
            {
                COLUMN_OF(address + 2 * COLUMN, channel);
                sum = ADD_COLUMN(sum, k6, k7, k8);
            }
            wasm_v128_store((float*)to, bounded(sum, min, max));
            address += r->step;
            to += r->stride;
        } while (--count != 0);
    }
}

// The last one to three channels.
static __attribute__((noinline)) void walk_rest(const row* r, size_t channel, size_t channels) {
    const float* tile = tile_of(r, channel);
    for (size_t i = 0; i != r->count; ++i) {
        const uintptr_t* address = r->addresses + i * r->step;
        v128_t sum = wasm_v128_load(tile);
        for (size_t tap = 0; tap != TAPS; ++tap) {
            sum = MULTIPLY_ADD(input_at(address + tap, channel), tap_of(tile, tap), sum);
        }
        sum = bounded(sum, r->min, r->max);
        float* to = (float*)(r->output + i * r->stride) + channel;
        if (channels & 2) {
            wasm_v128_store64_lane(to, sum, 0);
            sum = wasm_i64x2_shuffle(sum, sum, 1, 1);
            to += 2;
        }
        if (channels & 1) {
            wasm_v128_store32_lane(to, sum, 0);
        }
    }
}

static void convolve(size_t channels, size_t output_width, const float** input,
                     const float* weights, float* output, intptr_t input_stride,
                     size_t output_increment, size_t input_offset, const float* zero, v128_t min,
                     v128_t max) {
    uintptr_t addresses[ADDRESSES];
    const size_t fours = channels & ~(size_t)3;
    row r = {addresses, (size_t)input_stride / sizeof(float*), 0, weights, (uintptr_t)output,
             channels * sizeof(float) + output_increment, min, max};
    const size_t most = (ADDRESSES - TAPS) / r.step + 1;
    while (output_width != 0) {
        r.count = output_width < most ? output_width : most;
        for (size_t i = 0; i != (r.count - 1) * r.step + TAPS; ++i) {
            // Those into the padding all are the same row of zeros.
            addresses[i] = (uintptr_t)input[i] + (input[i] == zero ? 0 : input_offset);
        }
        if (r.step == COLUMN) {
            walk_by_one(&r, fours);
        } else if (r.step == 2 * COLUMN) {
            walk_by_two(&r, fours);
        } else {
            walk(&r, fours);
        }
        if (fours != channels) {
            walk_rest(&r, fours, channels - fours);
        }
        input += r.count * r.step;
        r.output += r.count * r.stride;
        output_width -= r.count;
    }
}

#ifdef __wasm_relaxed_simd__
#define BOUNDED xnn_f32_dwconv_minmax_ukernel_9p8c__wasmrelaxedsimd_fma
#define LINEAR xnn_f32_dwconv_ukernel_9p8c__wasmrelaxedsimd_fma
#else
#define BOUNDED xnn_f32_dwconv_minmax_ukernel_9p8c__wasmsimd_x86
#define LINEAR xnn_f32_dwconv_ukernel_9p8c__wasmsimd
#endif

void BOUNDED(size_t channels, size_t output_width, const float** input, const float* weights,
             float* output, intptr_t input_stride, size_t output_increment, size_t input_offset,
             const float* zero, const union xnn_f32_minmax_params* params) {
    convolve(channels, output_width, input, weights, output, input_stride, output_increment,
             input_offset, zero, wasm_v128_load32_splat(&params->scalar.min),
             wasm_v128_load32_splat(&params->scalar.max));
}

void LINEAR(size_t channels, size_t output_width, const float** input, const float* weights,
            float* output, intptr_t input_stride, size_t output_increment, size_t input_offset,
            const float* zero, const struct xnn_f32_default_params* params) {
    (void)params;
    convolve(channels, output_width, input, weights, output, input_stride, output_increment,
             input_offset, zero, wasm_f32x4_const_splat(-INFINITY), wasm_f32x4_const_splat(INFINITY));
}
