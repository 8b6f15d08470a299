// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/descriptor.hpp"

#include "core/bytes/reader.hpp"
#include "core/zk/ezkl/settings.hpp"

#include <algorithm>

namespace assay::zk::ezkl {
namespace {

constexpr std::string_view MAGIC = "AEZK";
constexpr std::uint8_t FORMAT = 1;
constexpr std::size_t WORD = 32;
constexpr ExprId UNUSED = ~ExprId{0};

/// Ours, so that a small file makes little work; compile_ezkl_key writes nothing beyond them.
constexpr std::size_t DESCRIPTOR_BYTES = std::size_t{4} << 20;
constexpr std::uint64_t MAX_GATES = 8192;
constexpr std::uint64_t MAX_INPUTS = 8192; ///< of all arguments together
constexpr std::uint64_t MAX_WIDTH = 8;     ///< of a table
constexpr std::uint64_t MAX_DIGESTS = 6;   ///< as many trees are told apart
constexpr std::uint64_t MAX_VERSION = 64;  ///< characters

bool is_pair(NodeKind kind) noexcept {
    return kind == NodeKind::sum || kind == NodeKind::product;
}
bool has_operand(NodeKind kind) noexcept {
    return is_pair(kind) || kind == NodeKind::negated || kind == NodeKind::scaled;
}

class Writer {
public:
    explicit Writer(const Circuit& circuit) noexcept : circuit_{circuit} {}
    Bytes run(const Descriptor& descriptor) noexcept;

private:
    void byte(std::uint8_t value) noexcept { out_.push_back(value); }
    void number(std::uint64_t value) noexcept {
        for (; value > 127; value >>= 7)
            byte(static_cast<std::uint8_t>(value | 128));
        byte(static_cast<std::uint8_t>(value));
    }
    void signed_number(std::int64_t value) noexcept {
        number(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
    }
    void bytes(BytesView value) noexcept { out_.insert(out_.end(), value.begin(), value.end()); }
    void word(const Number& value) noexcept {
        Hash32 word;
        math::write_big_endian(value, word);
        bytes(word);
    }
    void nodes() noexcept;
    void tree(ExprId id) noexcept { number(place_[id]); }
    void tuple(const Tuple& tuple) noexcept {
        number(tuple.size());
        for (const ExprId id : tuple)
            tree(id);
    }
    void points(const std::vector<G1>& points) noexcept {
        number(points.size());
        for (const G1& point : points)
            bytes(to_bytes(point));
    }

    const Circuit& circuit_;
    Bytes out_;
    std::vector<ExprId> place_; ///< of each node that a polynomial needs
};

void Writer::nodes() noexcept {
    const auto& all = circuit_.expressions.nodes;
    place_.assign(all.size(), UNUSED);
    const auto need = [&](ExprId id) { place_[id] = 0; };
    std::for_each(circuit_.gates.begin(), circuit_.gates.end(), need);
    for (const Argument& argument : circuit_.arguments) {
        std::for_each(argument.table.begin(), argument.table.end(), need);
        for (const Tuple& input : argument.inputs)
            std::for_each(input.begin(), input.end(), need);
    }
    for (std::size_t i = all.size(); i-- > 0;) { // operands stand before
        if (place_[i] == UNUSED)
            continue;
        if (has_operand(all[i].kind))
            need(all[i].a);
        if (is_pair(all[i].kind))
            need(all[i].b);
    }
    std::vector<std::uint32_t> value_place(circuit_.expressions.values.size(), UNUSED);
    std::vector<std::uint32_t> values;
    const auto value = [&](std::uint32_t index) {
        if (value_place[index] == UNUSED) {
            value_place[index] = static_cast<std::uint32_t>(values.size());
            values.push_back(index);
        }
        return value_place[index];
    };
    ExprId next = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (place_[i] == UNUSED)
            continue;
        place_[i] = next++;
        if (all[i].kind == NodeKind::constant)
            static_cast<void>(value(all[i].a));
        if (all[i].kind == NodeKind::scaled)
            static_cast<void>(value(all[i].b));
    }
    number(values.size());
    for (const std::uint32_t index : values)
        word(circuit_.expressions.values[index]);
    number(next);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Node& node = all[i];
        if (place_[i] == UNUSED)
            continue;
        byte(static_cast<std::uint8_t>(node.kind));
        if (node.kind == NodeKind::constant)
            number(value(node.a));
        else if (has_operand(node.kind))
            number(place_[i] - place_[node.a]);
        else
            number(node.a);
        if (is_pair(node.kind))
            number(place_[i] - place_[node.b]);
        else if (node.kind == NodeKind::scaled)
            number(value(node.b));
    }
}

Bytes Writer::run(const Descriptor& descriptor) noexcept {
    const Circuit& c = circuit_;
    bytes(as_bytes(MAGIC));
    byte(FORMAT);
    bytes(descriptor.key_sha256);
    bytes(descriptor.settings_sha256);
    number(c.k);
    number(c.degree);
    for (const std::uint32_t count : c.columns)
        number(count);
    for (const auto& list : c.queries) {
        number(list.size());
        for (const Query& query : list) {
            number(query.column);
            signed_number(query.rotation);
        }
    }
    nodes();
    tuple(c.gates);
    number(c.arguments.size());
    for (const Argument& argument : c.arguments) {
        tuple(argument.table);
        number(argument.inputs.size());
        for (const Tuple& input : argument.inputs)
            tuple(input);
    }
    number(c.permutation.size());
    for (const Column& column : c.permutation) {
        byte(static_cast<std::uint8_t>(column.kind));
        number(column.index);
    }
    number(c.hashes);
    number(c.tensors.size());
    for (const PublicTensor& tensor : c.tensors) {
        number(tensor.size);
        signed_number(tensor.scale);
    }
    number(c.instances);
    number(c.version.size());
    bytes(as_bytes(c.version));
    number(c.digests.size());
    for (const Fr& digest : c.digests)
        word(number_of(digest));
    points(c.fixed);
    points(c.sigma);
    return std::move(out_);
}

/// The first failure stays; what is read after it means nothing.
class Reader {
public:
    explicit Reader(BytesView bytes) noexcept : reader_{bytes} {}
    Result<Descriptor> run() noexcept;

private:
    void fail(ErrorCode code) noexcept {
        if (failure_ == ErrorCode{})
            failure_ = code;
    }
    [[nodiscard]] bool good() const noexcept { return failure_ == ErrorCode{}; }
    std::uint8_t byte() noexcept {
        const auto value = good() ? reader_.u8() : std::nullopt;
        if (!value)
            fail(ErrorCode::EZKL_MALFORMED);
        return value.value_or(0);
    }
    std::uint64_t number(std::uint64_t below) noexcept {
        std::uint64_t out = 0;
        for (unsigned shift = 0;; shift += 7) {
            const std::uint8_t next = byte();
            if (shift > 56)
                fail(ErrorCode::EZKL_MALFORMED);
            if (!good())
                return 0;
            out |= std::uint64_t{next & 127U} << shift;
            if (next < 128)
                break;
        }
        if (out >= below)
            fail(ErrorCode::EZKL_MALFORMED);
        return good() ? out : 0;
    }
    std::int64_t signed_number() noexcept {
        const std::uint64_t value = number(std::uint64_t{1} << 33);
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
    /// A number of items; each takes a byte at least.
    std::size_t count(std::uint64_t limit) noexcept {
        const std::uint64_t value = number(~std::uint64_t{0});
        if (value > limit)
            fail(ErrorCode::ZK_LIMIT);
        else if (value > reader_.remaining())
            fail(ErrorCode::EZKL_MALFORMED);
        return good() ? static_cast<std::size_t>(value) : 0;
    }
    BytesView bytes(std::size_t size) noexcept {
        const auto taken = good() ? reader_.take(size) : std::nullopt;
        if (!taken)
            fail(ErrorCode::EZKL_MALFORMED);
        return taken.value_or(BytesView{});
    }
    Number scalar() noexcept {
        const BytesView view = bytes(WORD);
        const Number value = good() ? math::read_big_endian<4>(view) : Number{};
        if (!math::less(value, FrPrime::WORDS))
            fail(ErrorCode::ZK_SCALAR_OUT_OF_RANGE);
        return value;
    }
    void node() noexcept;
    void tuple(Tuple& out, std::uint64_t limit) noexcept {
        for (std::size_t left = count(limit); left > 0 && good(); --left)
            out.push_back(static_cast<ExprId>(number(circuit_.expressions.nodes.size())));
    }
    /// Of a table, which has at least one column.
    void row(Tuple& out) noexcept {
        tuple(out, MAX_WIDTH);
        if (out.empty())
            fail(ErrorCode::EZKL_MALFORMED);
    }
    void points(std::vector<G1>& out, std::size_t wanted) noexcept;
    void head(Descriptor& out) noexcept;

    bytes::Reader reader_;
    ErrorCode failure_{};
    Circuit circuit_;
};

void Reader::node() noexcept {
    Expressions& e = circuit_.expressions;
    const std::uint64_t values = e.values.size();
    const auto next = static_cast<ExprId>(e.nodes.size());
    const auto back = [&] { // the distance is at least 1
        const auto distance = static_cast<ExprId>(number(std::uint64_t{next} + 1));
        if (distance == 0)
            fail(ErrorCode::EZKL_MALFORMED);
        return next - distance;
    };
    const std::uint8_t kind = byte();
    Node out{static_cast<NodeKind>(kind), 0, 0, 0};
    switch (out.kind) {
    case NodeKind::constant:
        out.a = static_cast<std::uint32_t>(number(values));
        break;
    case NodeKind::advice:
        out.a = static_cast<std::uint32_t>(number(circuit_.queries[0].size()));
        break;
    case NodeKind::fixed:
        out.a = static_cast<std::uint32_t>(number(circuit_.queries[1].size()));
        break;
    case NodeKind::instance:
        out.a = static_cast<std::uint32_t>(number(circuit_.queries[2].size()));
        break;
    case NodeKind::negated:
        out.a = back();
        break;
    case NodeKind::sum:
    case NodeKind::product:
        out.a = back();
        out.b = back();
        break;
    case NodeKind::scaled:
        out.a = back();
        out.b = static_cast<std::uint32_t>(number(values));
        break;
    default:
        fail(ErrorCode::EZKL_MALFORMED);
        break; // selectors are no part of a descriptor
    }
    if (good())
        e.nodes.push_back(out);
}

void Reader::points(std::vector<G1>& out, std::size_t wanted) noexcept {
    if (count(~std::uint64_t{0}) != wanted)
        fail(ErrorCode::EZKL_MALFORMED);
    for (std::size_t i = 0; i < wanted && good(); ++i) {
        const BytesView view = bytes(2 * WORD);
        if (!good())
            return;
        const Number x = math::read_big_endian<4>(view.first(WORD));
        const Number y = math::read_big_endian<4>(view.last(WORD));
        const bool infinity = math::is_zero(x) && math::is_zero(y);
        const auto point = infinity ? G1{} : g1_from(x, y);
        if (!point)
            fail(ErrorCode::ZK_POINT_INVALID);
        out.push_back(point.value_or(G1{}));
    }
}

void Reader::head(Descriptor& out) noexcept {
    const BytesView magic = bytes(MAGIC.size());
    if (!good() || as_text(magic) != MAGIC)
        fail(ErrorCode::EZKL_MALFORMED);
    if (byte() != FORMAT)
        fail(ErrorCode::EZKL_VERSION_UNSUPPORTED);
    for (Hash32* hash : {&out.key_sha256, &out.settings_sha256}) {
        const BytesView view = bytes(WORD);
        std::copy(view.begin(), view.end(), hash->begin());
    }
}

Result<Descriptor> Reader::run() noexcept {
    Descriptor out{};
    Circuit& c = circuit_;
    head(out);
    c.k = number(MAX_K + 1);
    c.degree = number(MAX_DEGREE + 1);
    if (c.k < MIN_K || c.degree < 3)
        fail(ErrorCode::EZKL_MALFORMED);
    constexpr std::array<std::uint64_t, COLUMN_KINDS> LIMITS = {MAX_ADVICE, MAX_FIXED, 1};
    for (std::size_t i = 0; i < COLUMN_KINDS; ++i)
        c.columns[i] = static_cast<std::uint32_t>(number(LIMITS[i] + 1));
    for (std::size_t i = 0; i < COLUMN_KINDS; ++i) {
        for (std::size_t left = count(4 * LIMITS[i]); left > 0 && good(); --left) {
            const auto column = static_cast<std::uint32_t>(number(c.columns[i]));
            const std::int64_t rotation = signed_number();
            if (rotation < -1 || rotation > 1)
                fail(ErrorCode::EZKL_MALFORMED);
            const Query query{column, static_cast<std::int32_t>(rotation)};
            auto& list = c.queries[i];
            if (std::find(list.begin(), list.end(), query) != list.end())
                fail(ErrorCode::EZKL_MALFORMED);
            list.push_back(query);
        }
    }
    for (std::size_t left = count(MAX_NODES); left > 0 && good(); --left)
        c.expressions.values.push_back(scalar());
    for (std::size_t left = count(MAX_NODES); left > 0 && good(); --left)
        node();
    tuple(c.gates, MAX_GATES);
    std::uint64_t inputs = MAX_INPUTS;
    for (std::size_t left = count(MAX_ARGUMENTS); left > 0 && good(); --left) {
        Argument& argument = c.arguments.emplace_back();
        row(argument.table);
        const std::size_t own = count(inputs);
        for (inputs -= own; argument.inputs.size() < own && good();)
            row(argument.inputs.emplace_back());
    }
    for (std::size_t left = count(MAX_ADVICE + MAX_FIXED + 1); left > 0 && good(); --left) {
        const std::uint8_t kind = byte();
        if (kind >= COLUMN_KINDS)
            fail(ErrorCode::EZKL_MALFORMED);
        if (!good())
            break;
        const Column column{static_cast<ColumnKind>(kind),
                            static_cast<std::uint32_t>(number(c.columns[kind]))};
        // Its value is an opening: the column must be asked for where it stands.
        const auto& list = c.queries[kind];
        if (std::find(list.begin(), list.end(), Query{column.index, 0}) == list.end())
            fail(ErrorCode::EZKL_MALFORMED);
        c.permutation.push_back(column);
    }
    c.hashes = number(MAX_INSTANCES + 1);
    for (std::size_t left = count(MAX_INSTANCES); left > 0 && good(); --left) {
        const std::uint64_t size = number(MAX_INSTANCES + 1);
        c.tensors.push_back({size, signed_number()});
    }
    c.instances = number(MAX_INSTANCES + 1);
    const BytesView version = bytes(count(MAX_VERSION));
    c.version = as_text(version);
    for (std::size_t left = count(MAX_DIGESTS); left > 0 && good(); --left)
        c.digests.push_back(fr_from(scalar()));
    if (c.digests.empty())
        fail(ErrorCode::EZKL_MALFORMED);
    points(c.fixed, c.columns[1]);
    points(c.sigma, c.permutation.size());
    if (good() && !reader_.at_end())
        fail(ErrorCode::ZK_TRAILING_BYTES);
    if (!good())
        return Error{failure_, "descriptor"};
    out.circuit = std::move(circuit_);
    return out;
}

} // namespace

Bytes write_descriptor(const Descriptor& descriptor) noexcept {
    return Writer{descriptor.circuit}.run(descriptor);
}

Result<Descriptor> read_descriptor(BytesView bytes) noexcept {
    if (bytes.size() > DESCRIPTOR_BYTES)
        return Error{ErrorCode::ZK_LIMIT, "descriptor"};
    return Reader{bytes}.run();
}

} // namespace assay::zk::ezkl
