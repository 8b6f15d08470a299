/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Included before the sources of XNNPACK that make operators of a graph's nodes. The lowering
 * (core/runtime) defines values of floats, and of bytes with weights quantised by channel (signed) or
 * as a whole (unsigned), all of one layout. What makes operators of half floats, of dynamically
 * quantised or 4-bit values and of NCHW layouts is left out, with its kernels and packing. */
#ifndef ASSAY_UNUSED_OPERATORS_H
#define ASSAY_UNUSED_OPERATORS_H

#include "xnnpack.h"
#include "xnnpack/internal.h"

#define ASSAY_UNUSED(...) xnn_status_unsupported_hardware
#define xnn_create_average_pooling2d_nhwc_f16 ASSAY_UNUSED
#define xnn_create_batch_matrix_multiply_nc_f16 ASSAY_UNUSED
#define xnn_create_batch_matrix_multiply_nc_qd8_f32_qc8w ASSAY_UNUSED
#define xnn_create_convert_nc_f16_qd8 ASSAY_UNUSED
#define xnn_create_convert_nc_f32_qd8 ASSAY_UNUSED
#define xnn_create_convert_nc_f32_qp8 ASSAY_UNUSED
#define xnn_create_convolution2d_nchw_f16 ASSAY_UNUSED
#define xnn_create_convolution2d_nchw_f32 ASSAY_UNUSED
#define xnn_create_convolution2d_nhwc_f16 ASSAY_UNUSED
#define xnn_create_convolution2d_nhwc_qd8_f16_qc8w ASSAY_UNUSED
#define xnn_create_convolution2d_nhwc_qd8_f32_qc8w ASSAY_UNUSED
#define xnn_create_convolution2d_nhwc_qs8 ASSAY_UNUSED
#define xnn_create_deconvolution2d_nhwc_f16 ASSAY_UNUSED
#define xnn_create_deconvolution2d_nhwc_qd8_f32_qc8w ASSAY_UNUSED
#define xnn_create_deconvolution2d_nhwc_qs8 ASSAY_UNUSED
#define xnn_create_deconvolution2d_nhwc_qs8_qc8w ASSAY_UNUSED
#define xnn_create_deconvolution2d_nhwc_qu8 ASSAY_UNUSED
#define xnn_create_depth_to_space_nchw2nhwc_x16 ASSAY_UNUSED
#define xnn_create_depth_to_space_nchw2nhwc_x32 ASSAY_UNUSED
#define xnn_create_dynamic_fully_connected_nc_f16 ASSAY_UNUSED
#define xnn_create_fully_connected_nc_f16 ASSAY_UNUSED
#define xnn_create_fully_connected_nc_f32_qc4w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_f32_qc8w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_pf32 ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qd8_f16_qb4w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qd8_f16_qc4w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qd8_f16_qc8w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qd8_f32_qb4w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qd8_f32_qc4w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qd8_f32_qc8w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qp8_f32_qb4w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qp8_f32_qc4w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qs8 ASSAY_UNUSED
#define xnn_create_max_pooling2d_nhwc_f16 ASSAY_UNUSED
#define xnn_create_resize_bilinear2d_nchw_f16 ASSAY_UNUSED
#define xnn_create_resize_bilinear2d_nchw_f32 ASSAY_UNUSED
#define xnn_create_resize_bilinear2d_nhwc_f16 ASSAY_UNUSED
#define xnn_create_rope_nthc_f16 ASSAY_UNUSED
#define xnn_create_scaled_dot_product_attention_nhtc_f16 ASSAY_UNUSED
#define xnn_create_softmax_nc_f16 ASSAY_UNUSED

#endif
