/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Included before the sources of XNNPACK that make operators of a graph's nodes. No value of a graph
 * here is of half floats and no layout is NCHW (that is for sparse weights, which are off), so what
 * makes such operators is left out, and 90 kB of kernels and packing with it. */
#ifndef ASSAY_UNUSED_OPERATORS_H
#define ASSAY_UNUSED_OPERATORS_H

#include "xnnpack.h"

#define ASSAY_UNUSED(...) xnn_status_unsupported_hardware
#define xnn_create_average_pooling2d_nhwc_f16 ASSAY_UNUSED
#define xnn_create_batch_matrix_multiply_nc_f16 ASSAY_UNUSED
#define xnn_create_convert_nc_f16_qd8 ASSAY_UNUSED
#define xnn_create_convolution2d_nchw_f16 ASSAY_UNUSED
#define xnn_create_convolution2d_nchw_f32 ASSAY_UNUSED
#define xnn_create_convolution2d_nhwc_f16 ASSAY_UNUSED
#define xnn_create_convolution2d_nhwc_qd8_f16_qc8w ASSAY_UNUSED
#define xnn_create_deconvolution2d_nhwc_f16 ASSAY_UNUSED
#define xnn_create_depth_to_space_nchw2nhwc_x16 ASSAY_UNUSED
#define xnn_create_depth_to_space_nchw2nhwc_x32 ASSAY_UNUSED
#define xnn_create_dynamic_fully_connected_nc_f16 ASSAY_UNUSED
#define xnn_create_fully_connected_nc_f16 ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qd8_f16_qb4w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qd8_f16_qc4w ASSAY_UNUSED
#define xnn_create_fully_connected_nc_qd8_f16_qc8w ASSAY_UNUSED
#define xnn_create_max_pooling2d_nhwc_f16 ASSAY_UNUSED
#define xnn_create_resize_bilinear2d_nchw_f16 ASSAY_UNUSED
#define xnn_create_resize_bilinear2d_nchw_f32 ASSAY_UNUSED
#define xnn_create_resize_bilinear2d_nhwc_f16 ASSAY_UNUSED
#define xnn_create_rope_nthc_f16 ASSAY_UNUSED
#define xnn_create_scaled_dot_product_attention_nhtc_f16 ASSAY_UNUSED
#define xnn_create_softmax_nc_f16 ASSAY_UNUSED

#endif
