// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Weighted sums along one axis, which Resize is made of. Of float and double.
#pragma once

#include <cstddef>
#include <vector>

namespace assay::runtime {

/// The elements that each output element of an axis is made of, and how much of them.
template <typename T>
class AxisTaps {
public:
    void add(std::size_t first, const std::vector<double>& weights);

    /// @param from  row-major: any number of times @p in elements of @p inner each
    [[nodiscard]] std::vector<T> apply(const std::vector<T>& from, std::size_t in,
                                       std::size_t inner) const;

private:
    struct Row {
        std::size_t first;
        std::size_t weights; ///< where they begin
        std::size_t count;
    };

    std::vector<Row> rows_;
    std::vector<T> weights_;
    bool copies_ = true; ///< every row is one element as it is
};

} // namespace assay::runtime
