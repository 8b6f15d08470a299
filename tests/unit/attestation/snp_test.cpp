// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/snp.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"
#include "tests/unit/support/report_builder.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <string>
#include <type_traits>

namespace assay::attestation {
namespace {

using test::hex;
using test::NOW;
using test::ReportSpec;
using Change = std::function<void(ReportSpec&)>;

// Only the entry points make these.
static_assert(!std::is_default_constructible_v<GenuineSnpReport>);
static_assert(!std::is_constructible_v<VerifiedSnpReport, SnpClaims>);

std::string judged(const test::Evidence& evidence, std::int64_t now = NOW,
                   CheckList* rows = nullptr) {
    CheckList checks;
    const auto result =
        authenticate_snp(test::demo_roots(), now, evidence.report, evidence.certificates(), checks);
    if (rows != nullptr) {
        *rows = checks;
    }
    return test::outcome(result);
}

/// Outcome for a report of Milan that @p change has altered.
std::string with(const Change& change) {
    ReportSpec spec = test::report_spec();
    change(spec);
    return judged(test::make_evidence(spec));
}

std::string turin(const Change& change) {
    ReportSpec spec = test::turin_report_spec();
    change(spec);
    return judged(test::make_evidence(spec));
}

std::string changed(std::size_t at, std::uint8_t value) {
    static const test::Evidence good = test::make_evidence(test::report_spec());
    test::Evidence evidence = good;
    evidence.report[at] = value;
    return judged(evidence);
}

/// Outcome of verify_snp() for the policy text.
std::string verified(const std::string& policy, const ReportSpec& spec = test::report_spec()) {
    const auto json = bytes::parse_json(policy, ErrorCode::POLICY_INVALID);
    REQUIRE(json.has_value());
    const auto parsed = SnpPolicy::parse(*json);
    if (!parsed) {
        return test::outcome(parsed);
    }
    const test::Evidence evidence = test::make_evidence(spec);
    CheckList checks;
    return test::outcome(verify_snp(test::demo_roots(), *parsed, NOW, evidence.report,
                                    evidence.certificates(), checks));
}

std::string repeat(const std::string& pair, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
        out += pair;
    }
    return out;
}

/// A policy with the right measurement and these members.
std::string and_also(const std::string& members) {
    return R"({"measurements":[")" + repeat("aa", 48) + "\"]," + members + "}";
}

TEST_CASE("reports of every version and key are genuine", "[snp]") {
    CHECK(with([](ReportSpec&) {}) == "OK");
    CHECK(with([](ReportSpec& r) { r.put(0, {2}); }) == "OK");
    CHECK(turin([](ReportSpec&) {}) == "OK");
    CHECK(judged(test::make_evidence(test::vlek_report_spec())) == "OK");
    CHECK(with([](ReportSpec& r) { // a wrapped chip id, as some certificates have it
              r.set_extension("04", test::der(0x04, Bytes(64, 0xdd)));
          }) == "OK");
}

TEST_CASE("a genuine report gives its claims and one row for each check", "[snp]") {
    const test::Evidence evidence = test::make_evidence(test::turin_report_spec());
    CheckList checks;
    const auto result =
        authenticate_snp(test::demo_roots(), NOW, evidence.report, evidence.certificates(), checks);
    REQUIRE(test::outcome(result) == "OK");
    const SnpClaims& claims = result->claims();
    CHECK(claims.version == 5);
    CHECK(claims.line == SnpLine::turin);
    CHECK(claims.product == "Turin-C1");
    CHECK(claims.csp_id.empty());
    CHECK(claims.guest_policy == 0x30000);
    CHECK(claims.reported_tcb.parts == std::array<std::uint8_t, 5>{1, 3, 0, 8, 0x73});
    CHECK_FALSE(claims.debug);
    std::size_t open = 0;
    for (const Check& check : checks.items()) {
        open += check.status == CheckStatus::not_covered;
        CHECK(check.status != CheckStatus::failed);
    }
    CHECK(open == 4); // two lists, least TCB, the rest of the guest's policy
    CHECK(checks.items().size() == 16);
}

