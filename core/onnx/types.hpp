// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Element types and dimensions of tensors (onnx.proto3, message TensorProto).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::onnx {

/// Numbered as TensorProto.DataType.
enum class ElementType : std::uint8_t {
    undefined = 0,
    float32 = 1,
    uint8 = 2,
    int8 = 3,
    uint16 = 4,
    int16 = 5,
    int32 = 6,
    int64 = 7,
    string = 8,
    boolean = 9,
    float16 = 10,
    float64 = 11,
    uint32 = 12,
    uint64 = 13,
    complex64 = 14,
    complex128 = 15,
    bfloat16 = 16,
    float8e4m3fn = 17,
    float8e4m3fnuz = 18,
    float8e5m2 = 19,
    float8e5m2fnuz = 20,
    uint4 = 21,
    int4 = 22,
    float4e2m1 = 23,
    float8e8m0 = 24,
    uint2 = 25,
    int2 = 26,
};

/// @return bits of one element of a type that files pack into bytes; 0 for the others. Unpacked, as
///   everywhere outside TensorProto, an element takes one byte.
[[nodiscard]] std::size_t packed_bits(ElementType type) noexcept;

/// @return bytes of one element in memory; a string is a pointer (string_pool.hpp); 0 for
/// undefined.
[[nodiscard]] std::size_t element_size(ElementType type) noexcept;

/// @return the name as api.md writes it, e.g. "float32"; "undefined" for anything else.
[[nodiscard]] std::string_view name(ElementType type) noexcept;

/// Dimensions of a tensor, outermost first. While a model is checked at load, a dimension may be
/// UNKNOWN; once shapes are bound, none is.
using Dims = std::vector<std::int64_t>;

inline constexpr std::int64_t UNKNOWN = -1;

[[nodiscard]] bool is_known(std::span<const std::int64_t> dims) noexcept;

/// Most elements of a tensor, beyond any memory: operators may add dimensions, and multiply one by
/// what they bound themselves.
inline constexpr std::uint64_t MAX_COUNT = std::uint64_t{1} << 40;

/// @return the number of elements; 1 for rank 0; nothing above MAX_COUNT, where the factors of a
///   zero-size tensor count as well. Precondition: all dimensions are known.
[[nodiscard]] std::optional<std::uint64_t>
element_count(std::span<const std::int64_t> dims) noexcept;

/// @return bytes of a tensor, nothing when it has too many elements or the type has no fixed size.
[[nodiscard]] std::optional<std::uint64_t> byte_count(ElementType type,
                                                      std::span<const std::int64_t> dims) noexcept;

/// @return "[1,3,?,?]".
[[nodiscard]] std::string text(std::span<const std::int64_t> dims);

} // namespace assay::onnx
