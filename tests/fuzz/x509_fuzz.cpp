// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a certificate, and as an ECDSA signature.
#include "core/attestation/x509.hpp"
#include "core/signatures/ecdsa_der.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::BytesView der{data, size};
    const auto certificate = assay::attestation::parse_certificate(der);
    if (certificate && certificate->tbs.size() >= size) {
        std::abort(); // the signed part lies inside
    }
    static_cast<void>(assay::signatures::ecdsa_der_to_raw(der, 48));
    return 0;
}
