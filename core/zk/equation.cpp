// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/equation.hpp"

#include "core/hash/keccak256.hpp"

#include <algorithm>

namespace assay::zk {

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
        add({pair.q, {}, {}}, {pair.p, weight});
    for (const Pair& pair : equation.pairs)
        add({nullptr, pair.q, {}}, {pair.p, weight});
}

/// Points of an equation are not infinity in G2.
void Combination::add(const Side& side, const Term& term) noexcept {
    auto own = std::find_if(sides_.begin(), sides_.end(), [&](const Side& each) {
        return each.fixed == side.fixed &&
               (side.fixed != nullptr ||
                ((each.free.x - side.free.x).is_zero() && (each.free.y - side.free.y).is_zero()));
    });
    if (own == sides_.end())
        own = sides_.insert(sides_.end(), side);
    own->terms.push_back(term);
}

bool Combination::holds() const noexcept {
    Equation all;
    for (const Side& side : sides_) {
        const G1 sum = sum_of(side.terms);
        if (side.fixed != nullptr)
            all.fixed.push_back({sum, side.fixed});
        else
            all.pairs.push_back({sum, side.free});
    }
    return all.holds();
}

} // namespace assay::zk
