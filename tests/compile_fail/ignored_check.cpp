// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Refused: nodiscard|ignoring return
#include "core/base/result.hpp"

assay::Result<void> check() noexcept;

void caller() {
#ifdef ALLOWED
    if (!check()) {
        return;
    }
#else
    check();
#endif
}
