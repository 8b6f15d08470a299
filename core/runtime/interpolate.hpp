// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Weights of cubic interpolation.
#pragma once

#include <array>

namespace assay::runtime {

/// @return the weights of the four elements around a point @p fraction past the second (Keys).
[[nodiscard]] inline std::array<double, 4> cubic_weights(double fraction, double a) noexcept {
    const auto near = [a](double d) noexcept { return ((a + 2) * d - (a + 3)) * d * d + 1; };
    const auto far = [a](double d) noexcept { return ((a * d - 5 * a) * d + 8 * a) * d - 4 * a; };
    return {far(1 + fraction), near(fraction), near(1 - fraction), far(2 - fraction)};
}

} // namespace assay::runtime
