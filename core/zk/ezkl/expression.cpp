// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/expression.hpp"

#include "core/bytes/hex.hpp"

#include <algorithm>

namespace assay::zk::ezkl {

ExprId Expressions::push(NodeKind kind, std::uint32_t a, std::uint32_t b,
                         std::uint32_t degree) noexcept {
    nodes.push_back({kind, a, b, degree});
    return static_cast<ExprId>(nodes.size() - 1);
}

std::uint32_t Expressions::value(const Number& number) noexcept {
    // Few values are in use at a time: the newest are looked through.
    constexpr std::size_t LOOK_BACK = 64;
    const std::size_t first = values.size() > LOOK_BACK ? values.size() - LOOK_BACK : 0;
    for (std::size_t i = values.size(); i-- > first;) {
        if (values[i] == number)
            return static_cast<std::uint32_t>(i);
    }
    values.push_back(number);
    return static_cast<std::uint32_t>(values.size() - 1);
}

ExprId Expressions::constant(const Number& number) noexcept {
    return push(NodeKind::constant, value(number), 0, 0);
}
ExprId Expressions::leaf(NodeKind kind, std::uint32_t a, std::uint32_t b) noexcept {
    return push(kind, a, b, 1);
}
ExprId Expressions::negated(ExprId a) noexcept {
    return push(NodeKind::negated, a, 0, degree(a));
}
ExprId Expressions::sum(ExprId a, ExprId b) noexcept {
    return push(NodeKind::sum, a, b, std::max(degree(a), degree(b)));
}
ExprId Expressions::product(ExprId a, ExprId b) noexcept {
    return push(NodeKind::product, a, b, degree(a) + degree(b));
}
ExprId Expressions::scaled(ExprId a, const Number& factor) noexcept {
    return push(NodeKind::scaled, a, value(factor), degree(a));
}

void TextSink::number(std::int64_t value) noexcept {
    put(std::to_string(value));
}

void TextSink::hex(const Number& value) noexcept {
    Hash32 word;
    math::write_big_endian(value, word);
    put(bytes::to_hex_0x(word));
}

} // namespace assay::zk::ezkl
