// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/bn254/batch_add.hpp"

namespace assay::zk {
namespace {

/// The two points of a sum, and where it goes.
struct Addition {
    std::uint32_t first;
    std::uint32_t second;
    bool doubling;
};

/// Sums each pair into its first point. Opposite points and infinity do not occur in the list.
void add_pairs(std::vector<G1>& points, std::span<const Addition> list) noexcept {
    std::vector<Fp> before(list.size());
    std::vector<Fp> denominators(list.size());
    Fp all = fp_one();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const G1& p = points[list[i].first];
        const G1& q = points[list[i].second];
        denominators[i] =
            list[i].doubling ? Fp{shrink(math::times<2>(p.y))} : Fp{shrink(q.x - p.x)};
        before[i] = all;
        all = all * denominators[i];
    }
    Fp inverse = invert(all);
    for (std::size_t i = list.size(); i-- > 0;) {
        G1& p = points[list[i].first];
        const G1& q = points[list[i].second];
        const Fp own = inverse * before[i];
        inverse = inverse * denominators[i];
        const Fp slope =
            (list[i].doubling ? Fp{shrink(math::times<3>(square(p.x)))} : Fp{shrink(q.y - p.y)}) *
            own;
        const Fp x = shrink(square(slope) - p.x - q.x);
        p.y = shrink(slope * (p.x - x) - p.y);
        p.x = x;
    }
}

} // namespace

BucketSums::BucketSums(std::size_t buckets, std::span<const G1> points) noexcept
    : buckets_{buckets}, points_{points} {}

void BucketSums::put(std::size_t bucket, std::size_t point, bool negative) noexcept {
    entries_.push_back(
        {static_cast<std::uint32_t>(bucket), static_cast<std::uint32_t>(point), negative});
}

std::vector<G1> BucketSums::take() noexcept {
    // The points of a bucket side by side: counting sort.
    std::vector<std::uint32_t> start(buckets_ + 1);
    for (const Entry& entry : entries_)
        ++start[entry.bucket + 1];
    for (std::size_t i = 0; i < buckets_; ++i)
        start[i + 1] += start[i];
    std::vector<std::uint32_t> end{start.begin(), start.end() - 1};
    std::vector<G1> points(entries_.size());
    for (const Entry& entry : entries_) {
        const G1& p = points_[entry.point];
        points[end[entry.bucket]++] = entry.negative ? -p : p;
    }
    // Each round halves every bucket.
    struct Move {
        std::uint32_t from;
        std::uint32_t to;
    };
    std::vector<Addition> list;
    std::vector<Move> moves;
    do {
        list.clear();
        moves.clear();
        for (std::size_t b = 0; b < buckets_; ++b) {
            std::uint32_t kept = start[b];
            for (std::uint32_t i = start[b]; i < end[b]; i += 2) {
                if (i + 1 < end[b]) {
                    const G1& p = points[i];
                    const G1& q = points[i + 1];
                    const bool same_x = (p.x - q.x).is_zero();
                    if (same_x && (p.y + q.y).is_zero())
                        continue; // opposite points
                    list.push_back({i, i + 1, same_x});
                }
                moves.push_back({i, kept++});
            }
            end[b] = kept;
        }
        add_pairs(points, list);
        for (const Move& move : moves)
            points[move.to] = points[move.from];
    } while (!list.empty());
    std::vector<G1> sums(buckets_);
    for (std::size_t b = 0; b < buckets_; ++b) {
        if (end[b] > start[b])
            sums[b] = points[start[b]];
    }
    return sums;
}

} // namespace assay::zk
