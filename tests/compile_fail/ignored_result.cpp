// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Refused: nodiscard|ignoring return
#include "core/base/result.hpp"

assay::Result<int> parse() noexcept;

void caller() {
#ifdef ALLOWED
    if (!parse()) {
        return;
    }
#else
    parse();
#endif
}
