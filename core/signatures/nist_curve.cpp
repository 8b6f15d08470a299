// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/nist_curve.hpp"

#include <mbedtls/ecdsa.h>
#include <mbedtls/ecp.h>

#include <algorithm>

namespace assay::signatures {
namespace {

std::size_t bytes_of(NistCurve curve) {
    return curve == NistCurve::p256 ? 32 : 48;
}

/// The library's objects of one operation.
struct Group {
    mbedtls_ecp_group group;
    mbedtls_ecp_point q;
    mbedtls_mpi r, s;
    bool loaded;

    explicit Group(NistCurve curve) {
        mbedtls_ecp_group_init(&group);
        mbedtls_ecp_point_init(&q);
        mbedtls_mpi_init(&r);
        mbedtls_mpi_init(&s);
        loaded = mbedtls_ecp_group_load(&group, curve == NistCurve::p256
                                                    ? MBEDTLS_ECP_DP_SECP256R1
                                                    : MBEDTLS_ECP_DP_SECP384R1) == 0;
    }
    ~Group() {
        mbedtls_mpi_free(&s);
        mbedtls_mpi_free(&r);
        mbedtls_ecp_point_free(&q);
        mbedtls_ecp_group_free(&group);
    }
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

    bool read_point(BytesView point) {
        return loaded &&
               mbedtls_ecp_point_read_binary(&group, &q, point.data(), point.size()) == 0 &&
               mbedtls_ecp_check_pubkey(&group, &q) == 0;
    }
    bool read_scalar(mbedtls_mpi& out, BytesView bytes) {
        return loaded && mbedtls_mpi_read_binary(&out, bytes.data(), bytes.size()) == 0 &&
               mbedtls_mpi_cmp_int(&out, 1) >= 0 && mbedtls_mpi_cmp_mpi(&out, &group.N) < 0;
    }
    bool read_signature(BytesView signature) {
        return read_scalar(r, signature.first(signature.size() / 2)) &&
               read_scalar(s, signature.last(signature.size() / 2));
    }
};

bool is_point_form(NistCurve curve, BytesView point) {
    constexpr std::uint8_t UNCOMPRESSED = 0x04;
    return point.size() == 1 + 2 * bytes_of(curve) && point[0] == UNCOMPRESSED;
}

} // namespace

bool is_point_on_curve(NistCurve curve, BytesView point) noexcept {
    return is_point_form(curve, point) && Group{curve}.read_point(point);
}

bool has_nist_scalars(NistCurve curve, BytesView signature) noexcept {
    return signature.size() == 2 * bytes_of(curve) && Group{curve}.read_signature(signature);
}

Result<void> verify_nist_ecdsa(NistCurve curve, BytesView public_key, BytesView digest,
                               BytesView signature) noexcept {
    Group group{curve};
    if (!is_point_form(curve, public_key) || !group.read_point(public_key) ||
        digest.size() != bytes_of(curve) || signature.size() != 2 * bytes_of(curve))
        return ErrorCode::SIGNATURE_MALFORMED;
    if (!group.read_signature(signature) ||
        mbedtls_ecdsa_verify(&group.group, digest.data(), digest.size(), &group.q, &group.r,
                             &group.s) != 0)
        return ErrorCode::SIGNATURE_INVALID;
    return Result<void>::ok();
}

} // namespace assay::signatures