TEST_CASE("a report is what its header says", "[snp][negative]") {
    test::Evidence evidence = test::make_evidence(test::report_spec());
    evidence.report.pop_back();
    CHECK(judged(evidence) == "SNP_MALFORMED");
    evidence.report = Bytes(1185, 0);
    CHECK(judged(evidence) == "SNP_MALFORMED");
    evidence.report.clear();
    CHECK(judged(evidence) == "SNP_MALFORMED");
    for (const std::uint8_t version : Bytes{0, 1, 4, 6}) {
        CHECK(changed(0, version) == "SNP_VERSION_UNSUPPORTED");
    }
    CHECK(changed(1, 1) == "SNP_VERSION_UNSUPPORTED");
    CHECK(changed(0x34, 2) == "SNP_ALG_UNSUPPORTED");
    CHECK(changed(0x35, 1) == "SNP_ALG_UNSUPPORTED");
    for (const std::uint8_t key : Bytes{2, 3, 6, 7}) {
        CHECK(changed(0x48, static_cast<std::uint8_t>(key << 2)) == "SNP_KEY_KIND");
    }
    CHECK(changed(0x330, 1) == "SNP_MALFORMED"); // no signature covers it
    CHECK(changed(0x49f, 1) == "SNP_MALFORMED");
}

TEST_CASE("certificates parse", "[snp][negative]") {
    test::Evidence evidence = test::make_evidence(test::report_spec());
    const test::Evidence good = evidence;
    evidence.vek.push_back(0);
    CHECK(judged(evidence) == "SNP_MALFORMED");
    evidence = good;
    evidence.vek.clear();
    CHECK(judged(evidence) == "SNP_MALFORMED");
    evidence = good;
    evidence.chain += "x";
    CHECK(judged(evidence) == "SNP_MALFORMED");
    evidence.chain = "";
    CHECK(judged(evidence) == "SNP_CHAIN_UNTRUSTED");
}

TEST_CASE("the chain leads to a pinned root", "[snp][negative]") {
    const auto untrusted = [](const Change& change) {
        return with(change) == "SNP_CHAIN_UNTRUSTED";
    };
    const ReportSpec spec = test::report_spec();
    const std::string ask = test::pem(test::make_x509(spec.ask));
    const std::string ark = test::pem(test::make_x509(spec.ark));
    for (const std::string& chain :
         {ark + ask, ask, ark, ark + ark, ask + ark + ark, ask + ask + ark}) {
        CHECK(untrusted([&](ReportSpec& r) { r.chain_text = chain; }));
    }
    CHECK(untrusted([](ReportSpec& r) { r.ark.serial = hex("020105"); })); // not the pinned one
    CHECK(untrusted([](ReportSpec& r) { r.ask.issuer = "other"; }));
    CHECK(untrusted([](ReportSpec& r) { r.vek.issuer = "ARK-demo"; }));
    CHECK(untrusted([](ReportSpec& r) { r.vek.signer = test::p256_signer(1); }));
    const auto wrong_salt = [](BytesView message) {
        return test::rsa4096_pss_sha384_sign(message, 32);
    };
    CHECK(untrusted([&](ReportSpec& r) { r.vek.signer.sign = wrong_salt; }));
    CHECK(untrusted([&](ReportSpec& r) { r.ask.signer.sign = wrong_salt; }));
    CHECK(untrusted(
        [](ReportSpec& r) { r.vek.outer_algorithm = hex("300d 0609 2a864886f70d01010b 0500"); }));
    CHECK(untrusted([](ReportSpec& r) { r.ask.key_info = test::rsa_spki(); })); // 2048 bits
    CHECK(untrusted([](ReportSpec& r) { r.ask.extensions.erase(r.ask.extensions.begin()); }));
    CHECK(untrusted([](ReportSpec& r) { r.ask.extensions[1] = test::key_usage(0x80); }));
    CHECK(untrusted([](ReportSpec& r) { r.vek.extensions.push_back(test::ca_constraints(0)); }));
    CHECK(untrusted(
        [](ReportSpec& r) { r.vek.extensions.push_back(test::extension(99, true, hex("00"))); }));
    CHECK(untrusted([](ReportSpec& r) { r.vek.version = {}; }));
    CheckList checks;
    const test::Evidence evidence = test::make_evidence(spec);
    CHECK(test::outcome(authenticate_snp(SnpRoots::amd(), NOW, evidence.report,
                                         evidence.certificates(), checks)) ==
          "SNP_CHAIN_UNTRUSTED");
    CHECK(test::outcome(authenticate_snp(SnpRoots{}, NOW, evidence.report, evidence.certificates(),
                                         checks)) == "SNP_CHAIN_UNTRUSTED");
}

