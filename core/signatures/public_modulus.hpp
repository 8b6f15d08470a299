// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The one instance of the run-time modulus: of RSA keys and, as its code is there, of curve orders.
#pragma once

#include "core/math/modulus.hpp"

#include <cstddef>

namespace assay::signatures {

inline constexpr std::size_t MAX_MODULUS_BITS = 8192; // receipt.md §6
using PublicModulus = math::Modulus<math::RunTimeLimbs<MAX_MODULUS_BITS>>;

} // namespace assay::signatures
