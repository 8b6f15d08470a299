// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the operators that move elements share.
#pragma once

#include "core/runtime/broadcast.hpp"
#include "core/runtime/op_call.hpp"

#include <optional>
#include <vector>

namespace assay::runtime {

/// Fills @p y in order with the elements of @p from at the given element strides.
void strided_copy(const TensorRef& y, const std::uint8_t* from, const Strides& strides) noexcept;

/// @return a mark for each of the @p rank axes that is in the list; fails the call for one that is
///   out of range.
[[nodiscard]] std::optional<std::vector<char>>
axis_set(OpCall& call, std::span<const std::int64_t> axes, std::size_t rank) noexcept;

/// @return the axes of a list in its order, counted from the front; fails the call for one that is
///   out of range or named twice.
[[nodiscard]] std::optional<std::vector<std::size_t>>
axis_list(OpCall& call, std::span<const std::int64_t> axes, std::size_t rank) noexcept;

} // namespace assay::runtime
