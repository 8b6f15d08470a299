// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/value_json.hpp"

namespace assay::api {

using bytes::JsonWriter;

void write_nitro(JsonWriter& out, const attestation::NitroClaims& claims, Judged judged) noexcept {
    out.object();
    if (judged == Judged::genuine) {
        out.key("genuine").boolean(true);
    }
    out.key("kind").string("nitro");
    out.key("moduleId").string(claims.module_id);
    out.key("timestampMs").decimal(claims.timestamp_ms);
    out.key("pcrs").object();
    for (std::size_t i = 0; i < claims.pcrs.size(); ++i) {
        if (claims.pcrs[i]) {
            out.key(std::to_string(i)).hex("", *claims.pcrs[i]);
        }
    }
    out.end();
    out.key("pcrHash");
    if (claims.pcr_hash) {
        out.hex("0x", *claims.pcr_hash);
    } else {
        out.null();
    }
    out.key("publicKey").hex("", claims.public_key);
    out.key("userData").hex("", claims.user_data);
    out.key("nonce").hex("", claims.nonce);
    out.key("debug").boolean(claims.debug);
    out.key("certificates").unsigned_number(claims.certificates);
    out.key("leafNotBefore").string(std::to_string(claims.leaf_validity.not_before));
    out.key("leafNotAfter").string(std::to_string(claims.leaf_validity.not_after));
    out.key("binding");
    if (claims.og) {
        out.object();
        out.key("tlsCertificateSha256").hex("", claims.og->tls_certificate);
        out.key("signingKeySha256").hex("", claims.og->signing_key);
        out.end();
    } else {
        out.null();
    }
    out.end();
}

void write_receipt(JsonWriter& out, const receipt::VerifiedReceipt& receipt,
                   const attestation::NitroClaims* attestation) noexcept {
    out.object();
    out.key("kind").string(name(receipt.kind()));
    out.key("kindAmbiguous").boolean(receipt.kind_ambiguous());
    out.key("output");
    if (receipt.output_kept()) {
        out.string(receipt.output());
    } else {
        out.null(); // of a stream whose text was not kept
    }
    out.key("timestamp").decimal(receipt.timestamp());
    out.key("teeId").hex("0x", receipt.tee_id());
    out.key("requestHash").hex("0x", receipt.request_hash());
    out.key("outputHash");
    if (receipt.output_hash()) {
        out.hex("0x", *receipt.output_hash());
    } else {
        out.null(); // the legacy format has none
    }
    out.key("profile").string(name(receipt.profile()));
    out.key("notCovered").array();
    for (const std::string& path : receipt.not_covered()) {
        out.string(path);
    }
    out.end();
    if (attestation != nullptr) {
        out.key("attestation");
        write_nitro(out, *attestation, Judged::verified);
    }
    out.end();
}

} // namespace assay::api