TEST_CASE("certificates are valid, and the endorsement key is of P-384", "[snp][negative]") {
    const test::Evidence good = test::make_evidence(test::report_spec());
    CHECK(judged(good, NOW + 3600) == "OK");
    CHECK(judged(good, NOW + 3601) == "SNP_CERT_EXPIRED");
    CHECK(judged(good, NOW - 3601) == "SNP_CERT_EXPIRED");
    CHECK(with([](ReportSpec& r) { r.ask.not_after = "251231235959Z"; }) == "SNP_CERT_EXPIRED");
    CHECK(with([](ReportSpec& r) { r.vek.key_info = test::p256_key_info(3); }) ==
          "SNP_ALG_UNSUPPORTED");
    CHECK(with([](ReportSpec& r) { r.vek.key_info = test::rsa4096_spki(); }) ==
          "SNP_ALG_UNSUPPORTED");
    CHECK(with([](ReportSpec& r) { // validity comes first
              r.vek.key_info = test::p256_key_info(3);
              r.vek.not_after = "251231235959Z";
          }) == "SNP_CERT_EXPIRED");
}

TEST_CASE("revocation lists are their issuers', current, and looked up", "[snp][negative]") {
    const auto lists = [](std::vector<test::CrlSpec> crls, CheckList* rows = nullptr) {
        ReportSpec spec = test::report_spec();
        spec.crls = std::move(crls);
        return judged(test::make_evidence(spec), NOW, rows);
    };
    CheckList rows;
    CHECK(lists({test::ark_crl()}, &rows) == "OK");
    CHECK(rows.items()[7].name == "revocation of the endorsement key");
    CHECK(rows.items()[7].status == CheckStatus::not_covered);
    CHECK(lists({test::ask_crl(), test::ark_crl()}, &rows) == "OK");
    CHECK(rows.items()[7].status == CheckStatus::passed);
    test::CrlSpec list = test::ark_crl();
    list.serials = {hex("02020101")};
    CHECK(lists({list}) == "SNP_CERT_REVOKED"); // the ASK
    list = test::ask_crl();
    list.serials = {hex("020133"), hex("020100")};
    CHECK(lists({list}) == "SNP_CERT_REVOKED"); // the VCEK, whose serial is 0
    list = test::ark_crl();
    list.issuer = "other";
    CHECK(lists({list}) == "SNP_CHAIN_UNTRUSTED");
    list = test::ark_crl();
    list.signer.sign = [](BytesView message) { return test::rsa4096_pss_sha384_sign(message, 20); };
    CHECK(lists({list}) == "SNP_CHAIN_UNTRUSTED");
    list = test::ark_crl();
    list.extensions = {test::extension(28, true, hex("3000"))};
    CHECK(lists({list}) == "SNP_CHAIN_UNTRUSTED");
    list = test::ark_crl();
    list.next_update = "251231235959Z";
    CHECK(lists({list}) == "SNP_CERT_EXPIRED");
    test::Evidence evidence = test::make_evidence(test::report_spec());
    evidence.crls = hex("3000");
    CHECK(judged(evidence) == "SNP_MALFORMED");
    evidence.crls = {0};
    CHECK(judged(evidence) == "SNP_MALFORMED");
}

