// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// XNNPACK's reference functions lay weights out with a copy of 4 or 32 bytes at a time, each a
// memory.copy: 10 ns a float of a convolution in V8. Where the tile is 8 wide and not shuffled (all
// float kernels of wasm but one) upstream's own kernels write the same bytes in 0.4 ns a float. The
// reference functions are compiled under other names (xnnpack.cmake) and serve the rest.
#include "xnnpack/pack.h"
#include "xnnpack/packw.h"

void assay_reference_pack_f32_gemm_gio_w(size_t g, size_t nc, size_t kc, size_t nr, size_t kr,
                                         size_t sr, size_t k_stride, const float* k,
                                         const float* b, const void* scale, float* packed,
                                         size_t extra_bytes, const void* params);
void assay_reference_pack_f32_conv_goki_w(size_t g, size_t nc, size_t ks, size_t kc, size_t nr,
                                          size_t kr, size_t sr, const float* k, const float* b,
                                          const void* scale, float* packed, size_t extra_bytes,
                                          const void* params);

static bool is_plain_tile(size_t nr, size_t kr, size_t sr, size_t extra_bytes) {
    return nr == 8 && kr == 1 && sr == 1 && extra_bytes == 0;
}

// Weights by input, then output.
void xnn_pack_f32_gemm_gio_w(size_t g, size_t nc, size_t kc, size_t nr, size_t kr, size_t sr,
                             size_t k_stride, const float* k, const float* b, const void* scale,
                             float* packed, size_t extra_bytes, const void* params) {
    if (is_plain_tile(nr, kr, sr, extra_bytes)) {
        xnn_x32_packw_gemm_gio_ukernel_x8__scalar(g, nc, kc, nr, kr, sr, k_stride,
                                                  (const uint32_t*)k, (const uint32_t*)b, scale,
                                                  (uint32_t*)packed, extra_bytes, params);
    } else {
        assay_reference_pack_f32_gemm_gio_w(g, nc, kc, nr, kr, sr, k_stride, k, b, scale, packed,
                                            extra_bytes, params);
    }
}

// Filters by output, then place, then input: one row of places and inputs for each output.
void xnn_pack_f32_conv_goki_w(size_t g, size_t nc, size_t ks, size_t kc, size_t nr, size_t kr,
                              size_t sr, const float* k, const float* b, const void* scale,
                              float* packed, size_t extra_bytes, const void* params) {
    if (is_plain_tile(nr, kr, sr, extra_bytes)) {
        xnn_x32_packw_gemm_goi_ukernel_x8__wasmsimd_u4(g, nc, ks * kc, nr, kr, sr,
                                                       (const uint32_t*)k, (const uint32_t*)b,
                                                       scale, (uint32_t*)packed, extra_bytes,
                                                       params);
    } else {
        assay_reference_pack_f32_conv_goki_w(g, nc, ks, kc, nr, kr, sr, k, b, scale, packed,
                                             extra_bytes, params);
    }
}
