// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/working_memory.hpp"

#include "core/runtime/op_table.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace assay::runtime {
namespace {

using onnx::ElementType;

/// Operators that move bytes, or compute in the types that are stored.
constexpr std::array IN_PLACE = {
    op_average_pool,
    op_batch_normalization,
    op_byte_weight_matmul,
    op_compress,
    op_concat,
    op_constant,
    op_constant_of_shape,
    op_conv,
    op_depth_to_space,
    op_expand,
    op_flatten,
    op_fused_attention,
    op_gemm,
    op_global_average_pool,
    op_identity,
    op_if,
    op_integer_matmul,
    op_loop,
    op_max_pool,
    op_optional,
    op_optional_get_element,
    op_optional_has_element,
    op_pad,
    op_reshape,
    op_scan,
    op_sequence_at,
    op_sequence_construct,
    op_sequence_erase,
    op_sequence_insert,
    op_sequence_length,
    op_sequence_map,
    op_concat_from_sequence,
    op_shape,
    op_slice,
    op_space_to_depth,
    op_split,
    op_split_to_sequence,
    op_squeeze,
    op_string_concat,
    op_string_normalizer,
    op_string_split,
    op_tile,
    op_transpose,
    op_tree_ensemble,
    op_trilu,
    op_unsqueeze,
    op_where,
    op_zip_map,
};

/// Operators that compute in float, double or int64, whichever is nearest to the stored type; of
/// Gather and Scatter this is true of the indices.
constexpr std::array NEAREST = {
    op_arg,
    op_binary,
    op_clip,
    op_cum_sum,
    op_einsum,
    op_gather,
    op_gather_elements,
    op_gather_nd,
    op_group_normalization,
    op_layer_normalization,
    op_matmul,
    op_matmul_nbits,
    op_non_zero,
    op_range,
    op_reduce,
    op_resize,
    op_scatter_elements,
    op_scatter_nd,
    op_softmax,
    op_tensor_scatter,
    op_top_k,
    op_unique,
    op_variadic,
};

template <typename List>
bool holds(const List& list, Operator run) noexcept {
    return std::find(list.begin(), list.end(), run) != list.end();
}

} // namespace

std::uint64_t working_bytes(onnx::Op op, const TensorRef& tensor) noexcept {
    const Operator run = op_function(op);
    const ElementType type = tensor.type;
    const bool is_wide = type == ElementType::float64 || type == ElementType::undefined ||
                         type == ElementType::string;
    const bool is_near =
        holds(NEAREST, run) && (type == ElementType::float32 || type == ElementType::int64);
    // The fast path of float32 has no copies but in a recurrent net, which is small beside them.
    const bool is_fast = run == op_unary && type == ElementType::float32;
    if (is_wide || is_near || is_fast || holds(IN_PLACE, run)) {
        return 0;
    }
    // Cast goes from float through double and int64.
    const std::uint64_t each = run == op_cast ? 2 * sizeof(double) : sizeof(double);
    const std::uint64_t count = onnx::element_count(tensor.dims).value_or(0);
    return count > std::numeric_limits<std::uint64_t>::max() / each
               ? std::numeric_limits<std::uint64_t>::max()
               : count * each;
}

bool has_memory(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t SMALL = std::uint64_t{1} << 20;
    if (bytes <= SMALL) {
        return true;
    }
    if (bytes > std::numeric_limits<std::size_t>::max() / 2) {
        return false;
    }
    void* const tried = ::operator new(static_cast<std::size_t>(bytes), std::nothrow);
    ::operator delete(tried);
    return tried != nullptr;
}

} // namespace assay::runtime
