// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes the families tdx/ and snp/ of own vectors: quotes and reports of the tests' builders,
// under roots of their own. With --check it compares instead and ends with status 1 on a
// difference.
//   assay_make_attested [--check] tests/vectors
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"

#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"
#include "tests/unit/support/quote_builder.hpp"
#include "tests/unit/support/report_builder.hpp"
#include "tests/vectors/generate/files.hpp"

#include <functional>
#include <string>
#include <vector>

namespace {

using namespace assay;
using bytes::JsonWriter;
using test::CollateralSpec;
using test::Files;
using test::NOW;
using test::QuoteSpec;
using test::replaced;
using test::ReportSpec;

std::string text_of(BytesView bytes) {
    return std::string{as_text(bytes)};
}

std::string repeat(const std::string& pair, int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
        out += pair;
    return out;
}

/// What a row changes, and the code that it must give.
template <class Spec>
struct Row {
    std::string name;
    std::function<void(Spec&)> change;
    std::string expect;
};

/// One byte of the evidence, and the code that it must give.
struct Mutation {
    const char* what;
    std::int64_t offset;
    std::int64_t value; ///< XORed
    const char* expect;
};

struct Case {
    std::string file; ///< collateral; of reports nothing
    std::int64_t now;
    std::string policy; ///< JSON; empty: authenticate
    std::string expect;
};

/// @param needs members that the runner wants beside the mutation
void write_mutations(JsonWriter& out, const std::vector<Mutation>& mutations,
                     const std::function<void()>& needs) {
    out.key("mutations").array();
    for (const Mutation& each : mutations) {
        out.object().key("what").string(each.what).key("offset").number(each.offset);
        out.key("xor").number(each.value);
        needs();
        out.key("expect").string(each.expect).end();
    }
    out.end();
}

/// Members of a case: `now`, `policy` where there is one, `expect`.
void write_case(JsonWriter& out, const Case& each) {
    out.key("now").number(each.now);
    if (!each.policy.empty())
        out.key("policy").raw(each.policy);
    out.key("expect").string(each.expect);
}

const std::vector<Row<CollateralSpec>> COLLATERAL = {
    {"good", [](CollateralSpec&) {}, "OK"},
    {"root_crl_other_issuer", [](CollateralSpec& c) { c.root_crl.issuer = "other"; },
     "TDX_CRL_INVALID"},
    {"pck_crl_missing", [](CollateralSpec& c) { c.leave_out = "pck_crl"; },
     "TDX_COLLATERAL_MISSING"},
    {"tcb_info_other_signer", [](CollateralSpec& c) { c.tcb_signer = 7; },
     "TDX_TCB_INFO_UNTRUSTED"},
    {"qe_identity_other_signer", [](CollateralSpec& c) { c.qe_signer = 7; },
     "TDX_QE_IDENTITY_UNTRUSTED"},
    {"pck_revoked", [](CollateralSpec& c) { c.pck_crl.serials.push_back(test::hex("020177")); },
     "TDX_CERT_REVOKED"},
    {"tcb_expired",
     [](CollateralSpec& c) {
         c.tcb_info = replaced(c.tcb_info, "2026-01-01T01:00:00Z", "2025-12-31T23:59:59Z");
     },
     "TDX_COLLATERAL_EXPIRED"},
    {"tcb_revoked",
     [](CollateralSpec& c) {
         c.tcb_info = replaced(
             c.tcb_info, R"("isvsvn":5},"tcbDate":"2025-01-01T00:00:00Z","tcbStatus":"UpToDate")",
             R"("isvsvn":5},"tcbDate":"2025-01-01T00:00:00Z","tcbStatus":"Revoked")");
     },
     "TDX_TCB_REVOKED"},
    {"other_fmspc",
     [](CollateralSpec& c) { c.tcb_info = replaced(c.tcb_info, "00906EA10000", "00906EA10001"); },
     "TDX_COLLATERAL_MISMATCH"},
    {"of_sgx", [](CollateralSpec& c) { c = test::sgx_collateral_spec(); },
     "TDX_COLLATERAL_MISMATCH"},
};

/// Their code is that of the signature alone.
const std::vector<Row<QuoteSpec>> QUOTES = {
    {"v4", [](QuoteSpec&) {}, "OK"},
    {"v5_td15",
     [](QuoteSpec& q) {
         q.version = 5;
         q.body_type = 3;
         q.body.resize(648);
     },
     "OK"},
    {"sgx_v3", [](QuoteSpec& q) { q = test::sgx_quote_spec(); }, "OK"},
    {"debug", [](QuoteSpec& q) { q.body[120] = 1; }, "OK"},
    {"other_signer", [](QuoteSpec& q) { q.quote_signer = 7; }, "TDX_SIGNATURE_INVALID"},
    {"other_qe_signer", [](QuoteSpec& q) { q.qe_signer = 7; }, "TDX_QE_SIGNATURE_INVALID"},
    {"unbound_key", [](QuoteSpec& q) { q.bind = false; }, "TDX_QE_BINDING"},
    {"trailing_bytes", [](QuoteSpec& q) { q.trailing = test::hex("0001"); }, "TDX_MALFORMED"},
};

const std::vector<Mutation> QUOTE_MUTATIONS = {
    {"version", 0, 2, "TDX_VERSION_UNSUPPORTED"}, {"key type", 2, 1, "TDX_ALG_UNSUPPORTED"},
    {"TEE type", 4, 1, "TDX_TEE_TYPE"},           {"QE vendor", 12, 1, "TDX_QE_VENDOR"},
    {"MRTD", 184, 1, "TDX_SIGNATURE_INVALID"},    {"signature", 636, 1, "TDX_SIGNATURE_INVALID"},
};

std::vector<Case> cases_of(const std::string& quote, const std::string& by_signature) {
    const std::string good = "good.json";
    const std::string mrtd = R"({"measurements":[{"mrtd":")" + repeat("aa", 48) + "\"";
    std::string pinned = mrtd;
    for (int i = 0; i < 3; ++i) {
        const std::string number = std::to_string(i);
        pinned += R"(,"rtmr)" + number + R"(":")" + repeat("b" + number, 48) + "\"";
    }
    pinned += "}]";
    if (quote == "sgx_v3")
        return {{"of_sgx.json", NOW, "", "OK"}, {good, NOW, "", "TDX_COLLATERAL_MISMATCH"}};
    if (quote == "debug")
        return {{good, NOW, "", "TDX_DEBUG_MODE"},
                {good, NOW, pinned + "}", "TDX_DEBUG_MODE"},
                {good, NOW, pinned + R"(,"allow_debug":true})", "OK"}};
    if (quote != "v4")
        return {{good, NOW, "", by_signature}};
    std::vector<Case> out;
    for (const auto& row : COLLATERAL)
        out.push_back({row.name + ".json", NOW, "", row.expect});
    const auto judged = [&](const std::string& policy, const char* expect) {
        out.push_back({good, NOW, policy, expect});
    };
    judged(pinned + "}", "OK");
    judged(mrtd + "}]}", "TDX_POLICY_EMPTY"); // without the RTMRs
    judged(replaced(pinned, "aa", "ab") + "}", "TDX_MEASUREMENT_MISMATCH");
    judged(R"({"measurements":[]})", "TDX_POLICY_EMPTY");
    judged(pinned + R"(,"report_data":")" + repeat("cc", 64) + "\"}", "OK");
    judged(pinned + R"(,"report_data":")" + repeat("cd", 64) + "\"}", "TDX_REPORT_DATA_MISMATCH");
    out.push_back({good, NOW + 3601, "", "TDX_CERT_EXPIRED"});
    out.push_back({good, NOW - 3601, "", "TDX_CERT_EXPIRED"});
    return out;
}

