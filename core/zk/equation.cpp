// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/equation.hpp"

#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <utility>

namespace assay::zk {
namespace {

bool same(const G2& a, const G2& b) noexcept {
    return (a.x - b.x).is_zero() && (a.y - b.y).is_zero();
}

} // namespace

bool Equation::holds() const noexcept {
    return product_is_one(fixed, pairs);
}

Fr Weights::next() noexcept {
    Hash32 index{};
    math::write_big_endian(Number{count_++}, index);
    hash::Keccak256 hash;
    hash.update(seed_);
    hash.update(index);
    const Number wide = math::read_big_endian<4>(hash.finish());
    return fr_from({wide[0], wide[1] | std::uint64_t{1} << 63, 0, 0}); // never zero
}

void Combination::add(const Equation& equation) noexcept {
    const Fr weight = weights_.next();
    for (const FixedPair& pair : equation.fixed)
        add({pair.q, G2{}, {}}, {pair.p, weight});
    for (const Pair& pair : equation.pairs)
        add({nullptr, pair.q, {}}, {pair.p, weight});
}

/// Points of an equation are not infinity in G2.
void Combination::add(Side side, const Term& term) noexcept {
    auto own = std::find_if(sides_.begin(), sides_.end(), [&](const Side& each) {
        return each.fixed == side.fixed &&
               (side.fixed || same(each.free.point(), side.free.point()));
    });
    if (own == sides_.end())
        own = sides_.insert(sides_.end(), std::move(side));
    own->terms.push_back(term);
}

bool Combination::holds() && noexcept {
    Equation all;
    for (Side& side : sides_) {
        const G1 sum = sum_of(side.terms);
        if (side.fixed)
            all.fixed.push_back({sum, side.fixed});
        else
            all.pairs.push_back({sum, std::move(side.free)});
    }
    return all.holds();
}

} // namespace assay::zk
