// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Refused: could not convert|cannot convert|no matching function|no viable conversion
#include "core/signatures/secp256k1.hpp"

using namespace assay;

bool caller(BytesView digest, BytesView signature) {
#ifdef ALLOWED
    return signatures::recover_address(digest, signature, signatures::LowS::strict).has_value();
#else
    return signatures::recover_address(digest, signature, true).has_value();
#endif
}
