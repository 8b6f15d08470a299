// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Makes ECDSA signatures for tests, with keys and nonces from a seed: the same bytes in every run.
// Not for any other use: who knows the seed knows the key.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/signatures/nist_curve.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::test {

/// P-256 with SHA-256, P-384 with SHA-384.
class EcSigner {
public:
    EcSigner(signatures::NistCurve curve, std::uint8_t seed);

    /// 04 || x || y
    [[nodiscard]] const Bytes& public_key() const { return public_key_; }
    /// r || s over the hash of @p message.
    [[nodiscard]] Bytes sign(BytesView message) const;
    /// The same as Ecdsa-Sig-Value, DER.
    [[nodiscard]] Bytes sign_der(BytesView message) const;

private:
    [[nodiscard]] std::size_t scalar_bytes() const;
    [[nodiscard]] Bytes digest(BytesView message) const;

    signatures::NistCurve curve_;
    Bytes private_key_;
    Bytes public_key_;
};

class P384Signer : public EcSigner {
public:
    explicit P384Signer(std::uint8_t seed) : EcSigner{signatures::NistCurve::p384, seed} {}
};

class P256Signer : public EcSigner {
public:
    explicit P256Signer(std::uint8_t seed) : EcSigner{signatures::NistCurve::p256, seed} {}
};

} // namespace assay::test