TEST_CASE("the endorsement key signed every byte of the report", "[snp][negative]") {
    CHECK(with([](ReportSpec& r) { r.signer = 4; }) == "SNP_SIGNATURE_INVALID");
    for (const std::size_t at : {0x02bUL, 0x050UL, 0x090UL, 0x1a0UL, 0x29fUL}) {
        CHECK(changed(at, 0x55) == "SNP_SIGNATURE_INVALID");
    }
    for (const std::size_t at : {0x2a0UL, 0x2e8UL, 0x2d0UL, 0x2e7UL, 0x318UL, 0x32fUL}) {
        CHECK(changed(at, 0x55) == "SNP_SIGNATURE_INVALID"); // R, S, and their padding
    }
    test::Evidence evidence = test::make_evidence(test::report_spec());
    std::fill(evidence.report.begin() + 0x2a0, evidence.report.begin() + 0x2e8, std::uint8_t{0});
    CHECK(judged(evidence) == "SNP_SIGNATURE_INVALID"); // R is zero
}

TEST_CASE("the certificate is of the reported TCB", "[snp][negative]") {
    for (const char* part : {"0301", "0302", "0303", "0308"}) {
        CHECK(with([&](ReportSpec& r) { r.set_extension(part, hex("020177")); }) ==
              "SNP_TCB_MISMATCH");
        CHECK(with([&](ReportSpec& r) { r.remove_extension(part); }) == "SNP_TCB_MISMATCH");
        CHECK(with([&](ReportSpec& r) { r.set_extension(part, hex("03")); }) == "SNP_TCB_MISMATCH");
    }
    CHECK(with([](ReportSpec& r) { r.set_extension("0301", hex("02020103")); }) ==
          "SNP_TCB_MISMATCH");
    CHECK(with([](ReportSpec& r) { r.set_extension("0301", hex("02020003")); }) ==
          "SNP_TCB_MISMATCH"); // not DER
    CHECK(turin([](ReportSpec& r) { r.set_extension("0309", hex("020102")); }) ==
          "SNP_TCB_MISMATCH");
    CHECK(turin([](ReportSpec& r) { r.remove_extension("0309"); }) == "SNP_TCB_MISMATCH");
}

