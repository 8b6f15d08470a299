// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/nitro_builder.hpp"

#include "tests/unit/support/encode.hpp"

#include <algorithm>
#include <bit>

namespace assay::test {
namespace {

constexpr std::uint8_t ROOT = 1;
constexpr std::uint8_t INTERMEDIATE = 2;
constexpr std::uint8_t LEAF = 3;

const Bytes ECDSA_SHA384 = hex("300a 0608 2a8648ce3d040303");
const Bytes EC_P384 = hex("3010 0607 2a8648ce3d0201 0605 2b81040022");

/// Keys are made once per seed: each costs a multiplication on the curve.
const P384Signer& signer(std::uint8_t seed) {
    static std::vector<std::pair<std::uint8_t, P384Signer>> made;
    for (const auto& [known, key] : made) {
        if (known == seed) {
            return key;
        }
    }
    return made.emplace_back(seed, P384Signer{seed}).second;
}

/// One common name (2.5.4.3) as UTF8String.
Bytes name(const std::string& common) {
    const Bytes attribute = der_nested(0x30, {hex("0603 550403"), der(0x0c, as_bytes(common))});
    return der_nested(0x30, {der_nested(0x31, {attribute})});
}

Bytes time_text(const std::string& text) {
    return der(text.size() == 13 ? 0x17 : 0x18, as_bytes(text));
}

Bytes key_id(std::uint8_t key) {
    return {0xc0, key};
}

Bytes subject_key_id(std::uint8_t key) {
    return extension(14, false, der(0x04, key_id(key)));
}

Bytes authority_key_id(std::uint8_t key) {
    return extension(35, false, der_nested(0x30, {der(0x80, key_id(key))}));
}

} // namespace

Bytes extension(std::uint8_t id_ce, bool critical, const Bytes& value) {
    return der_nested(0x30, {Bytes{0x06, 0x03, 0x55, 0x1d, id_ce},
                             critical ? hex("0101ff") : Bytes{}, der(0x04, value)});
}

Bytes ca_constraints(int path_length) {
    const Bytes length =
        path_length < 0 ? Bytes{} : Bytes{0x02, 0x01, static_cast<std::uint8_t>(path_length)};
    return extension(19, true, der_nested(0x30, {hex("0101ff"), length}));
}

Bytes leaf_constraints() {
    return extension(19, true, hex("3000"));
}

Bytes key_usage(std::uint8_t bits) {
    // DER: a named-bit list ends in a one.
    const auto unused = static_cast<std::uint8_t>(std::countr_zero(bits) % 8);
    return extension(15, true, {0x03, 0x02, unused, bits});
}

Bytes make_certificate(const CertificateSpec& spec) {
    const Bytes algorithm = spec.algorithm.empty() ? ECDSA_SHA384 : spec.algorithm;
    const Bytes own_key = der_nested(0x30, {EC_P384, der_bits(signer(spec.key).public_key())});
    const Bytes extensions =
        spec.extensions.empty() ? Bytes{} : der_nested(0xa3, {der_nested(0x30, spec.extensions)});
    const Bytes tbs =
        der_nested(0x30, {spec.version, spec.serial, algorithm, name(spec.issuer),
                          der_nested(0x30, {time_text(spec.not_before), time_text(spec.not_after)}),
                          name(spec.subject), spec.key_info.empty() ? own_key : spec.key_info,
                          spec.unique_ids, extensions});
    return der_nested(0x30, {tbs, ECDSA_SHA384, der_bits(signer(spec.signer).sign_der(tbs))});
}

CertificateSpec root_spec() {
    return {.issuer = "demo root",
            .subject = "demo root",
            .signer = ROOT,
            .key = ROOT,
            .extensions = {ca_constraints(-1), key_usage(0x06), subject_key_id(ROOT)},
            .not_before = "20200101000000Z",
            .not_after = "20491231235959Z"};
}

CertificateSpec intermediate_spec() {
    return {.issuer = "demo root",
            .subject = "demo intermediate",
            .signer = ROOT,
            .key = INTERMEDIATE,
            .extensions = {ca_constraints(0), key_usage(0x06), authority_key_id(ROOT),
                           subject_key_id(INTERMEDIATE)}};
}

CertificateSpec leaf_spec() {
    return {.issuer = "demo intermediate",
            .subject = "demo enclave",
            .signer = INTERMEDIATE,
            .key = LEAF,
            .extensions = {leaf_constraints(), key_usage(0x80), authority_key_id(INTERMEDIATE)}};
}

Bytes& DocumentSpec::field(const std::string& wanted) {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const auto& field) { return field.first == wanted; });
    return found != fields.end() ? found->second : fields.emplace_back(wanted, Bytes{}).second;
}

void DocumentSpec::remove(const std::string& unwanted) {
    std::erase_if(fields, [&](const auto& field) { return field.first == unwanted; });
}

Bytes pcr_map(const std::vector<Bytes>& values) {
    std::vector<std::pair<Bytes, Bytes>> pairs;
    for (std::size_t i = 0; i < values.size(); ++i) {
        pairs.emplace_back(cbor_uint(i), cbor_bytes(values[i]));
    }
    return cbor_map(pairs);
}

const Bytes& demo_root() {
    static const Bytes root = make_certificate(root_spec());
    return root;
}

DocumentSpec document_spec() {
    static const Bytes intermediate = make_certificate(intermediate_spec());
    static const Bytes leaf = make_certificate(leaf_spec());
    return document_spec({demo_root(), intermediate}, leaf);
}

DocumentSpec document_spec(const std::vector<Bytes>& bundle, const Bytes& leaf) {
    std::vector<Bytes> entries;
    for (const Bytes& entry : bundle) {
        entries.push_back(cbor_bytes(entry));
    }
    return {.fields = {{"module_id", cbor_text("i-0-enc0")},
                       {"digest", cbor_text("SHA384")},
                       {"timestamp", cbor_uint(static_cast<std::uint64_t>(NOW) * 1000)},
                       {"pcrs", pcr_map({Bytes(48, 0x11), Bytes(48, 0x22), Bytes(48, 0x33)})},
                       {"certificate", cbor_bytes(leaf)},
                       {"cabundle", cbor_array(entries)}},
            .protected_header = hex("a1 01 3822"),
            .unprotected_header = hex("a0"),
            .signer = LEAF};
}

Bytes make_payload(const DocumentSpec& spec) {
    std::vector<std::pair<Bytes, Bytes>> pairs;
    for (const auto& [key, value] : spec.fields) {
        pairs.emplace_back(cbor_text(key), value);
    }
    return cbor_map(pairs);
}

Bytes make_envelope(const DocumentSpec& spec, const Bytes& payload) {
    const Bytes to_sign = cbor_array({cbor_text("Signature1"), cbor_bytes(spec.protected_header),
                                      cbor_bytes({}), cbor_bytes(payload)});
    return cbor_array({cbor_bytes(spec.protected_header), spec.unprotected_header,
                       cbor_bytes(payload), cbor_bytes(signer(spec.signer).sign(to_sign))});
}

Bytes make_document(const DocumentSpec& spec) {
    return make_envelope(spec, make_payload(spec));
}

} // namespace assay::test
