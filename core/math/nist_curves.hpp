// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The curves P-256 and P-384 over the limbs of this build, compiled once, for speed.
#pragma once

#include "core/math/nist_primes.hpp"
#include "core/math/weierstrass.hpp"

namespace assay::math {

extern template class Weierstrass<P256>;
extern template class Weierstrass<P384>;

} // namespace assay::math
