// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/nitro.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <type_traits>
#include <vector>

namespace assay::attestation {
namespace {

using test::NOW;
using Rows = std::vector<std::string>;

// Only authenticate() and verify() make these.
static_assert(!std::is_default_constructible_v<GenuineNitroDocument>);
static_assert(!std::is_constructible_v<GenuineNitroDocument, NitroClaims>);
static_assert(!std::is_default_constructible_v<VerifiedNitroDocument>);
static_assert(!std::is_constructible_v<VerifiedNitroDocument, GenuineNitroDocument>);

TrustAnchor anchor() {
    return TrustAnchor::certificate(test::demo_root(), "demo root");
}

/// "name status", one for each row.
Rows rows(const CheckList& checks) {
    Rows out;
    for (const Check& check : checks.items()) {
        out.push_back(check.name + " " + std::string{name(check.status)});
    }
    return out;
}

NitroPolicy policy(const std::string& more) {
    std::string text = R"({"measurements":[{)";
    for (const char* pin : {R"("0":"11)", R"(,"1":"22)", R"(,"2":"33)"}) {
        text += pin;
        for (int i = 1; i < 48; ++i) {
            text += std::string{pin}.substr(std::string{pin}.size() - 2);
        }
        text += '"';
    }
    text += "}]" + more + "}";
    const auto json = bytes::parse_json(text, ErrorCode::POLICY_INVALID);
    REQUIRE(json.has_value());
    auto parsed = NitroPolicy::parse(*json);
    REQUIRE(parsed.has_value());
    return *std::move(parsed);
}

std::string authenticated(const Bytes& document, Rows* out = nullptr) {
    signatures::CoreP384Verifier verifier;
    CheckList checks;
    const auto result = authenticate(anchor(), NOW, document, verifier, checks);
    if (out != nullptr) {
        *out = rows(checks);
    }
    return test::outcome(result);
}

TEST_CASE("a genuine document gives its claims", "[nitro]") {
    test::DocumentSpec spec = test::document_spec();
    const std::string binding = "1220" + std::string(64, 'a') + "1220" + std::string(64, 'b');
    spec.field("user_data") = test::cbor_bytes(test::hex(binding));
    spec.field("public_key") = test::cbor_bytes(test::hex("cafe"));
    signatures::CoreP384Verifier verifier;
    CheckList checks;
    const auto document = authenticate(anchor(), NOW, test::make_document(spec), verifier, checks);
    REQUIRE(test::outcome(document) == "OK");
    const NitroClaims& claims = document->claims();
    CHECK(claims.module_id == "i-0-enc0");
    CHECK(claims.timestamp_ms == static_cast<std::uint64_t>(NOW) * 1000);
    CHECK(claims.pcrs[1]->front() == 0x22);
    CHECK_FALSE(claims.pcrs[3].has_value());
    CHECK(claims.public_key == test::hex("cafe"));
    CHECK(claims.nonce.empty());
    CHECK(claims.pcr_hash.has_value());
    CHECK_FALSE(claims.debug);
    CHECK(claims.certificates == 3);
    CHECK(claims.chain_validity.not_before == NOW - 3600);
    CHECK(claims.chain_validity.not_after == NOW + 3600);
    REQUIRE(claims.og.has_value());
    CHECK(claims.og->tls_certificate[0] == 0xaa);
    CHECK(claims.og->signing_key[31] == 0xbb);
    CHECK(rows(checks) == Rows{"document passed", "trusted root passed", "certificate chain passed",
                               "certificate constraints passed", "certificate validity passed",
                               "document signature passed", "certificate revocation not-covered"});
    CHECK(checks.items()[1].detail == "demo root");
}

TEST_CASE("a document is in debug mode when one of the three measurements is zero", "[nitro]") {
    const auto debug = [](const std::vector<Bytes>& pcrs) {
        test::DocumentSpec spec = test::document_spec();
        spec.field("pcrs") = test::pcr_map(pcrs);
        signatures::CoreP384Verifier verifier;
        CheckList checks;
        const auto document =
            authenticate(anchor(), NOW, test::make_document(spec), verifier, checks);
        REQUIRE(document.has_value());
        return document->claims().debug;
    };
    const Bytes zero(48, 0);
    const Bytes one(48, 1);
    CHECK(debug({zero, one, one}));
    CHECK(debug({one, one, zero}));
    CHECK_FALSE(debug({one, one, one, zero}));
    CHECK_FALSE(debug({one}));
}

TEST_CASE("verification adds the policy's checks", "[nitro]") {
    const Bytes document = test::make_document(test::document_spec());
    signatures::CoreP384Verifier verifier;
    CheckList checks;
    const auto verified = verify(anchor(), policy(""), NOW, document, verifier, checks);
    REQUIRE(test::outcome(verified) == "OK");
    CHECK(verified->claims().module_id == "i-0-enc0");
    const Rows all = rows(checks);
    REQUIRE(all.size() == 12);
    CHECK(Rows(all.begin() + 7, all.end()) == Rows{"age passed", "debug mode passed",
                                                   "measurements passed", "nonce not-covered",
                                                   "TLS certificate not-covered"});
}

TEST_CASE("after the failed check nothing follows", "[nitro][negative]") {
    Bytes document = test::make_document(test::document_spec());
    document.back() ^= 1;
    Rows out;
    CHECK(authenticated(document, &out) == "NITRO_SIGNATURE_INVALID");
    CHECK(out.back() == "document signature failed");
    CHECK(out.size() == 6);

    CHECK(authenticated({}, &out) == "NITRO_MALFORMED");
    CHECK(out == Rows{"document failed"});

    signatures::CoreP384Verifier verifier;
    CheckList checks;
    const Bytes good = test::make_document(test::document_spec());
    CHECK(test::outcome(verify(anchor(), policy(R"(,"nonce":"00","public_key":"00")"), NOW, good,
                               verifier, checks)) == "NITRO_NONCE_MISMATCH");
    CHECK(checks.items().back().name == "nonce");
    CHECK(checks.items().back().code == ErrorCode::NITRO_NONCE_MISMATCH);
}

TEST_CASE("the size of a document is looked at first", "[nitro][negative]") {
    CHECK(authenticated(Bytes(16384, 0xff)) == "NITRO_MALFORMED");
    CHECK(authenticated(Bytes(16385, 0xff)) == "NITRO_LIMIT");
}

TEST_CASE("a document's signature covers exactly this payload and header", "[nitro][negative]") {
    const test::DocumentSpec spec = test::document_spec();
    test::DocumentSpec stranger = spec;
    stranger.signer = 2; // the intermediate's key
    CHECK(authenticated(test::make_document(stranger)) == "NITRO_SIGNATURE_INVALID");
    const Bytes good = test::make_document(spec);
    CHECK(authenticated(good) == "OK");
    for (const Bytes& signature :
         {Bytes{}, Bytes(96), Bytes(95, 1), Bytes(97, 1), Bytes(96, 0xff), Bytes(132, 1)}) {
        const Bytes changed =
            test::concat({Bytes(good.begin(), good.end() - 98), test::cbor_bytes(signature)});
        CHECK(authenticated(changed) == "NITRO_SIGNATURE_INVALID");
    }
    // Other heads around the same content are covered: the structure is encoded anew.
    Bytes indefinite = good;
    indefinite[0] = 0x9f;
    indefinite.push_back(0xff);
    CHECK(authenticated(indefinite) == "OK");
}

TEST_CASE("recorded answers give the verdict of the core", "[nitro]") {
    const Bytes good = test::make_document(test::document_spec());
    Bytes bad = good;
    bad.back() ^= 1;
    for (const Bytes& document : {good, bad}) {
        signatures::RecordingP384Verifier recorder;
        record_signatures(anchor(), document, recorder);
        REQUIRE(recorder.records().size() == 4); // three certificates and the document
        signatures::CoreP384Verifier core;
        Bytes answers;
        for (const auto& task : recorder.records()) {
            answers.push_back(core.verify({task.public_key, task.message, task.signature}) ? 1 : 0);
        }
        signatures::ReplayP384Verifier replay{answers};
        CheckList checks;
        CHECK(test::outcome(authenticate(anchor(), NOW, document, replay, checks)) ==
              authenticated(document));
        CHECK_FALSE(replay.exhausted());
    }
    signatures::ReplayP384Verifier none{{}};
    CheckList checks;
    CHECK(test::outcome(authenticate(anchor(), NOW, good, none, checks)) ==
          "NITRO_CHAIN_UNTRUSTED");
    CHECK(none.exhausted());
    signatures::RecordingP384Verifier nothing;
    record_signatures(TrustAnchor::aws_nitro(), good, nothing);
    CHECK(nothing.records().empty());
}

} // namespace
} // namespace assay::attestation
