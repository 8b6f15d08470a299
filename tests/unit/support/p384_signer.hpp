// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Makes P-384 signatures for tests, with keys and nonces from a seed: the same bytes in every run.
// Not for any other use: who knows the seed knows the key.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstdint>

namespace assay::test {

class P384Signer {
public:
    explicit P384Signer(std::uint8_t seed);

    /// 04 || x || y
    [[nodiscard]] const Bytes& public_key() const { return public_key_; }
    /// r || s over SHA-384 of @p message.
    [[nodiscard]] Bytes sign(BytesView message) const;
    /// The same as Ecdsa-Sig-Value, DER.
    [[nodiscard]] Bytes sign_der(BytesView message) const;

private:
    Bytes private_key_;
    Bytes public_key_;
};

} // namespace assay::test
