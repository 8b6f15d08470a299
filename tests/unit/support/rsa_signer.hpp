// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Makes RSA-PSS signatures for tests with a fixed 2048-bit key and one of 4096 bits, whose factors
// stand in the source: nothing may ever trust them. The salts come from a counter, so every run
// gives the same bytes.
#pragma once

#include "core/base/bytes_view.hpp"

namespace assay::test {

/// n, big-endian.
[[nodiscard]] Bytes rsa_modulus();
/// SubjectPublicKeyInfo in DER of the key, or of another public key.
[[nodiscard]] Bytes rsa_spki();
[[nodiscard]] Bytes rsa_spki(BytesView modulus, BytesView exponent);
/// RSASSA-PSS with SHA-256 over @p message.
[[nodiscard]] Bytes rsa_pss_sign(BytesView message, int salt_size = 32);

/// SubjectPublicKeyInfo in DER of the 4096-bit key.
[[nodiscard]] Bytes rsa4096_spki();
/// RSASSA-PSS with SHA-384 over @p message under that key.
[[nodiscard]] Bytes rsa4096_pss_sha384_sign(BytesView message, int salt_size = 48);

} // namespace assay::test
