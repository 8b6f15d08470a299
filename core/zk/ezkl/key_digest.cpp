// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/hash/blake2b.hpp"
#include "core/zk/ezkl/key.hpp"

#include <algorithm>

namespace assay::zk::ezkl {
namespace {

constexpr std::array<const char*, COLUMN_KINDS> KIND_NAMES = {"Advice", "Fixed", "Instance"};

/// Of texts of shared trees, which double with every node; no sum of a system's lists wraps around.
constexpr std::uint64_t LONG = std::uint64_t{1} << 32;

class LengthSink final : public TextSink {
public:
    void put(std::string_view text) noexcept override { length += text.size(); }
    std::uint64_t length = 0;
};

class HashSink final : public TextSink {
public:
    void put(std::string_view text) noexcept override { hash.update(as_bytes(text)); }
    hash::Blake2b hash{"Halo2-Verify-Key"};
};

/// Writes the pinned key (§4).
class Writer {
public:
    Writer(TextSink& out, const ConstraintSystem& system, const Key& key) noexcept
        : out_{out}, system_{system}, key_{key} {}
    /// Adds to @p length instead of writing: each tree once, however many it is part of.
    Writer(LengthSink& length, const ConstraintSystem& system, const Key& key) noexcept
        : out_{length}, system_{system}, key_{key}, length_{&length} {}

    void run() noexcept;
    void measure_trees() noexcept;

private:
    template <class List, class Item>
    void list(const List& items, const Item& item) noexcept {
        out_.put("[");
        bool first = true;
        for (const auto& each : items) {
            if (!first)
                out_.put(", ");
            first = false;
            item(each);
        }
        out_.put("]");
    }
    void column(const Column& column) noexcept;
    void query(const char* kind, const Query& query, std::uint32_t index) noexcept;
    void write(const Node& node) noexcept;
    void tree(ExprId id) noexcept {
        if (length_ != nullptr)
            length_->length += lengths_[id];
        else
            write(system_.expressions.nodes[id]);
    }
    void trees(const Tuple& tuple) noexcept;
    void queries(ColumnKind kind) noexcept;
    void points(const std::vector<G1>& points) noexcept;

