// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/x509_builder.hpp"

#include "core/bytes/base64.hpp"

#include "tests/unit/support/ec_signer.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/rsa_signer.hpp"

namespace assay::test {
namespace {

/// One common name (2.5.4.3) as UTF8String.
Bytes name(const std::string& common) {
    const Bytes attribute = der_nested(0x30, {oid("550403"), der(0x0c, as_bytes(common))});
    return der_nested(0x30, {der_nested(0x31, {attribute})});
}

Bytes time_text(const std::string& text) {
    return text.empty() ? Bytes{} : der(text.size() == 13 ? 0x17 : 0x18, as_bytes(text));
}

Bytes sealed(const Bytes& tbs, const X509Signer& signer, const Bytes& outer_algorithm) {
    return der_nested(0x30, {tbs, outer_algorithm.empty() ? signer.algorithm : outer_algorithm,
                             der_bits(signer.sign(tbs))});
}

} // namespace

X509Signer p256_signer(std::uint8_t seed) {
    return {hex("300a 0608 2a8648ce3d040302"),
            [signer = P256Signer{seed}](BytesView message) { return signer.sign_der(message); }};
}

X509Signer pss_signer() {
    return {hex("3041 0609 2a864886f70d01010a 3034 a00f 300d 0609 608648016503040202 0500"
                "a11c 301a 0609 2a864886f70d010108 300d 0609 608648016503040202 0500"
                "a203 020130"),
            [](BytesView message) { return rsa4096_pss_sha384_sign(message); }};
}

Bytes p256_key_info(std::uint8_t seed) {
    return der_nested(0x30, {hex("3013 0607 2a8648ce3d0201 0608 2a8648ce3d030107"),
                             der_bits(P256Signer{seed}.public_key())});
}

Bytes p384_key_info(std::uint8_t seed) {
    return der_nested(0x30, {hex("3010 0607 2a8648ce3d0201 0605 2b81040022"),
                             der_bits(P384Signer{seed}.public_key())});
}

Bytes oid(const std::string& octets) {
    return der(0x06, hex(octets));
}

Bytes plain_extension(const std::string& octets, const Bytes& value) {
    return der_nested(0x30, {oid(octets), der(0x04, value)});
}

Bytes subject_key_id(const Bytes& id) {
    return plain_extension("551d0e", der(0x04, id));
}

Bytes authority_key_id(const Bytes& id) {
    return plain_extension("551d23", der_nested(0x30, {der(0x80, id)}));
}

Bytes make_x509(const X509Spec& spec) {
    const Bytes extensions =
        spec.extensions.empty() ? Bytes{} : der_nested(0xa3, {der_nested(0x30, spec.extensions)});
    const Bytes tbs =
        der_nested(0x30, {spec.version, spec.serial, spec.signer.algorithm, name(spec.issuer),
                          der_nested(0x30, {time_text(spec.not_before), time_text(spec.not_after)}),
                          name(spec.subject), spec.key_info, extensions});
    return sealed(tbs, spec.signer, spec.outer_algorithm);
}

Bytes make_crl(const CrlSpec& spec) {
    std::vector<Bytes> entries;
    for (const Bytes& serial : spec.serials) {
        entries.push_back(
            der_nested(0x30, {serial, time_text("251231230000Z"), spec.entry_extensions}));
    }
    const Bytes extensions =
        spec.extensions.empty() ? Bytes{} : der_nested(0xa0, {der_nested(0x30, spec.extensions)});
    const Bytes tbs =
        der_nested(0x30, {spec.version, spec.signer.algorithm, name(spec.issuer),
                          time_text(spec.this_update), time_text(spec.next_update),
                          entries.empty() ? Bytes{} : der_nested(0x30, entries), extensions});
    return sealed(tbs, spec.signer, {});
}

std::string pem(const Bytes& der) {
    std::string text = "-----BEGIN CERTIFICATE-----\n";
    const std::string base64 = bytes::to_base64(der);
    for (std::size_t i = 0; i < base64.size(); i += 64) {
        text += base64.substr(i, 64) + "\n";
    }
    return text + "-----END CERTIFICATE-----\n";
}

} // namespace assay::test
