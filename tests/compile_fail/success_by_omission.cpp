// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Refused: no matching function|no matching constructor
#include "core/base/result.hpp"

assay::Result<void> caller() {
#ifdef ALLOWED
    assay::Result<void> result = assay::Result<void>::ok();
#else
    assay::Result<void> result;
#endif
    return result;
}