    TextSink& out_;
    const ConstraintSystem& system_;
    const Key& key_;
    LengthSink* length_ = nullptr;
    std::vector<std::uint64_t> lengths_; ///< of the text of each node
};

void Writer::measure_trees() noexcept {
    for (const Node& each : system_.expressions.nodes) { // operands stand before
        length_->length = 0;
        write(each);
        lengths_.push_back(std::min(length_->length, LONG));
    }
    length_->length = 0;
}

void Writer::column(const Column& column) noexcept {
    out_.put("Column { index: ");
    out_.number(column.index);
    out_.put(", column_type: ");
    out_.put(KIND_NAMES[static_cast<std::size_t>(column.kind)]);
    out_.put(" }");
}

void Writer::query(const char* kind, const Query& query, std::uint32_t index) noexcept {
    out_.put(kind);
    out_.put(" { query_index: ");
    out_.number(index);
    out_.put(", column_index: ");
    out_.number(query.column);
    out_.put(", rotation: Rotation(");
    out_.number(query.rotation);
    out_.put(") }");
}

void Writer::write(const Node& node) noexcept {
    const auto leaf = [&](ColumnKind kind) {
        const auto at = static_cast<std::size_t>(kind);
        query(KIND_NAMES[at], system_.queries[at][node.a], node.a);
    };
    const auto pair = [&](const char* name) {
        out_.put(name);
        tree(node.a);
        out_.put(", ");
        tree(node.b);
        out_.put(")");
    };
    switch (node.kind) {
    case NodeKind::constant:
        out_.put("Constant(");
        out_.hex(system_.expressions.values[node.a]);
        out_.put(")");
        break;
    case NodeKind::selector:
        out_.put("Selector(Selector(");
        out_.number(node.a);
        out_.put(node.b != 0 ? ", true))" : ", false))");
        break;
    case NodeKind::fixed:
        leaf(ColumnKind::fixed);
        break;
    case NodeKind::advice:
        leaf(ColumnKind::advice);
        break;
    case NodeKind::instance:
        leaf(ColumnKind::instance);
        break;
    case NodeKind::negated:
        out_.put("Negated(");
        tree(node.a);
        out_.put(")");
        break;
    case NodeKind::sum:
        pair("Sum(");
        break;
    case NodeKind::product:
        pair("Product(");
        break;
    case NodeKind::scaled:
        out_.put("Scaled(");
        tree(node.a);
        out_.put(", ");
        out_.hex(system_.expressions.values[node.b]);
        out_.put(")");
        break;
    }
}

void Writer::trees(const Tuple& tuple) noexcept {
    list(tuple, [&](ExprId id) { tree(id); });
}

void Writer::queries(ColumnKind kind) noexcept {
    list(system_.queries[static_cast<std::size_t>(kind)], [&](const Query& each) {
        out_.put("(");
        column({kind, each.column});
        out_.put(", Rotation(");
        out_.number(each.rotation);
        out_.put("))");
    });
}

void Writer::points(const std::vector<G1>& points) noexcept {
    list(points, [&](const G1& point) {
        if (point.infinity) {
            out_.put("Infinity");
            return;
        }
        out_.put("(");
        out_.hex(FpLimbs::to_words(point.x.limbs));
        out_.put(", ");
        out_.hex(FpLimbs::to_words(point.y.limbs));
        out_.put(")");
    });
}

void Writer::run() noexcept {
    std::uint64_t extended = key_.k;
    while (std::uint64_t{1} << (extended - key_.k) < system_.degree() - 1)
        ++extended;
    const auto member = [&](const char* name, std::uint64_t value) {
        out_.put(name);
        out_.number(static_cast<std::int64_t>(value));
    };
    out_.put("PinnedVerificationKey { base_modulus: \"");
    out_.hex(FpPrime::WORDS);
    out_.put("\", scalar_modulus: \"");
    out_.hex(FrPrime::WORDS);
    member("\", domain: PinnedEvaluationDomain { k: ", key_.k);
    member(", extended_k: ", extended);
    out_.put(", omega: ");
    out_.hex(number_of(root_of_unity(key_.k)));
    member(" }, cs: PinnedConstraintSystem { num_fixed_columns: ", system_.columns[1]);
    member(", num_advice_columns: ", system_.columns[0]);
    member(", num_instance_columns: ", system_.columns[2]);
    member(", num_selectors: ", system_.selectors);
    out_.put(", gates: ");
    trees(system_.gates);
    out_.put(", advice_queries: ");
    queries(ColumnKind::advice);
    out_.put(", instance_queries: ");
    queries(ColumnKind::instance);
    out_.put(", fixed_queries: ");
    queries(ColumnKind::fixed);
    out_.put(", permutation: Argument { columns: ");
    list(system_.permutation, [&](const Column& each) { column(each); });
    out_.put(" }, lookups: ");
    list(system_.arguments, [&](const Argument& each) {
        out_.put("Argument { table_expressions: ");
        trees(each.table);
        out_.put(", inputs_expressions: ");
        list(each.inputs, [&](const Tuple& input) { trees(input); });
        out_.put(" }");
    });
    out_.put(", lookups_map: {");
    bool first = true;
    for (const auto& [name, tracker] : system_.lookups) {
        out_.put(first ? "\"" : ", \"");
        first = false;
        out_.put(name);
        out_.put("\": LookupTracker { table: ");
        trees(tracker.table);
        out_.put(", inputs: ");
        list(tracker.inputs, [&](const Tuple& input) { trees(input); });
        out_.put(" }");
    }
    out_.put("}, constants: ");
    list(system_.constants, [&](std::uint32_t index) { column({ColumnKind::fixed, index}); });
    out_.put(", minimum_degree: None }, fixed_commitments: ");
    points(key_.fixed);
    out_.put(", permutation: VerifyingKey { commitments: ");
    points(key_.sigma);
    out_.put(" } }");
}

} // namespace

Result<Fr> key_digest(const ConstraintSystem& system, const Key& key,
                      std::uint64_t& budget) noexcept {
    LengthSink length;
    Writer measure{length, system, key};
    measure.measure_trees();
    measure.run();
    if (length.length > budget)
        return Error{ErrorCode::ZK_LIMIT, "settings"};
    budget -= length.length;
    HashSink text;
    std::array<std::uint8_t, 8> head;
    for (unsigned i = 0; i < head.size(); ++i)
        head[i] = static_cast<std::uint8_t>(length.length >> 8 * i);
    text.hash.update(head);
    Writer{text, system, key}.run();
    return fr_from_wide(text.hash.finish());
}

} // namespace assay::zk::ezkl
