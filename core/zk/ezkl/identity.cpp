// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/identity.hpp"

#include "core/zk/ezkl/key.hpp"

#include <algorithm>

namespace assay::zk::ezkl {
namespace {

/// 7^(2^28), which separates the columns of the permutation.
constexpr Number DELTA = {0x870e56bbe533e9a2, 0x5b5f898e5e963f25, 0x64ec26aad4c86e71,
                          0x09226b6e22c6f0ca};

/// Lagrange polynomials at x, from row @p first for @p count rows, indices modulo n.
std::optional<std::vector<Fr>> lagrange(const Circuit& circuit, const Fr& x, const Fr& vanishing,
                                        std::int64_t first, std::size_t count) noexcept {
    // l_i(x) = w^i (x^n - 1) / (n (x - w^i))
    const std::uint64_t n = std::uint64_t{1} << circuit.k;
    const Fr root = root_of_unity(circuit.k);
    const auto start = static_cast<std::uint64_t>(first) & (n - 1);
    std::vector<Fr> powers(count);
    std::vector<Fr> values(count);
    Fr current = power(root, start);
    for (std::size_t i = 0; i < count; ++i) {
        powers[i] = current;
        values[i] = subtract(x, current);
        current = current * root;
    }
    if (!invert_all(values))
        return std::nullopt;
    const Fr factor = vanishing * invert(fr_from(n));
    for (std::size_t i = 0; i < count; ++i)
        values[i] = values[i] * powers[i] * factor;
    return values;
}

/// The value of every node, in the order of the list.
std::vector<Fr> evaluate(const Circuit& circuit, const Openings& at,
                         const std::vector<Fr>& instance) noexcept {
    const auto& [nodes, numbers] = circuit.expressions;
    std::vector<Fr> constants;
    for (const Number& number : numbers)
        constants.push_back(fr_from(number));
    std::vector<Fr> out;
    out.reserve(nodes.size());
    for (const Node& node : nodes) {
        switch (node.kind) {
        case NodeKind::constant:
            out.push_back(constants[node.a]);
            break;
        case NodeKind::selector:
            out.push_back(fr_zero());
            break; // replaced: in no polynomial
        case NodeKind::fixed:
            out.push_back(at.fixed[node.a]);
            break;
        case NodeKind::advice:
            out.push_back(at.advice[node.a]);
            break;
        case NodeKind::instance:
            out.push_back(instance[node.a]);
            break;
        case NodeKind::negated:
            out.push_back(-out[node.a]);
            break;
        case NodeKind::sum:
            out.push_back(add(out[node.a], out[node.b]));
            break;
        case NodeKind::product:
            out.push_back(out[node.a] * out[node.b]);
            break;
        case NodeKind::scaled:
            out.push_back(out[node.a] * constants[node.b]);
            break;
        }
    }
    return out;
}

/// Collects the terms of the identity.
class Sum {
public:
    explicit Sum(const Fr& y) noexcept : y_{y} {}
    template <class Term>
    void add(const Term& term) noexcept {
        value_ = shrink(value_ * y_ + term);
    }
    [[nodiscard]] const Fr& value() const noexcept { return value_; }

private:
    Fr y_;
    Fr value_ = fr_zero();
};

} // namespace

std::optional<Fr> quotient_value(const Circuit& circuit, std::span<const Number> instances,
                                 const Openings& at, const Challenges& challenges,
                                 const Fr& power_n) noexcept {
    const auto& [theta, beta, gamma, y, x] = challenges;
    const Fr vanishing = subtract(power_n, fr_one());
    if (vanishing.is_zero())
        return std::nullopt;
    // Rows -(b + 1) … 0.
    const auto edge =
        lagrange(circuit, x, vanishing, -static_cast<std::int64_t>(BLINDING + 1), BLINDING + 2);
    if (!edge)
        return std::nullopt;
    const Fr l_first = edge->back();
    const Fr l_last = edge->front();
    Fr active = subtract(fr_one(), l_last);
    for (std::size_t i = 1; i <= BLINDING; ++i)
        active = subtract(active, (*edge)[i]);

    std::vector<Fr> instance;
    for (const Query& query : circuit.queries[static_cast<std::size_t>(ColumnKind::instance)]) {
        const auto weights =
            lagrange(circuit, x, vanishing, -std::int64_t{query.rotation}, instances.size());
        if (!weights)
            return std::nullopt;
        Fr sum = fr_zero();
        for (std::size_t i = 0; i < instances.size(); ++i)
            sum = shrink(sum + (*weights)[i] * fr_from(instances[i]));
        instance.push_back(sum);
    }
    const std::vector<Fr> values = evaluate(circuit, at, instance);

    Sum sum{y};
    for (const ExprId gate : circuit.gates)
        sum.add(values[gate]);

    if (!at.products.empty()) {
        const PermutationOpening& last = at.products.back();
        sum.add(l_first * (fr_one() - at.products.front().here));
        sum.add(l_last * shrink(square(last.here) - last.here));
        for (std::size_t i = 1; i < at.products.size(); ++i)
            sum.add(l_first * (at.products[i].here - at.products[i - 1].last));
        const auto width = static_cast<std::size_t>(circuit.degree) - 2;
        const Fr delta = fr_from(DELTA);
        Fr shift = beta * x; // beta x delta^position
        for (std::size_t i = 0; i < at.products.size(); ++i) {
            Fr left = at.products[i].next;
            Fr right = at.products[i].here;
            const std::size_t end = std::min((i + 1) * width, circuit.permutation.size());
            for (std::size_t j = i * width; j < end; ++j) {
                const Column& column = circuit.permutation[j];
                const auto kind = static_cast<std::size_t>(column.kind);
                const auto& list = circuit.queries[kind];
                const auto found =
                    std::find(list.begin(), list.end(), Query{column.index, 0}) - list.begin();
                const std::array<const std::vector<Fr>*, COLUMN_KINDS> lists = {
                    &at.advice, &at.fixed, &instance};
                const Fr value = add((*lists[kind])[static_cast<std::size_t>(found)], gamma);
                left = left * shrink(value + beta * at.sigma[j]);
                right = right * shrink(value + shift);
                shift = shift * delta;
            }
            sum.add(active * (left - right));
        }
    }

    for (std::size_t i = 0; i < circuit.arguments.size(); ++i) {
        const Argument& argument = circuit.arguments[i];
        const LookupOpening& phi = at.lookups[i];
        const auto fold = [&, step = theta, end = beta](const Tuple& tuple) {
            Fr folded = fr_zero();
            for (const ExprId id : tuple)
                folded = shrink(folded * step + values[id]);
            return add(folded, end);
        };
        sum.add(l_first * phi.here);
        sum.add(l_last * phi.here);
        const Fr table = fold(argument.table);
        // Σ_j Π_{l != j} f_l by the product rule, and Π f.
        Fr product = fr_one();
        Fr derivative = fr_zero();
        for (const Tuple& input : argument.inputs) {
            const Fr f = fold(input);
            derivative = shrink(derivative * f + product);
            product = product * f;
        }
        const Fr step = table * product * (phi.next - phi.here);
        sum.add(active * shrink(step - table * derivative + phi.multiplicity * product));
    }
    return sum.value() * invert(vanishing);
}

} // namespace assay::zk::ezkl
