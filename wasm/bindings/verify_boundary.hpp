// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the bindings of verify.wasm share; defined in verify_bindings.cpp.
#pragma once

#include "wasm/bindings/boundary.hpp"

namespace assay::wasm {

extern Arena arena;
extern TextResult verdict;

} // namespace assay::wasm