void make_tdx(Files& files) {
    files["tdx/root.der"] = text_of(test::quote_root());
    for (const auto& row : COLLATERAL) {
        CollateralSpec spec = test::collateral_spec();
        row.change(spec);
        files["tdx/" + row.name + ".json"] = test::make_collateral(spec);
    }
    JsonWriter out;
    out.object().key("root").string("root.der").key("quotes").array();
    for (const auto& row : QUOTES) {
        QuoteSpec spec = test::quote_spec();
        row.change(spec);
        files["tdx/" + row.name + ".bin"] = text_of(test::make_quote(spec));
        out.object().key("file").string(row.name + ".bin").key("version").number(spec.version);
        out.key("report_data").string(repeat("cc", 64)).key("fmspc").string("00906ea10000");
        if (spec.tee != 0)
            out.key("tee").string("TDX").key("mrtd").string(repeat("aa", 48));
        out.key("signature_only").object().key("now").number(NOW);
        out.key("expect").string(row.expect).end();
        out.key("cases").array();
        for (const Case& each : cases_of(row.name, row.expect)) {
            out.object().key("collateral").string(each.file);
            write_case(out, each);
            out.end();
        }
        out.end();
        write_mutations(out, row.name == "v4" ? QUOTE_MUTATIONS : std::vector<Mutation>{}, [] {});
        out.end();
    }
    files["tdx/index.json"] = out.end().end().take() + "\n";
}

