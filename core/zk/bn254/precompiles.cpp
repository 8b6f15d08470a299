// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/bn254/precompiles.hpp"

#include "core/zk/bn254/pairing.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace assay::zk {
namespace {

constexpr std::size_t WORD = 32;
constexpr std::size_t PAIR = 6 * WORD;

template <std::size_t SIZE>
std::array<std::uint8_t, SIZE> fitted(BytesView input) noexcept {
    std::array<std::uint8_t, SIZE> out{};
    std::copy_n(input.begin(), std::min(SIZE, input.size()), out.begin());
    return out;
}

Number word_at(BytesView bytes, std::size_t index) noexcept {
    return math::read_big_endian<4>(bytes.subspan(index * WORD, WORD));
}

std::optional<G1> point_at(BytesView bytes, std::size_t index) noexcept {
    const Number x = word_at(bytes, index);
    const Number y = word_at(bytes, index + 1);
    if (math::is_zero(x) && math::is_zero(y))
        return G1{};
    return g1_from(x, y);
}

std::optional<PreparedG2> twist_point_at(BytesView bytes, std::size_t index) noexcept {
    const Fp2Number x = {word_at(bytes, index + 1), word_at(bytes, index)};
    const Fp2Number y = {word_at(bytes, index + 3), word_at(bytes, index + 2)};
    if (math::is_zero(x[0]) && math::is_zero(x[1]) && math::is_zero(y[0]) && math::is_zero(y[1]))
        return PreparedG2{G2{}};
    return g2_from(x, y);
}

} // namespace

std::optional<G1Bytes> ecadd(BytesView input) noexcept {
    const auto bytes = fitted<4 * WORD>(input);
    const auto a = point_at(bytes, 0);
    const auto b = point_at(bytes, 2);
    if (!a || !b)
        return std::nullopt;
    G1Sum sum{*a};
    add(sum, *b);
    return to_bytes(to_affine(sum));
}

std::optional<G1Bytes> ecmul(BytesView input) noexcept {
    const auto bytes = fitted<3 * WORD>(input);
    const auto a = point_at(bytes, 0);
    if (!a)
        return std::nullopt;
    return to_bytes(to_affine(multiply(*a, word_at(bytes, 2))));
}

std::optional<bool> ecpairing(BytesView input) noexcept {
    if (input.size() % PAIR != 0 || input.size() / PAIR > MAX_PAIRS)
        return std::nullopt;
    std::vector<Pair> pairs;
    for (; !input.empty(); input = input.subspan(PAIR)) {
        const auto p = point_at(input, 0);
        auto q = twist_point_at(input, 2);
        if (!p || !q)
            return std::nullopt;
        if (!p->infinity && !q->point().infinity) // those that count
            pairs.push_back({*p, *std::move(q)});
    }
    return product_is_one({}, pairs);
}

} // namespace assay::zk
