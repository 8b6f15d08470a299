// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/shplonk.hpp"

#include <algorithm>

namespace assay::zk::ezkl {
namespace {

/// A set of rotations, sorted, with what belongs to it.
struct RotationSet {
    std::vector<std::int32_t> rotations;
    std::vector<std::size_t> slots;
    std::vector<Fr> basis; ///< Lagrange's polynomials over the points, at u
    Fr outside;            ///< product of u - a over the points of the other sets only
};

/// w^rotation x
Fr point_at(const Shplonk::Challenges& challenges, const Fr& root_inverse,
            std::int32_t rotation) noexcept {
    const Fr& base = rotation < 0 ? root_inverse : challenges.root;
    return challenges.x *
           power(base, static_cast<std::uint64_t>(rotation < 0 ? -rotation : rotation));
}

} // namespace

std::size_t Shplonk::reserve(std::span<const G1> points) noexcept {
    const std::size_t first = slots_.size();
    for (const G1& point : points)
        slots_.push_back({{{point, fr_one()}}, {}});
    return first;
}

std::size_t Shplonk::reserve_sum(std::span<const G1> points, const Fr& power) noexcept {
    Slot slot;
    Fr factor = fr_one();
    for (const G1& point : points) {
        slot.terms.push_back({point, factor});
        factor = factor * power;
    }
    slots_.push_back(std::move(slot));
    return slots_.size() - 1;
}

void Shplonk::open(std::size_t slot, std::int32_t rotation, const Fr& value) noexcept {
    auto& openings = slots_[slot].openings;
    if (openings.empty())
        order_.push_back(slot);
    const auto at = std::find_if(openings.begin(), openings.end(),
                                 [&](const Opening& each) { return each.rotation >= rotation; });
    openings.insert(at, {rotation, value});
}

std::optional<Shplonk::Combined> Shplonk::combine(const Challenges& challenges) const noexcept {
    if (challenges.x.is_zero())
        return std::nullopt; // all points would be one
    std::vector<RotationSet> sets;
    std::vector<std::int32_t> all;
    for (const std::size_t slot : order_) {
        std::vector<std::int32_t> rotations;
        for (const Opening& opening : slots_[slot].openings) {
            rotations.push_back(opening.rotation);
            if (std::find(all.begin(), all.end(), opening.rotation) == all.end())
                all.push_back(opening.rotation);
        }
        auto set = std::find_if(sets.begin(), sets.end(), [&](const RotationSet& each) {
            return each.rotations == rotations;
        });
        if (set == sets.end())
            set = sets.insert(sets.end(), RotationSet{std::move(rotations), {}, {}, fr_one()});
        set->slots.push_back(slot);
    }

    const Fr root_inverse = invert(challenges.root);
    const auto gap = [&](std::int32_t rotation) { // u - a
        return subtract(challenges.u, point_at(challenges, root_inverse, rotation));
    };
    std::vector<Fr> inverses; // of each set's basis denominators, then of the first set's outside
    for (RotationSet& set : sets) {
        for (const std::int32_t own : set.rotations) {
            Fr numerator = fr_one();
            Fr denominator = fr_one();
            const Fr point = point_at(challenges, root_inverse, own);
            for (const std::int32_t other : set.rotations) {
                if (other == own)
                    continue;
                numerator = numerator * gap(other);
                denominator =
                    denominator * subtract(point, point_at(challenges, root_inverse, other));
            }
            set.basis.push_back(numerator);
            inverses.push_back(denominator);
        }
        for (const std::int32_t rotation : all) {
            if (std::find(set.rotations.begin(), set.rotations.end(), rotation) ==
                set.rotations.end())
                set.outside = set.outside * gap(rotation);
        }
    }
    inverses.push_back(sets[0].outside);
    if (!invert_all(inverses))
        return std::nullopt;

    Combined out{{}, fr_zero(), fr_one()};
    for (const std::int32_t rotation : sets[0].rotations)
        out.w1_factor = out.w1_factor * gap(rotation);
    Fr set_power = fr_one();
    std::size_t at = 0;
    for (RotationSet& set : sets) {
        for (Fr& basis : set.basis)
            basis = basis * inverses[at++];
        Fr factor = set_power * set.outside * inverses.back();
        for (const std::size_t index : set.slots) {
            const Slot& slot = slots_[index];
            Fr value = fr_zero();
            for (std::size_t i = 0; i < slot.openings.size(); ++i)
                value = shrink(value + slot.openings[i].value * set.basis[i]);
            out.constant = shrink(out.constant + factor * value);
            for (const Term& term : slot.terms)
                out.terms.push_back({term.point, term.scalar * factor});
            factor = factor * challenges.y;
        }
        set_power = set_power * challenges.v;
    }
    return out;
}

} // namespace assay::zk::ezkl
