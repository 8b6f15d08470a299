// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The operators by function, as ops.def names them; op_*.cpp, one file a family.
#pragma once

#include "core/runtime/op_call.hpp"

namespace assay::runtime {

/// Whether @p lists lists such as this may take one value more each; fails the call otherwise.
[[nodiscard]] inline bool has_room(OpCall& call, const std::vector<Value>& list,
                                   std::size_t lists) noexcept {
    // A full list moves to one of twice its size.
    return list.size() < list.capacity() ||
           call.reserve(std::uint64_t{3} * (list.size() + 1) * sizeof(Value) * lists);
}

void op_affine_grid(OpCall& call) noexcept;
void op_arg(OpCall& call) noexcept;
void op_array_feature_extractor(OpCall& call) noexcept;
void op_attention(OpCall& call) noexcept;
void op_average_pool(OpCall& call) noexcept;
void op_batch_normalization(OpCall& call) noexcept;
void op_binarizer(OpCall& call) noexcept;
void op_binary(OpCall& call) noexcept;
void op_cast(OpCall& call) noexcept;
void op_center_crop_pad(OpCall& call) noexcept;
void op_clip(OpCall& call) noexcept;
void op_col2im(OpCall& call) noexcept;
void op_compress(OpCall& call) noexcept;
void op_concat(OpCall& call) noexcept;
void op_concat_from_sequence(OpCall& call) noexcept;
void op_constant(OpCall& call) noexcept;
void op_constant_of_shape(OpCall& call) noexcept;
void op_conv(OpCall& call) noexcept;
void op_conv_integer(OpCall& call) noexcept;
void op_conv_transpose(OpCall& call) noexcept;
void op_cum_sum(OpCall& call) noexcept;
void op_deform_conv(OpCall& call) noexcept;
void op_depth_to_space(OpCall& call) noexcept;
void op_dequantize_linear(OpCall& call) noexcept;
void op_det(OpCall& call) noexcept;
void op_dft(OpCall& call) noexcept;
void op_dropout(OpCall& call) noexcept;
void op_dynamic_quantize_linear(OpCall& call) noexcept;
void op_einsum(OpCall& call) noexcept;
void op_expand(OpCall& call) noexcept;
void op_eye_like(OpCall& call) noexcept;
void op_feature_vectorizer(OpCall& call) noexcept;
void op_flatten(OpCall& call) noexcept;
void op_gather(OpCall& call) noexcept;
void op_gather_elements(OpCall& call) noexcept;
void op_gather_nd(OpCall& call) noexcept;
void op_gemm(OpCall& call) noexcept;
void op_global_average_pool(OpCall& call) noexcept;
void op_global_pool(OpCall& call) noexcept;
void op_grid_sample(OpCall& call) noexcept;
void op_group_normalization(OpCall& call) noexcept;
void op_identity(OpCall& call) noexcept;
void op_if(OpCall& call) noexcept;
void op_imputer(OpCall& call) noexcept;
void op_label_encoder(OpCall& call) noexcept;
void op_byte_weight_matmul(OpCall& call) noexcept;
void op_fused_attention(OpCall& call) noexcept;
void op_integer_matmul(OpCall& call) noexcept;
void op_layer_normalization(OpCall& call) noexcept;
void op_likelihood_loss(OpCall& call) noexcept;
/// Operators that only fusion makes and only XNNPACK runs.
void op_lowered_only(OpCall& call) noexcept;
void op_linear_classifier(OpCall& call) noexcept;
void op_linear_regressor(OpCall& call) noexcept;
void op_loop(OpCall& call) noexcept;
void op_lp_normalization(OpCall& call) noexcept;
void op_lp_pool(OpCall& call) noexcept;
void op_lrn(OpCall& call) noexcept;
void op_matmul(OpCall& call) noexcept;
void op_matmul_nbits(OpCall& call) noexcept;
void op_matmul_integer(OpCall& call) noexcept;
void op_max_pool(OpCall& call) noexcept;
void op_max_unpool(OpCall& call) noexcept;
void op_mean_variance_normalization(OpCall& call) noexcept;
void op_mel_weight_matrix(OpCall& call) noexcept;
void op_non_max_suppression(OpCall& call) noexcept;
void op_non_zero(OpCall& call) noexcept;
void op_normalizer(OpCall& call) noexcept;
void op_one_hot(OpCall& call) noexcept;
void op_one_hot_encoder(OpCall& call) noexcept;
void op_optional(OpCall& call) noexcept;
void op_optional_get_element(OpCall& call) noexcept;
void op_optional_has_element(OpCall& call) noexcept;
void op_pad(OpCall& call) noexcept;
void op_qlinear_conv(OpCall& call) noexcept;
void op_qlinear_matmul(OpCall& call) noexcept;
void op_quantize_linear(OpCall& call) noexcept;
void op_range(OpCall& call) noexcept;
void op_recurrent(OpCall& call) noexcept;
void op_reduce(OpCall& call) noexcept;
void op_reshape(OpCall& call) noexcept;
void op_resize(OpCall& call) noexcept;
void op_reverse_sequence(OpCall& call) noexcept;
void op_roi_align(OpCall& call) noexcept;
void op_rotary_embedding(OpCall& call) noexcept;
void op_scaler(OpCall& call) noexcept;
void op_scan(OpCall& call) noexcept;
void op_scatter_elements(OpCall& call) noexcept;
void op_scatter_nd(OpCall& call) noexcept;
void op_sequence_at(OpCall& call) noexcept;
void op_sequence_construct(OpCall& call) noexcept;
void op_sequence_erase(OpCall& call) noexcept;
void op_sequence_insert(OpCall& call) noexcept;
void op_sequence_length(OpCall& call) noexcept;
void op_sequence_map(OpCall& call) noexcept;
void op_shape(OpCall& call) noexcept;
void op_signal_window(OpCall& call) noexcept;
void op_slice(OpCall& call) noexcept;
void op_softmax(OpCall& call) noexcept;
void op_space_to_depth(OpCall& call) noexcept;
void op_split(OpCall& call) noexcept;
void op_split_to_sequence(OpCall& call) noexcept;
void op_squeeze(OpCall& call) noexcept;
void op_stft(OpCall& call) noexcept;
void op_string_concat(OpCall& call) noexcept;
void op_string_normalizer(OpCall& call) noexcept;
void op_string_split(OpCall& call) noexcept;
void op_svm_classifier(OpCall& call) noexcept;
void op_svm_regressor(OpCall& call) noexcept;
void op_tensor_scatter(OpCall& call) noexcept;
void op_tfidf_vectorizer(OpCall& call) noexcept;
void op_tile(OpCall& call) noexcept;
void op_top_k(OpCall& call) noexcept;
void op_transpose(OpCall& call) noexcept;
void op_tree_ensemble(OpCall& call) noexcept;
void op_trilu(OpCall& call) noexcept;
void op_unary(OpCall& call) noexcept;
void op_unique(OpCall& call) noexcept;
void op_unsqueeze(OpCall& call) noexcept;
void op_variadic(OpCall& call) noexcept;
void op_zip_map(OpCall& call) noexcept;
void op_where(OpCall& call) noexcept;
void op_winograd_conv(OpCall& call) noexcept;

} // namespace assay::runtime
