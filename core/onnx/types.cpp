// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/types.hpp"

#include <algorithm>
#include <array>

namespace assay::onnx {
namespace {

struct TypeRow {
    std::string_view name;
    std::size_t size;
};

constexpr std::array<TypeRow, 27> TYPES = {{
    {"undefined", 0},      {"float32", 4},      {"uint8", 1},          {"int8", 1},
    {"uint16", 2},         {"int16", 2},        {"int32", 4},          {"int64", 8},
    {"string", 8},         {"bool", 1},         {"float16", 2},        {"float64", 8},
    {"uint32", 4},         {"uint64", 8},       {"complex64", 8},      {"complex128", 16},
    {"bfloat16", 2},       {"float8e4m3fn", 1}, {"float8e4m3fnuz", 1}, {"float8e5m2", 1},
    {"float8e5m2fnuz", 1}, {"uint4", 1},        {"int4", 1},           {"float4e2m1", 1},
    {"float8e8m0", 1},     {"uint2", 1},        {"int2", 1},
}};

const TypeRow& row(ElementType type) noexcept {
    const auto index = static_cast<std::size_t>(type);
    return TYPES[index < TYPES.size() ? index : 0];
}

constexpr std::uint64_t MAX_PRODUCT = (std::uint64_t{1} << 63) - 1;

std::optional<std::uint64_t> product(std::uint64_t a, std::uint64_t b) noexcept {
    if (b != 0 && a > MAX_PRODUCT / b) {
        return std::nullopt;
    }
    return a * b;
}

} // namespace

std::size_t element_size(ElementType type) noexcept {
    return row(type).size;
}

std::string_view name(ElementType type) noexcept {
    return row(type).name;
}

std::size_t packed_bits(ElementType type) noexcept {
    switch (type) {
    case ElementType::uint4:
    case ElementType::int4:
    case ElementType::float4e2m1:
        return 4;
    case ElementType::uint2:
    case ElementType::int2:
        return 2;
    default:
        return 0;
    }
}

bool is_known(std::span<const std::int64_t> dims) noexcept {
    return std::none_of(dims.begin(), dims.end(), [](std::int64_t dim) { return dim < 0; });
}

std::optional<std::uint64_t> element_count(std::span<const std::int64_t> dims) noexcept {
    std::uint64_t count = 1; // of the dimensions that are not zero
    bool empty = false;
    for (const std::int64_t dim : dims) {
        if (dim == 0) {
            empty = true;
            continue;
        }
        const std::optional<std::uint64_t> next = product(count, static_cast<std::uint64_t>(dim));
        if (!next || *next > MAX_COUNT) {
            return std::nullopt;
        }
        count = *next;
    }
    return empty ? 0 : count;
}

std::optional<std::uint64_t> byte_count(ElementType type,
                                        std::span<const std::int64_t> dims) noexcept {
    const std::optional<std::uint64_t> count = element_count(dims);
    const std::size_t size = element_size(type);
    if (!count || size == 0) {
        return std::nullopt;
    }
    return product(*count, size);
}

std::string text(std::span<const std::int64_t> dims) {
    std::string out = "[";
    for (std::size_t i = 0; i < dims.size(); ++i) {
        out += i == 0 ? "" : ",";
        out += dims[i] == UNKNOWN ? "?" : std::to_string(dims[i]);
    }
    return out + "]";
}

} // namespace assay::onnx
