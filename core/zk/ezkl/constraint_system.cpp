// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/constraint_system.hpp"

#include <algorithm>

namespace assay::zk::ezkl {
namespace {

constexpr std::size_t at(ColumnKind kind) noexcept {
    return static_cast<std::size_t>(kind);
}

std::uint32_t degree_of(const Expressions& expressions, const Tuple& tuple) noexcept {
    std::uint32_t most = 0;
    for (const ExprId id : tuple)
        most = std::max(most, expressions.degree(id));
    return most;
}

std::uint32_t degree_of(const Expressions& expressions, const Argument& argument) noexcept {
    std::uint32_t inputs = 0;
    for (const Tuple& input : argument.inputs)
        inputs += degree_of(expressions, input);
    return std::max(static_cast<std::uint32_t>(3 + argument.inputs.size()),
                    degree_of(expressions, argument.table) + inputs + 2);
}

std::uint32_t gate_degree(const ConstraintSystem& system) noexcept {
    return degree_of(system.expressions, system.gates);
}

/// §3.5
void append_name(std::string& out, const ConstraintSystem& system, ExprId id) noexcept {
    class Text final : public TextSink {
    public:
        explicit Text(std::string& target) noexcept : target_{target} {}
        void put(std::string_view text) noexcept override { target_ += text; }

    private:
        std::string& target_;
    } sink{out};
    const Node& node = system.expressions.nodes[id];
    const auto query = [&](const char* name, ColumnKind kind) {
        const Query& asked = system.queries[at(kind)][node.a];
        sink.put(name);
        sink.put("[");
        sink.number(asked.column);
        sink.put("][");
        sink.number(asked.rotation);
        sink.put("]");
    };
    const auto pair = [&](const char* sign) {
        sink.put("(");
        append_name(out, system, node.a);
        sink.put(sign);
        append_name(out, system, node.b);
        sink.put(")");
    };
    switch (node.kind) {
    case NodeKind::constant:
        sink.hex(system.expressions.values[node.a]);
        break;
    case NodeKind::selector:
        sink.put("selector[");
        sink.number(node.a);
        sink.put("]");
        break;
    case NodeKind::fixed:
        query("fixed", ColumnKind::fixed);
        break;
    case NodeKind::advice:
        query("advice", ColumnKind::advice);
        break;
    case NodeKind::instance:
        query("instance", ColumnKind::instance);
        break;
    case NodeKind::negated:
        sink.put("(-");
        append_name(out, system, node.a);
        sink.put(")");
        break;
    case NodeKind::sum:
        pair("+");
        break;
    case NodeKind::product:
        pair("*");
        break;
    case NodeKind::scaled:
        append_name(out, system, node.a);
        sink.put("*");
        sink.hex(system.expressions.values[node.b]);
        break;
    }
}

} // namespace

std::uint32_t ConstraintSystem::new_column(ColumnKind kind) noexcept {
    return columns[at(kind)]++;
}

ExprId ConstraintSystem::query(ColumnKind kind, std::uint32_t column,
                               std::int32_t rotation) noexcept {
    auto& list = queries[at(kind)];
    const Query wanted{column, rotation};
    const auto found = std::find(list.begin(), list.end(), wanted);
    const auto index = static_cast<std::uint32_t>(found - list.begin());
    if (found == list.end())
        list.push_back(wanted);
    constexpr std::array<NodeKind, COLUMN_KINDS> LEAVES = {NodeKind::advice, NodeKind::fixed,
                                                           NodeKind::instance};
    return expressions.leaf(LEAVES[at(kind)], index);
}

void ConstraintSystem::equality(Column column) noexcept {
    static_cast<void>(query(column.kind, column.index));
    if (std::find(permutation.begin(), permutation.end(), column) == permutation.end())
        permutation.push_back(column);
}

void ConstraintSystem::constant_column(std::uint32_t fixed) noexcept {
    if (std::find(constants.begin(), constants.end(), fixed) == constants.end())
        constants.push_back(fixed);
    equality({ColumnKind::fixed, fixed});
}

void ConstraintSystem::add_lookup(const Tuple& inputs, const Tuple& table) noexcept {
    std::string key;
    for (const ExprId id : table)
        append_name(key, *this, id);
    const auto below = [](const auto& each, const std::string& name) { return each.first < name; };
    const auto place = std::lower_bound(lookups.begin(), lookups.end(), key, below);
    const auto index = place - lookups.begin();
    if (place == lookups.end() || place->first != key) {
        lookups.emplace_back(std::move(key), Argument{table, {}});
        for (auto i = lookups.end() - 1; i != lookups.begin() + index; --i)
            std::swap(*i, *(i - 1));
    }
    lookups[static_cast<std::size_t>(index)].second.inputs.push_back(inputs);
}

void ConstraintSystem::chunk_lookups() noexcept {
    std::uint32_t limit = gate_degree(*this);
    for (const auto& [key, tracker] : lookups) {
        std::uint32_t input = 0;
        for (const Tuple& tuple : tracker.inputs)
            input = std::max(input, degree_of(expressions, tuple));
        limit = std::max(limit, std::max(3U, degree_of(expressions, tracker.table) + 2) + input);
    }
    for (const auto& [key, tracker] : lookups) {
        const std::size_t first = arguments.size();
        for (const Tuple& input : tracker.inputs) {
            const std::uint32_t degree = degree_of(expressions, input);
            const auto open =
                std::find_if(arguments.begin() + static_cast<std::ptrdiff_t>(first),
                             arguments.end(), [&](const Argument& each) {
                                 return degree_of(expressions, each) + degree <= limit;
                             });
            if (open == arguments.end())
                arguments.push_back({tracker.table, {input}});
            else
                open->inputs.push_back(input);
        }
    }
}

std::uint32_t ConstraintSystem::degree() const noexcept {
    std::uint32_t most = std::max(3U, gate_degree(*this));
    for (const Argument& argument : arguments)
        most = std::max(most, degree_of(expressions, argument));
    return most;
}

Result<void> ConstraintSystem::check_limits() const noexcept {
    if (columns[at(ColumnKind::advice)] > MAX_ADVICE ||
        columns[at(ColumnKind::fixed)] > MAX_FIXED || selectors > MAX_SELECTORS ||
        arguments.size() > MAX_ARGUMENTS || expressions.nodes.size() > MAX_NODES)
        return Error{ErrorCode::ZK_LIMIT, "settings"};
    return Result<void>::ok();
}

} // namespace assay::zk::ezkl
