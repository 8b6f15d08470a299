// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Refused: could not convert|invalid initialization|no matching function|no viable conversion
#include "core/attestation/nitro.hpp"

void trust(const assay::attestation::VerifiedNitroDocument& document);

#ifdef ALLOWED
void caller(const assay::attestation::VerifiedNitroDocument& document) {
    trust(document);
}
#else
void caller(const assay::attestation::GenuineNitroDocument& document) {
    trust(document);
}
#endif
