// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/report_builder.hpp"

#include "core/hash/sha2.hpp"

#include "tests/unit/support/ec_signer.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <algorithm>

namespace assay::test {
namespace {

constexpr std::uint8_t VEK = 3;
constexpr std::size_t SIGNED_BYTES = 0x2a0;
constexpr std::size_t NUMBER_BYTES = 72;
const std::string AMD = "2b060104019c7801";

X509Spec authority(const std::string& issuer, const std::string& subject) {
    return {.issuer = issuer,
            .subject = subject,
            .signer = pss_signer(),
            .key_info = rsa4096_spki(),
            // Key usage with a padded bit, as AMD writes it.
            .extensions = {ca_constraints(subject == "ARK-demo" ? -1 : 0),
                           extension(15, true, hex("03020104"))},
            .not_before = "20200101000000Z",
            .not_after = "20491231235959Z"};
}

Bytes integer(std::uint8_t value) {
    return der_integer(Bytes{value});
}

CrlSpec crl(const std::string& issuer) {
    return {.issuer = issuer, .signer = pss_signer(), .serials = {hex("020133")}};
}

} // namespace

Bytes milan_tcb() {
    return {3, 0, 0, 0, 0, 0, 8, 0x73};
}

Bytes amd_extension(const std::string& arcs, const Bytes& value) {
    return plain_extension(AMD + arcs, value);
}

void ReportSpec::remove_extension(const std::string& arcs) {
    const Bytes wanted = oid(AMD + arcs);
    std::erase_if(vek.extensions, [&](const Bytes& each) {
        return std::search(each.begin(), each.end(), wanted.begin(), wanted.end()) != each.end();
    });
}

void ReportSpec::set_extension(const std::string& arcs, const Bytes& value) {
    remove_extension(arcs);
    vek.extensions.push_back(amd_extension(arcs, value));
}

void ReportSpec::put(std::size_t at, const Bytes& value) {
    std::copy(value.begin(), value.end(), report.begin() + static_cast<std::ptrdiff_t>(at));
}

ReportSpec report_spec() {
    ReportSpec spec{};
    spec.report = Bytes(1184, 0);
    spec.put(0, {3});
    spec.put(8, hex("0000030000000000")); // policy: SMT, and bit 17
    spec.put(0x34, {1});
    spec.put(0x50, Bytes(64, 0xcc));
    spec.put(0x90, Bytes(48, 0xaa));
    spec.put(0xc0, Bytes(32, 0xbb));
    spec.put(0x188, {0x19, 0x01, 0x01});
    spec.put(0x1a0, Bytes(64, 0xdd));
    for (const std::size_t at : {0x38, 0x180, 0x1e0, 0x1f0}) {
        spec.put(at, milan_tcb());
    }
    spec.vek = {
        .issuer = "SEV-demo",
        .subject = "SEV-VCEK",
        .signer = pss_signer(),
        .key_info = p384_key_info(VEK),
        .extensions = {amd_extension("01", hex("020100")),
                       amd_extension("02", der(0x16, as_bytes("Milan-B0"))),
                       amd_extension("0301", integer(3)), amd_extension("0302", hex("020100")),
                       amd_extension("0303", integer(8)), amd_extension("0308", integer(0x73)),
                       amd_extension("04", Bytes(64, 0xdd))},
        .serial = hex("020100")};
    spec.ask = authority("ARK-demo", "SEV-demo");
    spec.ask.serial = hex("02020101");
    spec.ark = authority("ARK-demo", "ARK-demo");
    return spec;
}

ReportSpec vlek_report_spec() {
    ReportSpec spec = report_spec();
    spec.put(0x48, {1 << 2});
    spec.remove_extension("04");
    spec.set_extension("05", der(0x16, as_bytes("CN=demo cloud")));
    return spec;
}

ReportSpec turin_report_spec() {
    ReportSpec spec = report_spec();
    spec.put(0, {5});
    spec.put(0x188, {0x1a, 0x02, 0x00});
    for (const std::size_t at : {0x38, 0x180, 0x1e0, 0x1f0}) {
        spec.put(at, {1, 3, 0, 8, 0, 0, 0, 0x73});
    }
    spec.set_extension("02", der(0x16, as_bytes("Turin-C1")));
    spec.set_extension("0309", integer(1));
    spec.set_extension("04", Bytes(8, 0xdd));
    spec.ark.serial = hex("020102");
    return spec;
}

Evidence make_evidence(const ReportSpec& spec) {
    Evidence evidence{spec.report, make_x509(spec.vek), spec.chain_text, {}};
    if (evidence.chain.empty()) {
        evidence.chain = pem(make_x509(spec.ask)) + pem(make_x509(spec.ark));
    }
    const Bytes signature =
        P384Signer{spec.signer}.sign(BytesView{spec.report}.first(SIGNED_BYTES));
    for (const std::size_t i : {0U, 1U}) {
        const auto scalar = signature.begin() + static_cast<std::ptrdiff_t>(48 * i);
        std::reverse_copy(scalar, scalar + 48,
                          evidence.report.begin() +
                              static_cast<std::ptrdiff_t>(SIGNED_BYTES + i * NUMBER_BYTES));
    }
    for (const CrlSpec& list : spec.crls) {
        evidence.crls = concat({evidence.crls, make_crl(list)});
    }
    return evidence;
}

const attestation::SnpRoots& demo_roots() {
    static const attestation::SnpRoots roots{{hash::sha256(make_x509(report_spec().ark)),
                                              std::nullopt,
                                              hash::sha256(make_x509(turin_report_spec().ark))}};
    return roots;
}

CrlSpec ark_crl() {
    return crl("ARK-demo");
}

CrlSpec ask_crl() {
    return crl("SEV-demo");
}

} // namespace assay::test
