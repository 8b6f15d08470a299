// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/constraint_system.hpp"

#include <algorithm>

namespace assay::zk::ezkl {
namespace {

constexpr auto LIMIT = ErrorCode::ZK_LIMIT;

/// Advice columns in blocks of w: [block][inner].
using Tensor = std::vector<std::vector<std::uint32_t>>;

class Builder {
public:
    Builder(const Settings& settings, const Flags& flags, unsigned threads) noexcept
        : settings_{settings}, flags_{flags}, threads_{threads} {}

    Result<ConstraintSystem> run() noexcept;

private:
    using Step = Result<void>;

    Step tensor(std::uint64_t width, std::uint64_t capacity, Tensor& out) noexcept;
    Step constants() noexcept;
    void base_gates() noexcept;
    Step static_lookups() noexcept;
    Step static_table(const LookupOp* op, const Range& range,
                      const std::vector<std::uint32_t>& inputs) noexcept;
    Step dynamic_lookups() noexcept;
    Step dynamic_table(std::size_t tensors) noexcept;

    ExprId advice(std::uint32_t column, std::int32_t rotation = 0) noexcept {
        return cs_.query(ColumnKind::advice, column, rotation);
    }
    ExprId constant(const Int128& value) noexcept;
    ExprId selector_tree(std::uint64_t low, std::uint64_t high, std::uint64_t threads,
                         std::uint64_t left_out, ExprId index) noexcept;
    std::vector<std::uint32_t> fixed_columns(std::uint64_t count) noexcept;

