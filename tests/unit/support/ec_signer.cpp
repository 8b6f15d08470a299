// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/ec_signer.hpp"

#include "core/hash/sha2.hpp"

#include "tests/unit/support/encode.hpp"

#include <mbedtls/ecdsa.h>
#include <mbedtls/ecp.h>

#include <cstdlib>

namespace assay::test {
namespace {

using signatures::NistCurve;

/// "Random" numbers: SHA-384 of a counter.
struct Counter {
    std::uint32_t next = 0;

    static int fill(void* self, unsigned char* out, std::size_t size) {
        auto& counter = *static_cast<Counter*>(self);
        while (size > 0) {
            const std::uint32_t n = counter.next++;
            const Bytes input = {'r', static_cast<std::uint8_t>(n >> 8),
                                 static_cast<std::uint8_t>(n)};
            const auto block = hash::sha384(input);
            const std::size_t take = size < block.size() ? size : block.size();
            for (std::size_t i = 0; i < take; ++i) {
                *out++ = block[i];
            }
            size -= take;
        }
        return 0;
    }
};

/// The library's objects of one operation.
struct Curve {
    mbedtls_ecp_group group;
    mbedtls_ecp_point point;
    mbedtls_mpi d, r, s;
    Counter random;

    explicit Curve(NistCurve curve) {
        mbedtls_ecp_group_init(&group);
        mbedtls_ecp_point_init(&point);
        for (mbedtls_mpi* number : {&d, &r, &s}) {
            mbedtls_mpi_init(number);
        }
        check(mbedtls_ecp_group_load(&group, curve == NistCurve::p256 ? MBEDTLS_ECP_DP_SECP256R1
                                                                      : MBEDTLS_ECP_DP_SECP384R1));
    }
    Curve(const Curve&) = delete;
    Curve& operator=(const Curve&) = delete;
    ~Curve() {
        for (mbedtls_mpi* number : {&d, &r, &s}) {
            mbedtls_mpi_free(number);
        }
        mbedtls_ecp_point_free(&point);
        mbedtls_ecp_group_free(&group);
    }

    static void check(int result) {
        if (result != 0) {
            std::abort(); // a broken tool, not a failed test
        }
    }
};

} // namespace

std::size_t EcSigner::scalar_bytes() const {
    return curve_ == NistCurve::p256 ? 32 : 48;
}

Bytes EcSigner::digest(BytesView message) const {
    if (curve_ == NistCurve::p256) {
        return bytes_of(hash::sha256(message));
    }
    return bytes_of(hash::sha384(message));
}

EcSigner::EcSigner(NistCurve which, std::uint8_t seed) : curve_{which} {
    public_key_.resize(1 + 2 * scalar_bytes());
    private_key_ = digest(Bytes{'k', seed});
    private_key_[0] &= 0x7f; // below the order
    Curve curve{curve_};
    Curve::check(mbedtls_mpi_read_binary(&curve.d, private_key_.data(), private_key_.size()));
    Curve::check(mbedtls_ecp_mul(&curve.group, &curve.point, &curve.d, &curve.group.G,
                                 Counter::fill, &curve.random));
    std::size_t written = 0;
    Curve::check(mbedtls_ecp_point_write_binary(&curve.group, &curve.point,
                                                MBEDTLS_ECP_PF_UNCOMPRESSED, &written,
                                                public_key_.data(), public_key_.size()));
}

Bytes EcSigner::sign(BytesView message) const {
    const Bytes hash = digest(message);
    const std::size_t size = scalar_bytes();
    Curve curve{curve_};
    curve.random.next = hash[0] * 256U + hash[1];
    Curve::check(mbedtls_mpi_read_binary(&curve.d, private_key_.data(), private_key_.size()));
    Curve::check(mbedtls_ecdsa_sign(&curve.group, &curve.r, &curve.s, &curve.d, hash.data(),
                                    hash.size(), Counter::fill, &curve.random));
    Bytes out(2 * size);
    Curve::check(mbedtls_mpi_write_binary(&curve.r, out.data(), size));
    Curve::check(mbedtls_mpi_write_binary(&curve.s, out.data() + size, size));
    return out;
}

Bytes EcSigner::sign_der(BytesView message) const {
    const Bytes raw = sign(message);
    return der_nested(0x30, {der_integer(BytesView{raw}.first(scalar_bytes())),
                             der_integer(BytesView{raw}.last(scalar_bytes()))});
}

} // namespace assay::test