TEST_CASE("the certificate is of the report's chip", "[snp][negative]") {
    const auto mismatch = [](const Change& change) {
        return with(change) == "SNP_CHIP_ID_MISMATCH";
    };
    CHECK(mismatch([](ReportSpec& r) { r.put(0x1a0, {0}); }));
    CHECK(mismatch([](ReportSpec& r) { r.put(0x1df, {0}); }));
    CHECK(mismatch([](ReportSpec& r) { r.remove_extension("04"); }));
    CHECK(mismatch([](ReportSpec& r) { r.set_extension("04", Bytes(8, 0xdd)); }));
    CHECK(mismatch([](ReportSpec& r) { r.set_extension("04", Bytes(63, 0xdd)); }));
    CHECK(turin([](ReportSpec& r) { r.put(0x1a7, {0}); }) == "SNP_CHIP_ID_MISMATCH");
    CHECK(turin([](ReportSpec& r) { r.set_extension("04", Bytes(64, 0xdd)); }) ==
          "SNP_CHIP_ID_MISMATCH");
    const Change masked = [](ReportSpec& r) {
        r.put(0x48, {2});
        r.put(0x1a0, Bytes(64, 0));
    };
    CHECK(mismatch(masked));
    ReportSpec spec = test::report_spec();
    masked(spec);
    CHECK(verified(and_also(R"("chip_id":")" + repeat("dd", 64) + '"'), spec) == "OK");
    CHECK(verified(and_also(R"("chip_id":")" + repeat("de", 64) + '"'), spec) ==
          "SNP_CHIP_ID_MISMATCH");
    CHECK(verified(and_also(R"("chip_id":")" + repeat("00", 64) + '"'), spec) ==
          "SNP_CHIP_ID_MISMATCH");
    CHECK(verified(and_also(R"("chip_id":"dd")")) == "SNP_CHIP_ID_MISMATCH");
    CHECK(verified(and_also(R"("chip_id":"")")) == "SNP_CHIP_ID_MISMATCH");
}

TEST_CASE("the key is of the kind that the report names", "[snp][negative]") {
    ReportSpec spec = test::vlek_report_spec();
    spec.remove_extension("05");
    CHECK(judged(test::make_evidence(spec)) == "SNP_KEY_KIND");
    CHECK(with([](ReportSpec& r) { // both at once
              r.set_extension("05", test::der(0x16, as_bytes("CN=cloud")));
          }) == "SNP_KEY_KIND");
    CHECK(with([](ReportSpec& r) { r.put(0x48, {1 << 2}); }) == "SNP_KEY_KIND");
    spec = test::vlek_report_spec();
    spec.put(0x48, {0});
    CHECK(judged(test::make_evidence(spec)) == "SNP_CHIP_ID_MISMATCH");
    CHECK(verified(and_also(R"("chip_id":")" + repeat("dd", 64) + '"'), test::vlek_report_spec()) ==
          "OK");
    CHECK(verified(and_also(R"("chip_id":")" + repeat("de", 64) + '"'), test::vlek_report_spec()) ==
          "SNP_CHIP_ID_MISMATCH");
}

TEST_CASE("the certificate is of the root's product and the report's processor",
          "[snp][negative]") {
    const auto product = [](const char* name) {
        return with([&](ReportSpec& r) { r.set_extension("02", test::der(0x16, as_bytes(name))); });
    };
    CHECK(product("Milan") == "OK");
    for (const char* name : {"Genoa-B1", "Milano", "", "milan"}) {
        CHECK(product(name) == "SNP_CHIP_ID_MISMATCH");
    }
    CHECK(with([](ReportSpec& r) { r.remove_extension("02"); }) == "SNP_CHIP_ID_MISMATCH");
    CHECK(with([](ReportSpec& r) { r.put(0x188, {0x1a}); }) == "SNP_CHIP_ID_MISMATCH");
    CHECK(with([](ReportSpec& r) { r.put(0x189, {0x11}); }) == "SNP_CHIP_ID_MISMATCH");
    CHECK(with([](ReportSpec& r) { // version 2 names no processor
              r.put(0, {2});
              r.put(0x188, {0x1a});
          }) == "OK");
}

TEST_CASE("a guest that its host may debug is refused", "[snp][negative]") {
    ReportSpec spec = test::report_spec();
    spec.put(10, {0x0b}); // bits 16, 17, 19
    CHECK(judged(test::make_evidence(spec)) == "SNP_DEBUG_MODE");
    CHECK(verified(and_also(R"("allow_debug":false)"), spec) == "SNP_DEBUG_MODE");
    CHECK(verified(and_also(R"("allow_debug":true)"), spec) == "OK");
    CHECK(with([](ReportSpec& r) { r.put(10, {0x01}); }) == "SNP_MALFORMED"); // bit 17
}

TEST_CASE("TCB versions rise from reported to current", "[snp][negative]") {
    const auto tcb = [](std::size_t at, std::size_t part, std::uint8_t value) {
        return with([&](ReportSpec& r) { r.put(at + part, {value}); });
    };
    for (const std::size_t part : {0U, 6U, 7U}) {
        CHECK(tcb(0x1e0, part, 1) == "SNP_TCB_MISMATCH"); // committed below reported
        CHECK(tcb(0x38, part, 1) == "SNP_TCB_MISMATCH");  // current below committed
        CHECK(tcb(0x38, part, 0xff) == "OK");
    }
    CHECK(tcb(0x1e0, 1, 1) == "SNP_TCB_MISMATCH"); // committed above current
    CHECK(tcb(0x38, 3, 0xff) == "OK");             // no part
    const auto least = [](const std::string& tcb_text) {
        return verified(and_also(R"("min_tcb":)" + tcb_text));
    };
    CHECK(least(R"({"bl":3,"tee":0,"snp":8,"ucode":115})") == "OK");
    CHECK(least(R"({"bl":4})") == "SNP_TCB_OUT_OF_DATE");
    CHECK(least(R"({"snp":9})") == "SNP_TCB_OUT_OF_DATE");
    CHECK(least(R"({"fmc":1})") == "SNP_TCB_OUT_OF_DATE");
    CHECK(verified(and_also(R"("min_tcb":{"fmc":1,"ucode":115})"), test::turin_report_spec()) ==
          "OK");
}

TEST_CASE("a policy pins measurements", "[snp][policy][negative]") {
    const std::string good = '"' + repeat("aa", 48) + '"';
    const std::string other = '"' + repeat("ab", 48) + '"';
    const auto measured = [](const std::string& entries) {
        return verified(R"({"measurements":[)" + entries + "]}");
    };
    CHECK(measured(good) == "OK");
    CHECK(measured(other + "," + good) == "OK");
    CHECK(measured(R"({"measurement":)" + good + "}") == "OK");
    CHECK(measured(other) == "SNP_MEASUREMENT_MISMATCH");
    const auto window = [&](const std::string& members) {
        return measured(R"({"measurement":)" + good + "," + members + "}");
    };
    CHECK(window(R"("from":)" + std::to_string(NOW) + R"(,"until":)" + std::to_string(NOW)) ==
          "OK");
    CHECK(window(R"("from":)" + std::to_string(NOW + 1)) == "SNP_MEASUREMENT_MISMATCH");
    CHECK(window(R"("until":)" + std::to_string(NOW - 1)) == "SNP_MEASUREMENT_MISMATCH");
    for (const std::string& entries :
         {std::string{}, std::string{"1"}, std::string{"null"}, std::string{"{}"}, good + ",\"aa\"",
          std::string{R"("zz")"}, R"({"measurement":)" + good + R"(,"x":1})",
          R"({"measurement":)" + good + R"(,"until":"now"})"}) {
        CHECK(measured(entries) == "SNP_POLICY_EMPTY");
    }
    CHECK(verified("{}") == "SNP_POLICY_EMPTY");
    CHECK(verified(R"({"measurements":"aa"})") == "SNP_POLICY_EMPTY");
    CHECK(verified("[]") == "POLICY_INVALID");
}

TEST_CASE("other members of a policy", "[snp][policy][negative]") {
    CHECK(verified(and_also(R"("report_data":")" + repeat("cc", 64) + '"')) == "OK");
    CHECK(verified(and_also(R"("report_data":")" + repeat("cc", 63) + '"')) ==
          "SNP_REPORT_DATA_MISMATCH");
    CHECK(verified(and_also(R"("report_data":"")")) == "SNP_REPORT_DATA_MISMATCH");
    CHECK(verified(and_also(R"("host_data":")" + repeat("BB", 32) + '"')) == "OK");
    CHECK(verified(and_also(R"("host_data":")" + repeat("bb", 33) + '"')) ==
          "SNP_HOST_DATA_MISMATCH");
    ReportSpec spec = test::report_spec();
    spec.put(0x30, {1});
    CHECK(verified(and_also(R"("max_vmpl":0)"), spec) == "SNP_VMPL");
    CHECK(verified(and_also(R"("max_vmpl":1)"), spec) == "OK");
    spec.put(0x30, hex("ffffffff"));
    CHECK(verified(and_also(R"("max_vmpl":3)"), spec) == "SNP_VMPL");
    // VMPL, measurement, host data, report data: in this order.
    CHECK(verified(R"({"measurements":[")" + repeat("00", 48) +
                   R"("],"host_data":"","report_data":""})") == "SNP_MEASUREMENT_MISMATCH");
    CHECK(verified(and_also(R"("host_data":"","report_data":"")")) == "SNP_HOST_DATA_MISMATCH");
    for (const char* member :
         {R"("max_vmpl":4)", R"("max_vmpl":-1)", R"("max_vmpl":"0")", R"("allow_debug":0)",
          R"("min_tcb":1)", R"("min_tcb":{"bl":256})", R"("min_tcb":{"microcode":1})",
          R"("report_data":"x")", R"("host_data":null)", R"("chip_id":1)", R"("other":1)"}) {
        CHECK(verified(and_also(member)) == "POLICY_INVALID");
    }
}

} // namespace
} // namespace assay::attestation
