// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The arithmetic itself, built for speed: CMakeLists.txt.
#include "core/zk/bn254/primes.hpp"

namespace assay::math {
#if ASSAY_USES_LIMBS_64
template struct Field64<zk::FpPrime>;
template struct Field64<zk::FrPrime>;
#else
template struct LazyLimbs<zk::FpPrime, 29>;
template struct LazyLimbs<zk::FrPrime, 29>;
template struct Field29<zk::FpPrime>;
template struct Field29<zk::FrPrime>;
#endif
} // namespace assay::math
