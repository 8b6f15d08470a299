// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Refused: private
#include "core/attestation/nitro.hpp"

#include <utility>

using namespace assay::attestation;

#ifdef ALLOWED
VerifiedNitroDocument caller(VerifiedNitroDocument document) {
    return document;
}
#else
VerifiedNitroDocument caller(GenuineNitroDocument document) {
    return VerifiedNitroDocument{std::move(document)};
}
#endif
