// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/support/quote_builder.hpp"

#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/hash/sha2.hpp"

#include "tests/unit/support/ec_signer.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"

#include <algorithm>
#include <cstdlib>

namespace assay::test {
namespace {

constexpr std::uint8_t ROOT = 1;
constexpr std::uint8_t CA = 2;
constexpr std::uint8_t PCK = 3;
constexpr std::uint8_t TCB_SIGNER = 4;
constexpr std::size_t MRSIGNER = 128;
constexpr std::size_t ISVPRODID = 256;
constexpr std::size_t ISVSVN = 258;
constexpr std::size_t REPORT_DATA = 320;

Bytes little(std::uint64_t value, std::size_t size) {
    Bytes out;
    for (std::size_t i = 0; i < size; ++i) {
        out.push_back(static_cast<std::uint8_t>(value >> 8 * i));
    }
    return out;
}

void put(Bytes& target, std::size_t at, const Bytes& value) {
    std::copy(value.begin(), value.end(), target.begin() + static_cast<std::ptrdiff_t>(at));
}

Bytes key_id(std::uint8_t seed) {
    return {0xd0, seed};
}

X509Spec authority(const std::string& issuer, const std::string& subject, std::uint8_t signer,
                   std::uint8_t key, int path_length) {
    return {.issuer = issuer,
            .subject = subject,
            .signer = p256_signer(signer),
            .key_info = p256_key_info(key),
            .extensions = {ca_constraints(path_length), key_usage(0x06),
                           authority_key_id(key_id(signer)), subject_key_id(key_id(key))}};
}

X509Spec leaf(const std::string& issuer, const std::string& subject, std::uint8_t signer,
              std::uint8_t key) {
    return {.issuer = issuer,
            .subject = subject,
            .signer = p256_signer(signer),
            .key_info = p256_key_info(key),
            .extensions = {leaf_constraints(), key_usage(0xc0), authority_key_id(key_id(signer))}};
}

X509Spec root_certificate() {
    return authority("demo SGX Root CA", "demo SGX Root CA", ROOT, ROOT, 1);
}

std::string hex_of(const Bytes& bytes) {
    return bytes::to_hex(bytes);
}

/// {"svn":n} 16 times.
std::string components(int svn) {
    std::string list = "[";
    for (int i = 0; i < 16; ++i) {
        list += std::string{i == 0 ? "" : ","} + "{\"svn\":" + std::to_string(svn) + "}";
    }
    return list + "]";
}

std::string head(const std::string& id, int version) {
    return R"({"id":")" + id + R"(","version":)" + std::to_string(version) +
           R"(,"issueDate":"2025-12-31T23:00:00Z","nextUpdate":"2026-01-01T01:00:00Z",)"
           R"("tcbEvaluationDataNumber":17,)";
}

std::string level(const std::string& tcb, const std::string& status, const std::string& more) {
    return R"({"tcb":{)" + tcb + R"(},"tcbDate":"2025-01-01T00:00:00Z","tcbStatus":")" + status +
           "\"" + more + "}";
}

} // namespace

Bytes pck_extension() {
    const std::string sgx = "2a864886f84d010d01";
    const auto field = [&](const std::string& arcs, const Bytes& value) {
        return der_nested(0x30, {oid(sgx + arcs), value});
    };
    std::vector<Bytes> tcb;
    for (std::uint8_t i = 1; i <= 16; ++i) {
        tcb.push_back(field("02" + hex_of({i}), hex("020105")));
    }
    tcb.push_back(field("0211", hex("02010b")));
    tcb.push_back(field("0212", der(0x04, Bytes(16, 5))));
    return der_nested(0x30,
                      {field("01", der(0x04, Bytes(16, 7))), field("02", der_nested(0x30, tcb)),
                       field("03", hex("0402 0000")), field("04", hex("0406 00906ea10000"))});
}

