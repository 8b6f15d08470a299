// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Counts the calls of operator new in this program.
#pragma once

#include <cstddef>

namespace assay::test {

[[nodiscard]] std::size_t allocations() noexcept;

} // namespace assay::test
