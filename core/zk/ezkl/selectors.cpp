// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/key.hpp"

#include <algorithm>
#include <cstring>

namespace assay::zk::ezkl {
namespace {

/// Of bit maps, each with each other.
constexpr std::uint64_t MAX_COMPARED_BYTES = std::uint64_t{1} << 29;

/// Highest degree of a gate that holds each selector as a simple one; 0 where none does.
std::vector<std::uint32_t> gate_degrees(const ConstraintSystem& system) noexcept {
    std::vector<std::uint32_t> out(system.selectors);
    const auto& nodes = system.expressions.nodes;
    for (const ExprId gate : system.gates) {
        std::vector<ExprId> open = {gate};
        while (!open.empty()) {
            const Node node = nodes[open.back()];
            open.pop_back();
            switch (node.kind) {
            case NodeKind::selector:
                if (node.b != 0)
                    out[node.a] = std::max(out[node.a], nodes[gate].degree);
                break;
            case NodeKind::sum:
            case NodeKind::product:
                open.push_back(node.b);
                [[fallthrough]];
            case NodeKind::negated:
            case NodeKind::scaled:
                open.push_back(node.a);
                break;
            default:
                break;
            }
        }
    }
    return out;
}

bool intersect(BytesView a, BytesView b) noexcept {
    std::size_t i = 0;
    for (; i + sizeof(std::uint64_t) <= a.size(); i += sizeof(std::uint64_t)) {
        std::uint64_t left = 0;
        std::uint64_t right = 0;
        std::memcpy(&left, a.data() + i, sizeof left);
        std::memcpy(&right, b.data() + i, sizeof right);
        if ((left & right) != 0)
            return true;
    }
    for (; i < a.size(); ++i) {
        if ((a[i] & b[i]) != 0)
            return true;
    }
    return false;
}

/// A copy of a tree with other leaves for its selectors; nodes without selectors stay.
class Replacer {
public:
    Replacer(Expressions& expressions, const std::vector<ExprId>& replacement) noexcept
        : expressions_{expressions}, replacement_{replacement},
          done_(expressions.nodes.size(), NOT_DONE) {}

    ExprId run(ExprId id) noexcept {
        if (done_[id] != NOT_DONE)
            return done_[id];
        const Node node = expressions_.nodes[id];
        ExprId out = id;
        switch (node.kind) {
        case NodeKind::selector:
            out = replacement_[node.a];
            break;
        case NodeKind::negated:
        case NodeKind::scaled: {
            const ExprId a = run(node.a);
            if (a != node.a)
                out = node.kind == NodeKind::negated
                          ? expressions_.negated(a)
                          : expressions_.scaled(a, expressions_.values[node.b]);
            break;
        }
        case NodeKind::sum:
        case NodeKind::product: {
            const ExprId a = run(node.a);
            const ExprId b = run(node.b);
            if (a != node.a || b != node.b)
                out = node.kind == NodeKind::sum ? expressions_.sum(a, b)
                                                 : expressions_.product(a, b);
            break;
        }
        default:
            break;
        }
        done_[id] = out;
        return out;
    }

private:
    static constexpr ExprId NOT_DONE = ~ExprId{0};
    Expressions& expressions_;
    const std::vector<ExprId>& replacement_;
    std::vector<ExprId> done_;
};

} // namespace

Result<SelectorGroups> group_selectors(const ConstraintSystem& system, const Key& key) noexcept {
    SelectorGroups columns;
    if (!key.compressed) {
        for (std::uint32_t i = 0; i < system.selectors; ++i)
            columns.push_back({i});
        return columns;
    }
    const std::uint32_t limit = system.degree();
    const auto degrees = gate_degrees(system);
    const std::uint64_t simple =
        degrees.size() - static_cast<std::size_t>(std::count(degrees.begin(), degrees.end(), 0U));
    if (simple > 0 && simple * simple / 2 * key.selectors[0].size() > MAX_COMPARED_BYTES)
        return Error{ErrorCode::ZK_LIMIT, "key"};
    std::vector<bool> used(system.selectors);
    for (std::uint32_t i = 0; i < system.selectors; ++i) {
        if (degrees[i] == 0) {
            columns.push_back({i});
            used[i] = true;
        }
    }
    for (std::uint32_t i = 0; i < system.selectors; ++i) {
        if (used[i])
            continue;
        used[i] = true;
        std::vector<std::uint32_t> members = {i};
        std::uint32_t degree = degrees[i] - 1;
        for (std::uint32_t j = i + 1; j < system.selectors; ++j) {
            const auto size = static_cast<std::uint32_t>(members.size());
            if (degree + size == limit)
                break;
            if (used[j])
                continue;
            const bool meets = std::any_of(members.begin(), members.end(), [&](std::uint32_t m) {
                return intersect(key.selectors[m], key.selectors[j]);
            });
            const std::uint32_t wider = std::max(degree, degrees[j] - 1);
            if (meets || wider + size + 1 > limit)
                continue;
            degree = wider;
            used[j] = true;
            members.push_back(j);
        }
        columns.push_back(std::move(members));
    }
    return columns;
}

void replace_selectors(ConstraintSystem& system, const SelectorGroups& groups,
                       bool compressed) noexcept {
    Expressions& e = system.expressions;
    std::vector<ExprId> replacement(system.selectors);
    for (const auto& members : groups) {
        const ExprId column = system.query(ColumnKind::fixed, system.new_column(ColumnKind::fixed));
        for (std::size_t own = 1; own <= members.size(); ++own) {
            ExprId product = column;
            for (std::size_t root = 1; root <= members.size(); ++root) {
                if (root != own)
                    product = e.product(product, e.difference(e.constant(root), column));
            }
            replacement[members[own - 1]] = product;
        }
    }
    if (!compressed)
        system.selectors = 0;
    Replacer replacer{e, replacement};
    for (ExprId& gate : system.gates)
        gate = replacer.run(gate);
    for (Argument& argument : system.arguments) {
        for (ExprId& id : argument.table)
            id = replacer.run(id);
        for (Tuple& input : argument.inputs)
            for (ExprId& id : input)
                id = replacer.run(id);
    }
}

} // namespace assay::zk::ezkl
