// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/axis_taps.hpp"

#include <algorithm>

namespace assay::runtime {

template <typename T>
void AxisTaps<T>::add(std::size_t first, const std::vector<double>& weights) {
    rows_.push_back({first, weights_.size(), weights.size()});
    for (const double weight : weights) {
        weights_.push_back(static_cast<T>(weight));
    }
    copies_ = copies_ && weights.size() == 1 && weights[0] == 1;
}

template <typename T>
std::vector<T> AxisTaps<T>::apply(const std::vector<T>& from, std::size_t in,
                                  std::size_t inner) const {
    const std::size_t outer = from.size() / (in * inner);
    std::vector<T> to(outer * rows_.size() * inner);
    T* out = to.data();
    for (std::size_t o = 0; o < outer; ++o) {
        const T* line = from.data() + o * in * inner;
        for (const Row& row : rows_) {
            const T* first = line + row.first * inner;
            const T* weights = weights_.data() + row.weights;
            if (inner == 1) {
                *out = copies_ ? *first : weights[0] * *first;
                for (std::size_t t = 1; t < row.count; ++t) {
                    *out += weights[t] * first[t];
                }
            } else if (copies_) {
                std::copy_n(first, inner, out);
            } else {
                for (std::size_t t = 0; t < row.count; ++t) {
                    for (std::size_t i = 0; i < inner; ++i) {
                        out[i] += weights[t] * first[t * inner + i];
                    }
                }
            }
            out += inner;
        }
    }
    return to;
}

template class AxisTaps<float>;
template class AxisTaps<double>;

} // namespace assay::runtime