    const Settings& settings_;
    const Flags& flags_;
    unsigned threads_;
    ConstraintSystem cs_;
    std::array<Tensor, 3> operands_; ///< I0, I1, O
    std::vector<Tensor> tables_;
};

/// §3 step 2
Result<void> Builder::tensor(std::uint64_t width, std::uint64_t capacity, Tensor& out) noexcept {
    const std::uint64_t cells = settings_.usable_rows() * width;
    std::uint64_t blocks = capacity / cells + 1;
    blocks = (capacity + blocks) / cells + 1;
    if (blocks * width > MAX_ADVICE)
        return LIMIT;
    for (std::uint64_t block = 0; block < blocks; ++block) {
        auto& columns = out.emplace_back();
        for (std::uint64_t i = 0; i < width; ++i) {
            columns.push_back(cs_.new_column(ColumnKind::advice));
            cs_.equality({ColumnKind::advice, columns.back()});
        }
    }
    if (cs_.columns[0] > MAX_ADVICE)
        return LIMIT;
    return Step::ok();
}

/// §3 step 4
Result<void> Builder::constants() noexcept {
    std::uint64_t columns = settings_.any_hashed() ? 1 : 0;
    if (settings_.constants > 0) {
        const std::uint64_t rows = settings_.usable_rows();
        columns = settings_.constants / rows + 1;
        columns = (settings_.constants + columns) / rows + 1;
    }
    if (columns > MAX_FIXED)
        return LIMIT;
    for (std::size_t i = 0; i < columns; ++i)
        cs_.constant_column(cs_.new_column(ColumnKind::fixed));
    return Step::ok();
}

/// §3.1
void Builder::base_gates() noexcept {
    enum Op { DOT, DOTINIT, CUMPRODINIT, CUMPROD, ADD, MULT, SUB, SUMINIT, SUM, ISBOOLEAN };
    struct Gate {
        Op op;
        std::size_t block, inner;
        std::uint32_t selector;
    };
    std::vector<Gate> single;
    std::vector<Gate> folded;
    const auto& [left, right, output] = operands_;
    for (std::size_t block = 0; block < output.size(); ++block) {
        for (std::size_t inner = 0; inner < output[block].size(); ++inner) {
            for (const Op op : {ADD, SUB, MULT})
                single.push_back({op, block, inner, cs_.new_selector()});
            if (flags_.is_boolean)
                single.push_back({ISBOOLEAN, block, inner, cs_.new_selector()});
        }
    }
    for (std::size_t block = 0; block < output.size(); ++block) {
        for (const Op op : {DOTINIT, DOT, CUMPROD, CUMPRODINIT, SUM, SUMINIT})
            folded.push_back({op, block, 0, cs_.new_selector()});
    }
    // Insertion sort, stable: by rank, then as allocated, which is by block and inner.
    const auto sort = [](std::vector<Gate>& gates) {
        for (std::size_t i = 1; i < gates.size(); ++i) {
            for (std::size_t j = i; j > 0 && gates[j].op < gates[j - 1].op; --j)
                std::swap(gates[j], gates[j - 1]);
        }
    };
    sort(single);
    sort(folded);
    Expressions& e = cs_.expressions;
    const auto finish = [&](const Gate& gate, ExprId polynomial) {
        cs_.gates.push_back(e.product(e.leaf(NodeKind::selector, gate.selector, 1), polynomial));
    };
    for (const Gate& gate : single) {
        if (gate.op == ISBOOLEAN) {
            const ExprId z = advice(output[gate.block][gate.inner]);
            finish(gate, e.product(z, e.difference(z, e.constant(1))));
            continue;
        }
        const ExprId x = advice(left[gate.block][gate.inner]);
        const ExprId y = advice(right[gate.block][gate.inner]);
        const ExprId z = advice(output[gate.block][gate.inner]);
        const ExprId value = gate.op == ADD   ? e.sum(x, y)
                             : gate.op == SUB ? e.difference(x, y)
                                              : e.product(x, y);
        finish(gate, e.difference(z, value));
    }
    for (const Gate& gate : folded) {
        const bool dot = gate.op == DOT || gate.op == DOTINIT;
        const bool product = gate.op == CUMPROD || gate.op == CUMPRODINIT;
        const bool initial = gate.op == DOTINIT || gate.op == CUMPRODINIT || gate.op == SUMINIT;
        std::vector<ExprId> x;
        std::vector<ExprId> y;
        if (dot) {
            for (const std::uint32_t column : left[gate.block])
                x.push_back(advice(column));
        }
        for (const std::uint32_t column : right[gate.block])
            y.push_back(advice(column));
        ExprId value = e.constant(product ? 1 : 0);
        for (std::size_t i = 0; i < y.size(); ++i) {
            if (product)
                value = e.product(value, y[i]);
            else
                value = e.sum(value, dot ? e.product(x[i], y[i]) : y[i]);
        }
        if (!initial) {
            const ExprId before = advice(output[gate.block][0], -1);
            value = product ? e.product(before, value) : e.sum(before, value);
        }
        finish(gate, e.difference(advice(output[gate.block][0]), value));
    }
}

ExprId Builder::constant(const Int128& value) noexcept {
    const bool negative = value < 0;
    const auto size =
        negative ? 0 - static_cast<__uint128_t>(value) : static_cast<__uint128_t>(value);
    Number number{static_cast<std::uint64_t>(size), static_cast<std::uint64_t>(size >> 64)};
    if (negative) {
        Number modulus = FrPrime::WORDS;
        math::subtract_from(modulus, number);
        number = modulus;
    }
    return cs_.expressions.constant(number);
}

/// §3.7
ExprId Builder::selector_tree(std::uint64_t low, std::uint64_t high, std::uint64_t threads,
                              std::uint64_t left_out, ExprId index) noexcept {
    Expressions& e = cs_.expressions;
    if (high - low >= 2 && threads > 0) {
        const std::uint64_t middle = low + (high - low) / 2;
        const ExprId first = selector_tree(low, middle, threads / 2, left_out, index);
        return e.product(first, selector_tree(middle, high, threads / 2, left_out, index));
    }
    ExprId product = e.constant(1);
    for (std::uint64_t i = low; i < high; ++i) {
        if (i != left_out)
            product = e.product(product, i == 0 ? index : e.difference(e.constant(i), index));
    }
    return product;
}

std::vector<std::uint32_t> Builder::fixed_columns(std::uint64_t count) noexcept {
    std::vector<std::uint32_t> out;
    for (std::uint64_t i = 0; i < count; ++i)
        out.push_back(cs_.new_column(ColumnKind::fixed));
    return out;
}

/// §3.2. @param op nullptr for a range check
Result<void> Builder::static_table(const LookupOp* op, const Range& range,
                                   const std::vector<std::uint32_t>& inputs) noexcept {
    Expressions& e = cs_.expressions;
    const std::size_t columns = inputs.size();
    const std::vector<std::uint32_t> outputs =
        op == nullptr ? std::vector<std::uint32_t>{} : fixed_columns(columns);
    if (cs_.columns[static_cast<std::size_t>(ColumnKind::fixed)] > MAX_FIXED)
        return LIMIT;
    std::vector<Int128> first(columns);
    std::vector<Int128> value(columns);
    for (std::size_t c = 0; c < columns; ++c) {
        first[c] = range.low + static_cast<Int128>(std::uint64_t{c} * settings_.table_rows());
        if (op == nullptr)
            continue;
        const auto result = table_value(*op, first[c]);
        if (!result)
            return Error{ErrorCode::EZKL_VERSION_UNSUPPORTED, "settings.required_lookups"};
        value[c] = *result;
    }
    const Tensor& left = operands_[0];
    const Tensor& right = operands_[1];
    const Tensor& output = operands_[2];
    for (std::size_t block = 0; block < left.size(); ++block) {
        for (std::size_t inner = 0; inner < left[block].size(); ++inner) {
            const std::uint32_t number = cs_.new_selector();
            const auto selector = [&] { return e.leaf(NodeKind::selector, number, 0); };
            const auto index = [&] {
                return columns == 1 ? e.constant(1) : advice(right[block][inner]);
            };
            for (std::size_t c = 0; c < columns; ++c) {
                const ExprId column = index();
                const ExprId x = advice(left[block][inner]);
                const ExprId y = op == nullptr ? x : advice(output[block][inner]);
                // Product over i != c of c for i = 0, else of i - c.
                Fr multiplier = fr_one();
                for (std::size_t i = 0; i < columns; ++i) {
                    if (i != c)
                        multiplier =
                            multiplier * (i == 0 ? fr_from(c) : subtract(fr_from(i), fr_from(c)));
                }
                const ExprId chosen =
                    e.product(selector(), selector_tree(0, columns, threads_, c, column));
                const ExprId rest = e.difference(e.constant(number_of(multiplier)), chosen);
                Tuple in = {e.sum(e.product(chosen, x), e.product(rest, constant(first[c])))};
                if (op != nullptr)
                    in.push_back(e.sum(e.product(chosen, y), e.product(rest, constant(value[c]))));
                Tuple table = {cs_.query(ColumnKind::fixed, inputs[c])};
                if (op != nullptr)
                    table.push_back(cs_.query(ColumnKind::fixed, outputs[c]));
                cs_.add_lookup(in, table);
            }
            if (flags_.sel_gate) {
                ExprId gate = e.constant(0);
                if (columns > 1) {
                    const ExprId column = index();
                    gate = e.constant(1);
                    for (std::size_t i = 0; i < columns; ++i)
                        gate = e.product(gate, e.difference(column, e.constant(i)));
                }
                cs_.gates.push_back(e.product(selector(), gate));
            }
            if (const auto good = cs_.check_limits(); !good)
                return good;
        }
    }
    return Step::ok();
}

Result<void> Builder::static_lookups() noexcept {
    std::vector<std::uint32_t> shared;
    for (auto op = settings_.lookups.begin(); op != settings_.lookups.end(); ++op) {
        if (std::find(settings_.lookups.begin(), op, *op) != op)
            continue;
        if (shared.empty())
            shared = fixed_columns(settings_.table_columns(settings_.lookup_range));
        if (const auto good = static_table(&*op, settings_.lookup_range, shared); !good)
            return good;
    }
    for (auto range = settings_.ranges.begin(); range != settings_.ranges.end(); ++range) {
        if (std::find(settings_.ranges.begin(), range, *range) != range)
            continue;
        const auto inputs = fixed_columns(settings_.table_columns(*range));
        if (const auto good = static_table(nullptr, *range, inputs); !good)
            return good;
    }
    return Step::ok();
}

/// §3.3. @param tensors how many of the operands are looked up in as many tables
Result<void> Builder::dynamic_table(std::size_t tensors) noexcept {
    Expressions& e = cs_.expressions;
    const auto selected = [&](ExprId value, std::uint32_t number) {
        return e.product(value, e.leaf(NodeKind::selector, number, 0));
    };
    for (std::size_t p = 0; p < tables_[0].size(); ++p) {
        const std::uint32_t table_selector = cs_.new_selector();
        for (std::size_t block = 0; block < operands_[0].size(); ++block) {
            for (std::size_t inner = 0; inner < operands_[0][block].size(); ++inner) {
                const std::uint32_t input_selector = cs_.new_selector();
                Tuple input = {selected(e.constant(1), input_selector)};
                Tuple table = {selected(e.constant(1), table_selector)};
                for (std::size_t i = 0; i < tensors; ++i) {
                    input.push_back(selected(advice(operands_[i][block][inner]), input_selector));
                    table.push_back(selected(advice(tables_[i][p][0]), table_selector));
                }
                cs_.add_lookup(input, table);
                if (const auto good = cs_.check_limits(); !good)
                    return good;
            }
        }
    }
    return Step::ok();
}

Result<void> Builder::dynamic_lookups() noexcept {
    if (settings_.dynamic_lookups > 0) {
        if (const auto good = dynamic_table(3); !good)
            return good;
    }
    if (settings_.shuffles > 0)
        return dynamic_table(flags_.shuffle3 ? 3 : 2);
    return Step::ok();
}

Result<ConstraintSystem> Builder::run() noexcept {
    for (const std::uint64_t size : settings_.polycommit) {
        Tensor committed;
        if (const auto good = tensor(1, size, committed); !good)
            return good.error();
    }
    for (Tensor& operand : operands_) {
        if (const auto good = tensor(settings_.inner, settings_.assignments, operand); !good)
            return good.error();
    }
    if (settings_.dynamic_lookups > 0 || settings_.shuffles > 0) {
        tables_.resize(settings_.dynamic_lookups == 0 && !flags_.shuffle3 ? 2 : 3);
        for (Tensor& table : tables_) {
            if (const auto good = tensor(1, settings_.dynamic_size + settings_.shuffle_size, table);
                !good)
                return good.error();
            if (!flags_.multi_dyn && table.size() != 1)
                return Error{ErrorCode::EZKL_VERSION_UNSUPPORTED, "settings.version"};
        }
    }
    if (const auto good = constants(); !good)
        return good.error();
    const bool poseidon = settings_.any_hashed() && settings_.poseidon_instances > 0;
    if (poseidon)
        add_poseidon(cs_, settings_.any_hash_open());
    if (!poseidon || !settings_.any_hash_open())
        cs_.equality({ColumnKind::instance, cs_.new_column(ColumnKind::instance)});
    base_gates();
    if (const auto good = static_lookups(); !good)
        return good.error();
    if (const auto good = dynamic_lookups(); !good)
        return good.error();
    cs_.chunk_lookups();
    if (const auto good = cs_.check_limits(); !good)
        return good.error();
    if (cs_.degree() > MAX_DEGREE)
        return LIMIT;
    return std::move(cs_);
}

} // namespace

Result<ConstraintSystem> build(const Settings& settings, const Flags& flags,
                               unsigned threads) noexcept {
    return Builder{settings, flags, threads}.run();
}

} // namespace assay::zk::ezkl