QuoteSpec quote_spec() {
    QuoteSpec spec{};
    spec.vendor = hex("939a7233f79c4ca9940a0db3957f0607");
    spec.body = Bytes(584, 0);
    put(spec.body, 0, Bytes(16, 5)); // TEE_TCB_SVN; module version 5, its ISVSVN 5
    put(spec.body, 136, Bytes(48, 0xaa));
    for (std::size_t i = 0; i < 4; ++i) {
        put(spec.body, 328 + 48 * i, Bytes(48, static_cast<std::uint8_t>(0xb0 + i)));
    }
    put(spec.body, 520, Bytes(64, 0xcc));
    spec.qe_report = Bytes(384, 0);
    put(spec.qe_report, 48, hex("15")); // ATTRIBUTES
    put(spec.qe_report, MRSIGNER, Bytes(32, 0xee));
    put(spec.qe_report, ISVPRODID, little(2, 2));
    put(spec.qe_report, ISVSVN, little(6, 2));
    spec.root = root_certificate();
    spec.ca = authority("demo SGX Root CA", "Intel SGX PCK Platform CA", ROOT, CA, 0);
    spec.pck = leaf("Intel SGX PCK Platform CA", "Intel SGX PCK Certificate", CA, PCK);
    spec.pck.serial = hex("020177");
    spec.pck.extensions.push_back(plain_extension("2a864886f84d010d01", pck_extension()));
    return spec;
}

QuoteSpec sgx_quote_spec() {
    QuoteSpec spec = quote_spec();
    spec.version = 3;
    spec.tee = 0;
    spec.body_type = 1;
    spec.body = Bytes(384, 0);
    put(spec.body, 64, Bytes(32, 0xaa)); // MRENCLAVE
    put(spec.body, MRSIGNER, Bytes(32, 0xab));
    put(spec.body, REPORT_DATA, Bytes(64, 0xcc));
    return spec;
}

Bytes quote_root() {
    return make_x509(root_certificate());
}

Bytes make_quote(const QuoteSpec& spec) {
    const Bytes header = concat({little(spec.version, 2), little(spec.key_type, 2),
                                 little(spec.tee, 4), Bytes(4, 0), spec.vendor, Bytes(20, 0)});
    const Bytes type = spec.version == 5
                           ? concat({little(spec.body_type, 2), little(spec.body.size(), 4)})
                           : Bytes{};
    const Bytes signed_part = concat({header, type, spec.body});
    Bytes key = P256Signer{spec.attestation_key}.public_key();
    key.erase(key.begin());
    Bytes report = spec.qe_report;
    if (spec.bind) {
        const Hash32 digest = hash::sha256(concat({key, spec.qe_authentication}));
        std::copy(digest.begin(), digest.end(), report.begin() + REPORT_DATA);
    }
    const std::string text =
        !spec.chain_text.empty()
            ? spec.chain_text
            : pem(make_x509(spec.pck)) + pem(make_x509(spec.ca)) + pem(make_x509(spec.root));
    const Bytes certification = concat(
        {report, P256Signer{spec.qe_signer}.sign(report), little(spec.qe_authentication.size(), 2),
         spec.qe_authentication, little(spec.certification_type, 2), little(text.size() + 1, 4),
         bytes_of(as_bytes(text)), Bytes{0}});
    const Bytes wrapped =
        spec.version == 3
            ? certification
            : concat({little(spec.outer_type, 2), little(certification.size(), 4), certification});
    const Bytes data = concat({P256Signer{spec.quote_signer}.sign(signed_part), key, wrapped});
    return concat({signed_part, little(data.size(), 4), data, spec.trailing});
}

