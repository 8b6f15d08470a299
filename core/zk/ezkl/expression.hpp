// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Polynomials of a constraint system as trees in one list: a node stands after its operands and
/// may be part of several trees.
#pragma once

#include "core/zk/bn254/fr.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::zk::ezkl {

enum class NodeKind : std::uint8_t {
    constant, ///< a: index of the value
    selector, ///< a: index; b: 1 = simple
    fixed,    ///< a: index of the query
    advice,
    instance,
    negated, ///< a
    sum,     ///< a, b
    product,
    scaled, ///< a, b: index of the value
};

using ExprId = std::uint32_t;

struct Node {
    NodeKind kind;
    std::uint32_t a, b;
    std::uint32_t degree;
};

/// A column at a distance of rows.
struct Query {
    std::uint32_t column;
    std::int32_t rotation;
    friend bool operator==(const Query&, const Query&) = default;
};

enum class ColumnKind : std::uint8_t { advice, fixed, instance };
inline constexpr std::size_t COLUMN_KINDS = 3;
struct Column {
    ColumnKind kind;
    std::uint32_t index;
    friend bool operator==(const Column&, const Column&) = default;
};

struct Expressions {
    std::vector<Node> nodes;
    std::vector<Number> values; ///< below r

    [[nodiscard]] ExprId constant(const Number& value) noexcept;
    [[nodiscard]] ExprId constant(std::uint64_t value) noexcept { return constant(Number{value}); }
    [[nodiscard]] ExprId leaf(NodeKind kind, std::uint32_t a, std::uint32_t b = 0) noexcept;
    [[nodiscard]] ExprId negated(ExprId a) noexcept;
    [[nodiscard]] ExprId sum(ExprId a, ExprId b) noexcept;
    [[nodiscard]] ExprId difference(ExprId a, ExprId b) noexcept { return sum(a, negated(b)); }
    [[nodiscard]] ExprId product(ExprId a, ExprId b) noexcept;
    [[nodiscard]] ExprId scaled(ExprId a, const Number& factor) noexcept;

    [[nodiscard]] std::uint32_t degree(ExprId id) const noexcept { return nodes[id].degree; }

private:
    ExprId push(NodeKind kind, std::uint32_t a, std::uint32_t b, std::uint32_t degree) noexcept;
    std::uint32_t value(const Number& number) noexcept;
};

/// Where text goes: length first, then the bytes.
class TextSink {
public:
    virtual void put(std::string_view text) noexcept = 0;
    void number(std::int64_t value) noexcept;
    void hex(const Number& value) noexcept; ///< 0x and 64 digits

protected:
    ~TextSink() = default;
};

} // namespace assay::zk::ezkl
