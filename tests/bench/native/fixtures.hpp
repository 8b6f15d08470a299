// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Inputs of the native benchmarks, from the committed vectors and sample evidence.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace assay::bench {

struct SignatureFixture {
    Bytes key;
    Bytes message; ///< or the digest, for ECDSA over secp256k1
    Bytes signature;
};

struct RecoveryFixture {
    Bytes digest;
    Bytes v;
    Bytes r;
    Bytes s;
};

struct EvidenceFixture {
    std::string request;
    std::string response;
    Bytes document;
    Bytes key;
    std::string pinned_options; ///< verify_receipt() with the key alone
    std::string nitro_options;  ///< verify_nitro()
    Bytes root_der;
};

/// All of them end the program with a message when a file is not there or not as expected.
[[nodiscard]] const EvidenceFixture& evidence();
/// A conversation of 100 kB whose receipt is made here; no document.
[[nodiscard]] EvidenceFixture long_receipt();
[[nodiscard]] SignatureFixture ecdsa_fixture();
[[nodiscard]] RecoveryFixture recovery_fixture();
[[nodiscard]] SignatureFixture rsa_fixture();
[[nodiscard]] SignatureFixture p384_fixture();

} // namespace assay::bench