const std::vector<Row<ReportSpec>> REPORTS = {
    {"milan", [](ReportSpec&) {}, "OK"},
    {"vlek", [](ReportSpec& r) { r = test::vlek_report_spec(); }, "OK"},
    {"turin", [](ReportSpec& r) { r = test::turin_report_spec(); }, "OK"},
    {"debug", [](ReportSpec& r) { r.put(10, {0x0b}); }, "SNP_DEBUG_MODE"},
    {"other_signer", [](ReportSpec& r) { r.signer = 4; }, "SNP_SIGNATURE_INVALID"},
    {"other_chip", [](ReportSpec& r) { r.put(0x1a0, {0}); }, "SNP_CHIP_ID_MISMATCH"},
    {"other_tcb", [](ReportSpec& r) { r.put(0x180, {4}); }, "SNP_TCB_MISMATCH"},
};

const std::vector<Mutation> REPORT_MUTATIONS = {
    {"version", 0, 7, "SNP_VERSION_UNSUPPORTED"},
    {"algorithm", 0x34, 3, "SNP_ALG_UNSUPPORTED"},
    {"measurement", 0x90, 1, "SNP_SIGNATURE_INVALID"},
    {"signature", 0x2a0, 1, "SNP_SIGNATURE_INVALID"},
    {"after the signature", 0x330, 1, "SNP_MALFORMED"},
};

void make_snp(Files& files) {
    JsonWriter out;
    out.object().key("ark_sha256").object();
    const auto& roots = test::demo_roots();
    for (std::size_t i = 0; i < roots.ark_sha256.size(); ++i)
        if (const auto& pin = roots.ark_sha256[i])
            out.key(attestation::name(static_cast<attestation::SnpLine>(i)))
                .string(bytes::to_hex(*pin));
    out.end().key("reports").array();
    const std::string pinned = R"({"measurements":[")" + repeat("aa", 48) + "\"]";
    for (const auto& row : REPORTS) {
        ReportSpec spec = test::report_spec();
        row.change(spec);
        const test::Evidence evidence = test::make_evidence(spec);
        const std::string vek = row.name + "_vek.der";
        const std::string chain = row.name + "_chain.pem";
        files["snp/" + row.name + ".bin"] = text_of(evidence.report);
        files["snp/" + vek] = text_of(evidence.vek);
        files["snp/" + chain] = evidence.chain;
        std::vector<Case> cases = {{"", NOW, "", row.expect}};
        if (row.name == "debug")
            cases.push_back({"", NOW, pinned + R"(,"allow_debug":true})", "OK"});
        if (row.name == "milan")
            cases.insert(
                cases.end(),
                {{"", NOW, pinned + "}", "OK"},
                 {"", NOW, replaced(pinned, "aa", "ab") + "}", "SNP_MEASUREMENT_MISMATCH"},
                 {"", NOW, R"({"measurements":[]})", "SNP_POLICY_EMPTY"},
                 {"", NOW, pinned + R"(,"report_data":")" + repeat("cc", 64) + "\"}", "OK"},
                 {"", NOW, pinned + R"(,"min_tcb":{"snp":9}})", "SNP_TCB_OUT_OF_DATE"},
                 {"", NOW + 3601, "", "SNP_CERT_EXPIRED"}});
        out.object().key("file").string(row.name + ".bin");
        if (row.expect == "OK") {
            out.key("measurement")
                .string(repeat("aa", 48))
                .key("host_data")
                .string(repeat("bb", 32));
            out.key("report_data").string(repeat("cc", 64)).key("vmpl").number(0);
        }
        out.key("cases").array();
        for (const Case& each : cases) {
            out.object().key("vek").string(vek).key("chain").string(chain);
            write_case(out, each);
            out.end();
        }
        out.end();
        write_mutations(out, row.name == "milan" ? REPORT_MUTATIONS : std::vector<Mutation>{}, [&] {
            out.key("vek").string(vek).key("chain").string(chain).key("now").number(NOW);
        });
        out.end();
    }
    files["snp/index.json"] = out.end().end().take() + "\n";
}

Files make() {
    Files files;
    make_tdx(files);
    make_snp(files);
    return files;
}

} // namespace

int main(int argc, char** argv) {
    return test::write_or_check(argc, argv, "assay_make_attested", make);
}
