// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/bn254/batch_add.hpp"

#include <algorithm>
#include <memory>

namespace assay::zk {
namespace {

/// Its coordinates are not set before they are known.
struct Point {
    Fp x, y;
    bool infinity;
};

/// p += q, and what the sums before it leave for the common inverse.
struct Addition {
    Point* p;
    const Point* q;
    bool doubling;
    Fp before;
    FpOf<2, 2 * STORED> denominator; ///< of the slope of the line through both
};

/// @param inverse of the denominator
void finish(const Addition& sum, const Fp& inverse) noexcept {
    Point& p = *sum.p;
    const Point& q = *sum.q;
    Fp slope;
    if (sum.doubling)
        multiply(slope, math::times<3>(square(p.x)), inverse);
    else
        multiply(slope, q.y - p.y, inverse);
    const auto x = math::shrunk<1, -1, -1>(square(slope), p.x, q.x);
    math::store<1, -1>(p.y, slope * (p.x - x), p.y);
    p.x = x;
}

/// The sums that one inversion is for.
class Round {
public:
    /// @param size no more sums are added
    explicit Round(std::size_t size) noexcept
        : sums_{std::make_unique_for_overwrite<Addition[]>(size)} {}

    /// p += q, at finish().
    void add(Point& p, const Point& q) noexcept {
        if (q.infinity)
            return;
        if (p.infinity) {
            p = q;
            return;
        }
        Addition& sum = sums_[count_];
        sum.denominator = q.x - p.x;
        sum.doubling = sum.denominator.is_zero();
        if (sum.doubling) {
            sum.denominator = p.y + q.y;
            if (sum.denominator.is_zero()) { // opposite points
                p.infinity = true;
                return;
            }
        }
        sum.p = &p;
        sum.q = &q;
        sum.before = all_;
        multiply(all_, all_, sum.denominator);
        ++count_;
    }

    void finish() noexcept {
        Fp inverse = invert(all_);
        while (count_ > 0) {
            const Addition& sum = sums_[--count_];
            Fp own;
            multiply(own, inverse, sum.before);
            multiply(inverse, inverse, sum.denominator);
            zk::finish(sum, own);
        }
        all_ = fp_one();
    }

private:
    std::unique_ptr<Addition[]> sums_;
    std::size_t count_ = 0;
    Fp all_ = fp_one(); ///< product of the denominators
};

} // namespace

BucketSums::BucketSums(std::size_t buckets, std::span<const G1> points,
                       std::size_t entries) noexcept
    : buckets_{buckets}, points_{points} {
    entries_.reserve(entries);
}

void BucketSums::put(std::size_t bucket, std::size_t point, bool negative) noexcept {
    entries_.push_back(
        {static_cast<std::uint32_t>(bucket), static_cast<std::uint32_t>(point), negative});
}

std::vector<G1> BucketSums::take() noexcept {
    // The points of a bucket side by side: counting sort.
    std::vector<std::uint32_t> start(buckets_ + 1);
    for (const Entry& entry : entries_)
        ++start[entry.bucket + 1];
    std::size_t longest = 0;
    for (std::size_t i = 0; i < buckets_; ++i) {
        longest = std::max<std::size_t>(longest, start[i + 1]);
        start[i + 1] += start[i];
    }
    std::vector<std::uint32_t> next = start;
    const auto points = std::make_unique_for_overwrite<Point[]>(entries_.size());
    for (const Entry& entry : entries_) {
        const G1& from = points_[entry.point];
        Point& to = points[next[entry.bucket]++];
        to.x = from.x;
        if (entry.negative)
            to.y = -from.y;
        else
            to.y = from.y;
        to.infinity = false;
    }
    // Each round halves every bucket: what is left lies twice as far apart.
    Round round{entries_.size() / 2};
    for (std::size_t step = 1; step < longest; step *= 2) {
        for (std::size_t b = 0; b < buckets_; ++b) {
            for (std::size_t i = start[b]; i + step < start[b + 1]; i += 2 * step)
                round.add(points[i], points[i + step]);
        }
        round.finish();
    }
    std::vector<G1> sums(buckets_);
    for (std::size_t b = 0; b < buckets_; ++b) {
        if (start[b + 1] == start[b])
            continue;
        const Point& sum = points[start[b]];
        if (!sum.infinity)
            sums[b] = {sum.x, sum.y, false};
    }
    return sums;
}

} // namespace assay::zk
