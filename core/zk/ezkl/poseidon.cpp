// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/constraint_system.hpp"

namespace assay::zk::ezkl {
namespace {

constexpr std::size_t WIDTH = 2;
using Matrix = std::array<std::array<Number, WIDTH>, WIDTH>;

/// M' (ezkl.md §3.4)
constexpr Matrix INVERSE = {
    {{{{0x8dbebd0fa8c53e66, 0x0554569d9b29d1ea, 0x70819ab1c7846f21, 0x13abec390ada7f43},
       {0xaaf6185b1a1e60fe, 0xbd521ead5dfe0345, 0x4c9862a1d97d1510, 0x1eb9e1dc19a33a62}}},
     {{{0x763f7875036bcb02, 0x8ce5169030a2ad69, 0x601abc49fdad4f03, 0x0fc1c9394db89bb2},
       {0x8abced6bd147c8be, 0x2b7eac34345961bc, 0x9502054edc03e7b2, 0x16a9e98c493a902b}}}}};

/// M, its inverse.
Matrix mixing() noexcept {
    std::array<std::array<Fr, WIDTH>, WIDTH> m;
    for (std::size_t i = 0; i < WIDTH; ++i)
        for (std::size_t j = 0; j < WIDTH; ++j)
            m[i][j] = fr_from(INVERSE[i][j]);
    const Fr factor = invert(subtract(m[0][0] * m[1][1], m[0][1] * m[1][0]));
    return {{{number_of(m[1][1] * factor), number_of(-m[0][1] * factor)},
             {number_of(-m[1][0] * factor), number_of(m[0][0] * factor)}}};
}

} // namespace

void add_poseidon(ConstraintSystem& cs, bool instance_is_open) noexcept {
    Expressions& e = cs.expressions;
    const Matrix m = mixing();
    std::array<std::uint32_t, WIDTH> state;
    for (std::uint32_t& column : state)
        column = cs.new_column(ColumnKind::advice);
    for (const std::uint32_t column : state)
        cs.equality({ColumnKind::advice, column});
    const std::uint32_t box = cs.new_column(ColumnKind::advice);
    std::array<std::uint32_t, WIDTH> a;
    std::array<std::uint32_t, WIDTH> b;
    for (std::uint32_t& column : a)
        column = cs.new_column(ColumnKind::fixed);
    for (std::uint32_t& column : b)
        column = cs.new_column(ColumnKind::fixed);
    cs.constant_column(b[0]);
    if (instance_is_open)
        cs.equality({ColumnKind::instance, cs.new_column(ColumnKind::instance)});
    for (const std::uint32_t column : state)
        cs.equality({ColumnKind::advice, column});
    for (const std::uint32_t column : b)
        cs.equality({ColumnKind::fixed, column});
    const std::uint32_t full = cs.new_selector();
    const std::uint32_t partial = cs.new_selector();
    const std::uint32_t pad = cs.new_selector();

    const auto advice = [&](std::uint32_t column, std::int32_t rotation = 0) {
        return cs.query(ColumnKind::advice, column, rotation);
    };
    const auto fixed = [&](std::uint32_t column) { return cs.query(ColumnKind::fixed, column); };
    const auto fifth_power = [&](ExprId v) {
        const ExprId square = e.product(v, v);
        return e.product(e.product(square, square), v);
    };
    const auto gate = [&](std::uint32_t selector, ExprId polynomial) {
        cs.gates.push_back(e.product(e.leaf(NodeKind::selector, selector, 1), polynomial));
    };

    std::array<ExprId, WIDTH> rounds;
    for (std::size_t i = 0; i < WIDTH; ++i) {
        const ExprId next = advice(state[i], 1);
        ExprId sum = 0;
        for (std::size_t j = 0; j < WIDTH; ++j) {
            const ExprId current = advice(state[j]);
            const ExprId term = e.scaled(fifth_power(e.sum(current, fixed(a[j]))), m[i][j]);
            sum = j == 0 ? term : e.sum(sum, term);
        }
        rounds[i] = e.difference(sum, next);
    }
    for (const ExprId polynomial : rounds)
        gate(full, polynomial);

    const ExprId current = advice(state[0]);
    const ExprId middle = advice(box);
    const ExprId a0 = fixed(a[0]);
    const ExprId b0 = fixed(b[0]);
    const auto mid = [&](std::size_t i) {
        const ExprId first = e.scaled(middle, m[i][0]);
        const ExprId other = advice(state[1]);
        return e.sum(first, e.scaled(e.sum(other, fixed(a[1])), m[i][1]));
    };
    const auto next = [&](std::size_t i) {
        const ExprId first = e.scaled(advice(state[0], 1), INVERSE[i][0]);
        return e.sum(first, e.scaled(advice(state[1], 1), INVERSE[i][1]));
    };
    gate(partial, e.difference(fifth_power(e.sum(current, a0)), middle));
    const ExprId mixed = fifth_power(e.sum(mid(0), b0));
    gate(partial, e.difference(mixed, next(0)));
    const ExprId b1 = fixed(b[1]);
    const ExprId linear = e.sum(mid(1), b1);
    gate(partial, e.difference(linear, next(1)));

    const ExprId before = advice(state[1], -1);
    const ExprId after = advice(state[1], 1);
    const ExprId initial = advice(state[0], -1);
    const ExprId input = advice(state[0]);
    const ExprId output = advice(state[0], 1);
    gate(pad, e.difference(e.sum(initial, input), output));
    gate(pad, e.difference(before, after));
}

} // namespace assay::zk::ezkl
