// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Refused: no matching function|no matching constructor
#include "core/base/result.hpp"

assay::Result<int> caller() {
#ifdef ALLOWED
    assay::Result<int> result{1};
#else
    assay::Result<int> result;
#endif
    return result;
}
