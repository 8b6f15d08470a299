// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/p384.hpp"

#include "core/bytes/der.hpp"
#include "core/hash/sha2.hpp"
#include "core/signatures/nist_curve.hpp"

#include <mbedtls/ecdsa.h>
#include <mbedtls/ecp.h>

#include <algorithm>

namespace assay::signatures {
namespace {

constexpr std::size_t SCALAR_BYTES = P384_SIGNATURE_BYTES / 2;

/// Order of the group (SP 800-186 §3.2.1.4), the same value as the library's.
constexpr std::array<std::uint8_t, SCALAR_BYTES> ORDER = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf,
    0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a, 0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73};

bool is_scalar(BytesView value) {
    const bool zero = std::all_of(value.begin(), value.end(), [](auto byte) { return byte == 0; });
    return !zero &&
           std::lexicographical_compare(value.begin(), value.end(), ORDER.begin(), ORDER.end());
}

/// The equation alone: key and scalars were judged before.
bool equation_holds(BytesView public_key, BytesView message, BytesView signature) {
    const auto digest = hash::sha384(message);
    mbedtls_ecp_group group;
    mbedtls_ecp_point q;
    mbedtls_mpi r;
    mbedtls_mpi s;
    mbedtls_ecp_group_init(&group);
    mbedtls_ecp_point_init(&q);
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
    const bool holds =
        mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP384R1) == 0 &&
        mbedtls_ecp_point_read_binary(&group, &q, public_key.data(), public_key.size()) == 0 &&
        mbedtls_mpi_read_binary(&r, signature.data(), SCALAR_BYTES) == 0 &&
        mbedtls_mpi_read_binary(&s, signature.data() + SCALAR_BYTES, SCALAR_BYTES) == 0 &&
        mbedtls_ecdsa_verify(&group, digest.data(), digest.size(), &q, &r, &s) == 0;
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    mbedtls_ecp_point_free(&q);
    mbedtls_ecp_group_free(&group);
    return holds;
}

} // namespace

Result<void> verify_p384(BytesView public_key, BytesView message, BytesView signature) noexcept {
    if (!is_point_on_curve(NistCurve::p384, public_key) ||
        signature.size() != P384_SIGNATURE_BYTES) {
        return ErrorCode::SIGNATURE_MALFORMED;
    }
    if (!has_p384_scalars(signature) || !equation_holds(public_key, message, signature)) {
        return ErrorCode::SIGNATURE_INVALID;
    }
    return Result<void>::ok();
}

bool has_p384_scalars(BytesView signature) noexcept {
    return signature.size() == P384_SIGNATURE_BYTES && is_scalar(signature.first(SCALAR_BYTES)) &&
           is_scalar(signature.last(SCALAR_BYTES));
}

std::optional<P384Signature> p384_signature_from_der(BytesView der) noexcept {
    const auto sequence = bytes::der_whole(der, bytes::der_tag::SEQUENCE);
    if (!sequence) {
        return std::nullopt;
    }
    P384Signature signature{};
    bytes::DerCursor fields{sequence->content};
    for (const std::size_t end : {SCALAR_BYTES, P384_SIGNATURE_BYTES}) {
        const auto field = fields.read(bytes::der_tag::INTEGER);
        const auto magnitude = field ? bytes::der_unsigned(field->content) : std::nullopt;
        if (!magnitude || magnitude->size() > SCALAR_BYTES) {
            return std::nullopt;
        }
        std::copy_backward(magnitude->begin(), magnitude->end(),
                           signature.begin() + static_cast<std::ptrdiff_t>(end));
    }
    return fields.at_end() ? std::optional{signature} : std::nullopt;
}

bool CoreP384Verifier::verify(const P384Task& task) noexcept {
    return verify_p384(task.public_key, task.message, task.signature).has_value();
}

bool RecordingP384Verifier::verify(const P384Task& task) noexcept {
    const auto copy = [](BytesView view) { return Bytes(view.begin(), view.end()); };
    records_.push_back({copy(task.public_key), copy(task.message), copy(task.signature)});
    return true;
}

bool ReplayP384Verifier::verify(const P384Task&) noexcept {
    if (next_ == results_.size()) {
        exhausted_ = true;
        return false;
    }
    return results_[next_++] == 1;
}

} // namespace assay::signatures
