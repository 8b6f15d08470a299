// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/attestation_json.hpp"

#include <string>

namespace assay::api {
namespace {

using attestation::Tee;
using bytes::JsonWriter;

/// A name of policies as claims write it: report_data is reportData.
std::string camel_case(std::string_view name) {
    std::string out;
    bool raise = false;
    for (const char c : name) {
        if (c == '_') {
            raise = true;
            continue;
        }
        const bool letter = c >= 'a' && c <= 'z';
        out += raise && letter ? static_cast<char>(c - 'a' + 'A') : c;
        raise = false;
    }
    return out;
}

void write_head(JsonWriter& out, std::string_view kind, bool debug, Judged judged) {
    out.object();
    if (judged == Judged::genuine) {
        out.key("genuine").boolean(true);
    }
    out.key("kind").string(kind);
    out.key("debug").boolean(debug);
}

void write_status(JsonWriter& out, std::string_view key,
                  const std::optional<attestation::TcbStatus>& status) {
    out.key(key);
    if (status) {
        out.string(name(*status));
    } else {
        out.null();
    }
}

} // namespace

void write_tdx(JsonWriter& out, const attestation::TdxClaims& claims, Judged judged) noexcept {
    constexpr std::string_view FIRST_RTMR = "rtmr0";
    constexpr std::string_view LAST_RTMR = "rtmr3";
    constexpr std::size_t U16_BYTES = 2;
    write_head(out, claims.tee == Tee::tdx ? "tdx" : "sgx", claims.debug, judged);
    out.key("version").unsigned_number(claims.version);
    out.key("bodyType").unsigned_number(claims.body_type);
    for (const attestation::ReportField& field : attestation::report_fields(claims.body_type)) {
        const BytesView value = field.in(claims.report);
        if (field.name == FIRST_RTMR) {
            out.key("rtmr").array();
        } else if (!field.name.starts_with("rtmr")) {
            out.key(camel_case(field.name));
        }
        if (value.size() == U16_BYTES) {
            out.unsigned_number(value[0] | static_cast<unsigned>(value[1]) << 8);
        } else {
            out.hex("", value);
        }
        if (field.name == LAST_RTMR) {
            out.end();
        }
    }
    out.key("fmspc").hex("", claims.fmspc);
    out.key("pceId").hex("", claims.pce_id);
    out.key("pckIssuer").string(claims.pck_issuer);
    out.key("tcb");
    if (claims.tcb) {
        out.object();
        write_status(out, "status", claims.tcb->status);
        write_status(out, "qeStatus", claims.tcb->qe_status);
        write_status(out, "moduleStatus", claims.tcb->module_status);
        out.key("advisories").array();
        for (const std::string& advisory : claims.tcb->advisories) {
            out.string(advisory);
        }
        out.end();
        out.key("evaluationDataNumber").unsigned_number(claims.tcb->evaluation_number);
        out.end();
    } else {
        out.null();
    }
    out.end();
}

void write_snp(JsonWriter& out, const attestation::SnpClaims& claims, Judged judged) noexcept {
    const bool turin = claims.line == attestation::SnpLine::turin;
    write_head(out, "snp", claims.debug, judged);
    out.key("version").unsigned_number(claims.version);
    out.key("vmpl").unsigned_number(claims.vmpl);
    out.key("guestSvn").unsigned_number(claims.guest_svn);
    out.key("guestPolicy").decimal(claims.guest_policy);
    out.key("platformInfo").decimal(claims.platform_info);
    out.key("keyKind").string(claims.key == attestation::SnpKey::vcek ? "VCEK" : "VLEK");
    out.key("productLine").string(name(claims.line));
    out.key("product").string(claims.product);
    out.key("cspId").string(claims.csp_id);
    for (const attestation::SnpField& field : attestation::snp_fields()) {
        out.key(field.name).hex("", field.in(claims.report));
    }
    out.key("tcb").object();
    const auto names = attestation::snp_tcb_parts();
    for (std::size_t i = turin ? 0 : 1; i < names.size(); ++i) {
        out.key(names[i]).unsigned_number(claims.reported_tcb.parts[i]);
    }
    out.end();
    out.end();
}

} // namespace assay::api
