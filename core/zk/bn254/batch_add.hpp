// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Many sums of affine points at once: every round adds pairs in all of them and shares one
/// inversion, so that an addition costs 6 products instead of 11.
#pragma once

#include "core/zk/bn254/groups.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::zk {

class BucketSums {
public:
    /// @param points must outlive this object; none is infinity
    /// @param entries about as many as will be put
    BucketSums(std::size_t buckets, std::span<const G1> points, std::size_t entries) noexcept;

    /// Adds points[point], or its opposite.
    void put(std::size_t bucket, std::size_t point, bool negative) noexcept;

    /// @return the sum of each bucket.
    [[nodiscard]] std::vector<G1> take() noexcept;

private:
    struct Entry {
        std::uint32_t bucket;
        std::uint32_t point;
        bool negative;
    };

    std::size_t buckets_;
    std::span<const G1> points_;
    std::vector<Entry> entries_;
};

} // namespace assay::zk
