// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/math/nist_curves.hpp"

namespace assay::math {

template class Weierstrass<P256>;
template class Weierstrass<P384>;

} // namespace assay::math
