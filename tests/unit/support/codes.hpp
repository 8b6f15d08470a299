// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Results as text, so that a failed comparison prints the code.
#pragma once

#include "core/base/result.hpp"

#include <string>

namespace assay::test {

template <typename T>
[[nodiscard]] std::string outcome(const Result<T>& result) {
    return result ? "OK" : std::string{info(result.error().code).name};
}

} // namespace assay::test
