// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/working_memory.hpp"

#include "core/runtime/elements.hpp"
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
    op_byte_weight_matmul,
    op_center_crop_pad,
    op_compress,
    op_concat,
    op_constant,
    op_constant_of_shape,
    op_depth_to_space,
    op_dynamic_quantize_linear,
    op_expand,
    op_flatten,
    op_fused_attention,
    op_identity,
    op_if,
    op_integer_matmul,
    op_loop,
    op_optional,
    op_optional_get_element,
    op_optional_has_element,
    op_pad,
    op_reshape,
    op_reverse_sequence,
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
    op_winograd_conv,
    op_zip_map,
};

/// Operators of float32 that widen small floats to it.
constexpr std::array WIDENED = {
    op_average_pool, op_batch_normalization, op_conv, op_gemm, op_global_average_pool, op_max_pool,
};

/// Operators that compute in float, double or int64, whichever is nearest to the stored type.
constexpr std::array NEAREST = {
    op_arg,
    op_binary,
    op_clip,
    op_cum_sum,
    op_einsum,
    op_group_normalization,
    op_layer_normalization,
    op_matmul,
    op_matmul_nbits,
    op_non_zero,
    op_range,
    op_reduce,
    op_resize,
    op_softmax,
    op_top_k,
    op_unique,
    op_variadic,
};

/// Operators that move elements to or from places: only the places are read as int64.
constexpr std::array BY_PLACE = {
    op_gather,           op_gather_elements, op_gather_nd,
    op_scatter_elements, op_scatter_nd,      op_tensor_scatter,
};

template <typename List>
bool holds(const List& list, Operator run) noexcept {
    return std::find(list.begin(), list.end(), run) != list.end();
}

bool is_wide(ElementType type) noexcept {
    return type == ElementType::float64 || type == ElementType::undefined ||
           type == ElementType::string;
}

std::uint64_t unless(bool is_stored_so, std::uint64_t bytes) noexcept {
    return is_stored_so ? 0 : bytes;
}

/// Bytes an element that an operand is copied to.
std::uint64_t operand_bytes(const onnx::Node& node, Operator run, ElementType type,
                            std::size_t index) noexcept {
    if (holds(BY_PLACE, run)) {
        const std::size_t places = run == op_tensor_scatter ? 2 : 1;
        return unless(index != places || type == ElementType::int64, sizeof(std::int64_t));
    }
    if (run == op_cast) {
        // A float goes through double, and to an integer also through int64.
        const auto to = static_cast<ElementType>(node.attributes.integer("to", 0));
        const bool is_moved =
            type == to || type == ElementType::string || to == ElementType::string;
        const std::uint64_t first = unless(is_wide(type) || type == ElementType::int64, 8);
        return is_moved ? 0 : first + unless(!is_float(type) || is_float(to), 8);
    }
    if (run == op_quantize_linear && index == 0) {
        return unless(type == ElementType::float32, sizeof(float));
    }
    if (run == op_dropout) {
        return 0;
    }
    return sizeof(double);
}

/// Bytes an element that are written to before an output is.
std::uint64_t output_bytes(Operator run, ElementType type, std::size_t index) noexcept {
    if (holds(BY_PLACE, run) || run == op_cast || run == op_quantize_linear) {
        return 0;
    }
    if (run == op_dequantize_linear) {
        return unless(type == ElementType::float32, sizeof(float));
    }
    return unless(run == op_dropout && index == 0, sizeof(double));
}

std::uint64_t all_bytes(const TensorRef& tensor, std::uint64_t each) noexcept {
    const std::uint64_t count = onnx::element_count(tensor.dims).value_or(0);
    return each != 0 && count > std::numeric_limits<std::uint64_t>::max() / 64 / each
               ? std::numeric_limits<std::uint64_t>::max() / 64
               : count * each;
}

/// Whether a tensor of a type is used as it is stored, wherever it stands.
bool is_used_as_stored(Operator run, ElementType type) noexcept {
    // The fast path of float32 has no copies but in a recurrent net, which is small beside them.
    return holds(IN_PLACE, run) || (run != op_cast && is_wide(type)) ||
           (holds(WIDENED, run) && type == ElementType::float32) ||
           (holds(NEAREST, run) && (type == ElementType::float32 || type == ElementType::int64)) ||
           (run == op_unary && type == ElementType::float32);
}

} // namespace

std::uint64_t working_bytes(const onnx::Node& node, std::span<const TensorRef> inputs,
                            std::span<const TensorRef> outputs) noexcept {
    const Operator run = op_function(node.op);
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const ElementType type = inputs[i].type;
        if (!is_used_as_stored(run, type)) {
            const std::uint64_t each =
                holds(WIDENED, run) ? sizeof(float) : operand_bytes(node, run, type, i);
            bytes += all_bytes(inputs[i], each);
        }
    }
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const ElementType type = outputs[i].type;
        if (!is_used_as_stored(run, type)) {
            const std::uint64_t each =
                holds(WIDENED, run) ? sizeof(float) : output_bytes(run, type, i);
            bytes += all_bytes(outputs[i], each);
        }
    }
    return bytes;
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