CollateralSpec collateral_spec() {
    CollateralSpec spec{};
    spec.root_crl = {.issuer = "demo SGX Root CA",
                     .signer = p256_signer(ROOT),
                     .serials = {hex("020133")},
                     .extensions = {authority_key_id(key_id(ROOT))}};
    spec.pck_crl = {.issuer = "Intel SGX PCK Platform CA",
                    .signer = p256_signer(CA),
                    .serials = {hex("020144"), hex("020145")},
                    .entry_extensions =
                        der_nested(0x30, {plain_extension("551d15", hex("0a0101"))})};
    spec.signer = leaf("demo SGX Root CA", "demo SGX TCB Signing", ROOT, TCB_SIGNER);
    spec.signer.serial = hex("020155");
    const std::string seam = R"("mrsigner":")" + std::string(96, '0') +
                             R"(","attributes":"0000000000000000",)"
                             R"("attributesMask":"FFFFFFFFFFFFFFFF")";
    const std::string full = R"("sgxtcbcomponents":)" + components(5) + R"(,"pcesvn":11,)" +
                             R"("tdxtcbcomponents":)" + components(5);
    const std::string old = R"("sgxtcbcomponents":)" + components(2) + R"(,"pcesvn":5,)" +
                            R"("tdxtcbcomponents":)" + components(2);
    spec.tcb_info =
        head("TDX", 3) + R"("fmspc":"00906EA10000","pceId":"0000","tcbType":0,"tdxModule":{)" +
        seam + R"(},"tdxModuleIdentities":[{"id":"TDX_05",)" + seam + R"(,"tcbLevels":[)" +
        level(R"("isvsvn":5)", "UpToDate", "") + "," + level(R"("isvsvn":2)", "OutOfDate", "") +
        R"(]}],"tcbLevels":[)" + level(full, "UpToDate", "") + "," +
        level(old, "SWHardeningNeeded", R"(,"advisoryIDs":["INTEL-SA-1","INTEL-SA-2"])") + "]}";
    std::string mrsigner;
    for (int i = 0; i < 32; ++i) {
        mrsigner += "EE";
    }
    spec.qe_identity = head("TD_QE", 2) +
                       R"("miscselect":"00000000","miscselectMask":"FFFFFFFF",)"
                       R"("attributes":"11000000000000000000000000000000",)"
                       R"("attributesMask":"FBFFFFFFFFFFFFFF0000000000000000","mrsigner":")" +
                       mrsigner + R"(","isvprodid":2,"tcbLevels":[)" +
                       level(R"("isvsvn":6)", "UpToDate", "") + "," +
                       level(R"("isvsvn":4)", "OutOfDate", "") + "]}";
    return spec;
}

CollateralSpec sgx_collateral_spec() {
    CollateralSpec spec = collateral_spec();
    spec.tcb_info = replaced(spec.tcb_info, R"("id":"TDX")", R"("id":"SGX")");
    spec.qe_identity = replaced(spec.qe_identity, R"("id":"TD_QE")", R"("id":"QE")");
    return spec;
}

std::string make_collateral(const CollateralSpec& spec) {
    const std::string chain = !spec.chain_text.empty()
                                  ? spec.chain_text
                                  : pem(make_x509(spec.signer)) + pem(quote_root());
    bytes::JsonWriter out;
    out.object();
    const auto member = [&](std::string_view name, const std::string& text) {
        if (name != spec.leave_out) {
            out.key(name).string(text);
        }
    };
    member("root_ca_crl", hex_of(make_crl(spec.root_crl)));
    member("pck_crl", hex_of(make_crl(spec.pck_crl)));
    member("tcb_info", spec.tcb_info);
    member("tcb_info_signature", hex_of(P256Signer{spec.tcb_signer}.sign(as_bytes(spec.tcb_info))));
    member("tcb_info_issuer_chain", chain);
    member("qe_identity", spec.qe_identity);
    member("qe_identity_signature",
           hex_of(P256Signer{spec.qe_signer}.sign(as_bytes(spec.qe_identity))));
    member("qe_identity_issuer_chain", chain);
    member("pck_crl_issuer_chain", "");
    out.end();
    return out.take();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) {
        std::abort(); // a broken test, not a failed one
    }
    return text.replace(at, from.size(), to);
}

} // namespace assay::test
