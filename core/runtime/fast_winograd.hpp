// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Convolutions of 3x3 in four ninths of the products: F(2x2, 3x3) of Winograd's minimal filtering.
///
/// Four outputs are worked out together from the 4x4 inputs that they touch, by 16 products of
/// matrices whose rows are such tiles. In this size, unlike in larger ones, every term of an output
/// is made of inputs of its own window and the factors are 1 and ½. NaN or infinity in an input
/// reaches no other output, and rounding errors are no larger than those of plain sums where the
/// values of a window are of about one size; they are in proportion to the largest value and the
/// largest weight of the window, not to each product. A term may overflow where the sum does not:
/// what is not finite comes out as NaN, and the run is made again without this form.
#pragma once

#include "core/onnx/graph.hpp"
#include "core/onnx/shape.hpp"

#include <pthreadpool.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::runtime {

/// Whether that takes less time than XNNPACK: not where its vectors are wider than ours.
#ifdef __wasm__
inline constexpr bool WINOGRAD_PAYS = true;
#else
inline constexpr bool WINOGRAD_PAYS = false;
#endif

/// Products of matrices for each tile.
inline constexpr std::size_t WINOGRAD_PRODUCTS = 16;
/// Filters are taken eight, channels four at a time; their numbers are multiples of these.
inline constexpr std::size_t WINOGRAD_FILTERS = 8;
inline constexpr std::size_t WINOGRAD_CHANNELS = 4;

/// @param weights  filters, channels, 3, 3
/// @param to       of 16/9 the size: [product][filters / 8][channel][8]
void transform_filters(const float* weights, std::size_t filters, std::size_t channels,
                       float* to) noexcept;

/// @return bytes that a node's threads work in, at most.
[[nodiscard]] std::uint64_t winograd_bytes(const onnx::Node& node,
                                           std::span<const onnx::ValueShape> values,
                                           pthreadpool_t pool) noexcept;

} // namespace assay::runtime
