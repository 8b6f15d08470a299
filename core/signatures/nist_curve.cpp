// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/nist_curve.hpp"

#include <mbedtls/ecp.h>

namespace assay::signatures {

bool is_point_on_curve(NistCurve curve, BytesView point) noexcept {
    constexpr std::uint8_t UNCOMPRESSED = 0x04;
    const bool p256 = curve == NistCurve::p256;
    const std::size_t coordinate = p256 ? 32 : 48;
    if (point.size() != 1 + 2 * coordinate || point[0] != UNCOMPRESSED) {
        return false;
    }
    mbedtls_ecp_group group;
    mbedtls_ecp_point q;
    mbedtls_ecp_group_init(&group);
    mbedtls_ecp_point_init(&q);
    const bool on_curve =
        mbedtls_ecp_group_load(&group,
                               p256 ? MBEDTLS_ECP_DP_SECP256R1 : MBEDTLS_ECP_DP_SECP384R1) == 0 &&
        mbedtls_ecp_point_read_binary(&group, &q, point.data(), point.size()) == 0 &&
        mbedtls_ecp_check_pubkey(&group, &q) == 0;
    mbedtls_ecp_point_free(&q);
    mbedtls_ecp_group_free(&group);
    return on_curve;
}

} // namespace assay::signatures
