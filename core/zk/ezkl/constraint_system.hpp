// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The constraint system that an EZKL release builds from its settings (ezkl.md §3), step for step:
/// column numbers, query numbers and trees come out as they did for the prover.
#pragma once

#include "core/base/result.hpp"
#include "core/zk/ezkl/expression.hpp"
#include "core/zk/ezkl/settings.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace assay::zk::ezkl {

using Tuple = std::vector<ExprId>;

/// One log-derivative argument: inputs into one table.
struct Argument {
    Tuple table;
    std::vector<Tuple> inputs;
};

struct ConstraintSystem {
    Expressions expressions;
    std::array<std::uint32_t, COLUMN_KINDS> columns{}; ///< number of each kind
    std::array<std::vector<Query>, COLUMN_KINDS> queries;
    std::uint32_t selectors = 0;
    std::vector<Column> permutation;
    std::vector<std::uint32_t> constants; ///< fixed columns
    std::vector<ExprId> gates;
    /// By the names of the table's expressions (§3.5), sorted by them.
    std::vector<std::pair<std::string, Argument>> lookups;
    std::vector<Argument> arguments; ///< chunked

    [[nodiscard]] std::uint32_t new_column(ColumnKind kind) noexcept;
    [[nodiscard]] std::uint32_t new_selector() noexcept { return selectors++; }
    /// The leaf of a query, which is new only when nothing asked for it before.
    [[nodiscard]] ExprId query(ColumnKind kind, std::uint32_t column,
                               std::int32_t rotation = 0) noexcept;
    void equality(Column column) noexcept;
    void constant_column(std::uint32_t fixed) noexcept;
    void add_lookup(const Tuple& inputs, const Tuple& table) noexcept;

    /// Splits the inputs of each table into arguments (§3.5).
    void chunk_lookups() noexcept;
    /// D (§3.5). Precondition: chunked.
    [[nodiscard]] std::uint32_t degree() const noexcept;
    /// ZK_LIMIT (§12)
    [[nodiscard]] Result<void> check_limits() const noexcept;
};

/// Steps 1 to 8 without the selectors' replacement.
/// @param threads shapes the trees of tables of several columns (§3.7)
[[nodiscard]] Result<ConstraintSystem> build(const Settings& settings, const Flags& flags,
                                             unsigned threads) noexcept;

/// §3.4
void add_poseidon(ConstraintSystem& system, bool instance_is_open) noexcept;

/// f at v (§3.2), nothing for an op that is not known.
[[nodiscard]] std::optional<Int128> table_value(const LookupOp& op, Int128 v) noexcept;

} // namespace assay::zk::ezkl
