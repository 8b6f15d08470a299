// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a certificate, and as an ECDSA signature. What we and mbedTLS both take as one
// certificate must have the same parts. That one of us refuses it is no difference: we take strict
// DER only, and mbedTLS knows fewer algorithms, curves and extensions.
#include "core/attestation/x509.hpp"
#include "core/bytes/civil_time.hpp"
#include "core/signatures/ecdsa_der.hpp"

#include <mbedtls/x509_crt.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace assay;

void require(bool holds) {
    if (!holds)
        std::abort();
}

BytesView view_of(const mbedtls_x509_buf& buffer) {
    return {buffer.p, buffer.len};
}

bool same(BytesView a, BytesView b) {
    return std::ranges::equal(a, b);
}

std::int64_t seconds_of(const mbedtls_x509_time& time) {
    const auto seconds =
        bytes::unix_seconds({time.year, time.mon, time.day, time.hour, time.min, time.sec});
    require(seconds.has_value());
    return *seconds;
}

void compare(const attestation::Certificate& ours, const mbedtls_x509_crt& theirs) {
    require(ours.version == static_cast<std::uint64_t>(theirs.version));
    require(same(ours.tbs, view_of(theirs.tbs)) && same(ours.serial, view_of(theirs.serial)));
    require(same(ours.issuer, view_of(theirs.issuer_raw)) &&
            same(ours.subject, view_of(theirs.subject_raw)));
    require(same(ours.key_info, view_of(theirs.pk_raw)));
    require(ours.signature.unused == 0 &&
            same(ours.signature.bytes, view_of(theirs.MBEDTLS_PRIVATE(sig))));
    require(ours.not_before == seconds_of(theirs.valid_from) &&
            ours.not_after == seconds_of(theirs.valid_to));
    const auto& constraints = ours.extensions.basic_constraints;
    require((constraints && constraints->ca) == (theirs.MBEDTLS_PRIVATE(ca_istrue) != 0));
    // Theirs is one more, and 0 for none.
    if (constraints && constraints->path_length)
        require(*constraints->path_length + 1 ==
                static_cast<std::uint64_t>(theirs.MBEDTLS_PRIVATE(max_pathlen)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView der{data, size};
    static_cast<void>(signatures::ecdsa_der_to_raw(der, 48));
    const auto certificate = attestation::parse_certificate(der);
    if (!certificate)
        return 0;
    require(certificate->tbs.size() < size); // the signed part lies inside
    mbedtls_x509_crt theirs;
    mbedtls_x509_crt_init(&theirs);
    if (mbedtls_x509_crt_parse_der(&theirs, data, size) == 0)
        compare(*certificate, theirs);
    mbedtls_x509_crt_free(&theirs);
    return 0;
}
