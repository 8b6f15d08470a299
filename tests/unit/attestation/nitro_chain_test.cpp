// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/nitro.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <functional>
#include <string>

namespace assay::attestation {
namespace {

using test::CertificateSpec;
using test::hex;
using test::NOW;

/// Root, intermediate, leaf.
using Specs = std::array<CertificateSpec, 3>;

/// Outcome for the chain that @p change has altered, its own root pinned.
std::string with(const std::function<void(Specs&)>& change, std::int64_t now = NOW) {
    Specs specs = {test::root_spec(), test::intermediate_spec(), test::leaf_spec()};
    change(specs);
    const Bytes root = test::make_certificate(specs[0]);
    const Bytes document = test::make_document(test::document_spec(
        {root, test::make_certificate(specs[1])}, test::make_certificate(specs[2])));
    signatures::CoreP384Verifier verifier;
    CheckList checks;
    return test::outcome(
        authenticate(TrustAnchor::certificate(root, "demo root"), now, document, verifier, checks));
}

/// Outcome for certificates in another arrangement, with the root of document_spec() pinned.
std::string arranged(const std::vector<Bytes>& bundle, const Bytes& leaf) {
    const Bytes document = test::make_document(test::document_spec(bundle, leaf));
    signatures::CoreP384Verifier verifier;
    CheckList checks;
    return test::outcome(authenticate(TrustAnchor::certificate(test::demo_root(), "demo root"), NOW,
                                      document, verifier, checks));
}

TEST_CASE("a chain leads to the pinned root and nowhere else", "[nitro][chain][negative]") {
    const Bytes& root = test::demo_root();
    const Bytes intermediate = test::make_certificate(test::intermediate_spec());
    const Bytes leaf = test::make_certificate(test::leaf_spec());
    CHECK(arranged({root, intermediate}, leaf) == "OK");
    CHECK(arranged({intermediate}, leaf) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(arranged({intermediate, root}, leaf) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(arranged({root}, leaf) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(arranged({root, root, intermediate}, leaf) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(arranged({root, intermediate, intermediate}, leaf) == "NITRO_CHAIN_UNTRUSTED");
    // A root of the same name with another key, and the true root behind it.
    CertificateSpec forged = test::root_spec();
    forged.signer = forged.key = 9;
    const Bytes attacker = test::make_certificate(forged);
    CHECK(arranged({attacker, intermediate}, leaf) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(arranged({attacker, root, intermediate}, leaf) == "NITRO_CHAIN_UNTRUSTED");
    // The same root, reissued: other bytes.
    CertificateSpec reissued = test::root_spec();
    reissued.serial = hex("020102");
    CHECK(arranged({test::make_certificate(reissued), intermediate}, leaf) ==
          "NITRO_CHAIN_UNTRUSTED");
    CHECK(arranged({root, hex("3000")}, leaf) == "NITRO_MALFORMED");
    CHECK(arranged({root, intermediate}, test::concat({leaf, Bytes{0}})) == "NITRO_MALFORMED");
    // Step 1 looks at all of them before step 2 looks at the root.
    CHECK(arranged({attacker, hex("3000")}, leaf) == "NITRO_MALFORMED");
}

TEST_CASE("every link of a chain holds", "[nitro][chain][negative]") {
    CHECK(with([](Specs&) {}) == "OK");
    CHECK(with([](Specs& c) { c[0].signer = 9; }) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(with([](Specs& c) { c[1].signer = 9; }) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(with([](Specs& c) { c[2].signer = 9; }) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(with([](Specs& c) { c[2].issuer = "demo Intermediate"; }) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(with([](Specs& c) { c[0].issuer = "other"; }) == "NITRO_CHAIN_UNTRUSTED");
    const Bytes other_id = test::extension(35, false, hex("3004 8002 c009"));
    CHECK(with([&](Specs& c) { c[2].extensions[2] = other_id; }) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(with([&](Specs& c) { c[0].extensions.push_back(other_id); }) == "NITRO_CHAIN_UNTRUSTED");
    CHECK(with([](Specs& c) { c[2].extensions.pop_back(); }) == "OK"); // only one of the two
}

TEST_CASE("a chain uses one algorithm", "[nitro][chain][negative]") {
    const auto p256 = [](Specs& c) {
        c[1].key_info = hex("3059 3013 0607 2a8648ce3d0201 0608 2a8648ce3d030107 0342 00"
                            "04 6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
                            "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5");
    };
    CHECK(with(p256) == "NITRO_ALG_UNSUPPORTED");
    const auto algorithm = [](std::string_view text) {
        return with([&](Specs& c) { c[2].algorithm = hex(text); });
    };
    CHECK(algorithm("300a 0608 2a8648ce3d040302") == "NITRO_ALG_UNSUPPORTED"); // inner SHA-256
    CHECK(algorithm("300c 0608 2a8648ce3d040303 0500") == "NITRO_ALG_UNSUPPORTED");
    CHECK(algorithm("3005 0603 2b6570") == "NITRO_ALG_UNSUPPORTED");
    // Step 3 comes before the signatures of step 4.
    CHECK(with([&](Specs& c) {
              p256(c);
              c[0].signer = 9;
          }) == "NITRO_ALG_UNSUPPORTED");
}

TEST_CASE("certificates are used within their constraints", "[nitro][chain][negative]") {
    const auto refused = [](const std::function<void(Specs&)>& change) {
        return with(change) == "NITRO_CERT_CONSTRAINT";
    };
    CHECK(refused([](Specs& c) { c[1].version = {}; }));
    CHECK(refused([](Specs& c) { c[2].version = hex("a003 020101"); }));
    CHECK(refused([](Specs& c) { c[2].version = hex("a003 020103"); }));
    CHECK(refused([](Specs& c) { c[1].extensions[0] = test::leaf_constraints(); }));
    CHECK(refused([](Specs& c) { c[1].extensions.erase(c[1].extensions.begin()); }));
    CHECK(refused([](Specs& c) { c[1].extensions[1] = test::key_usage(0x02); }));
    CHECK(refused([](Specs& c) { c[1].extensions.erase(c[1].extensions.begin() + 1); }));
    CHECK(refused([](Specs& c) { c[0].extensions[0] = test::ca_constraints(0); }));
    CHECK(with([](Specs& c) { c[0].extensions[0] = test::ca_constraints(1); }) == "OK");
    CHECK(refused([](Specs& c) { c[2].extensions[0] = test::ca_constraints(-1); }));
    CHECK(refused([](Specs& c) { c[2].extensions[1] = test::key_usage(0x40); }));
    CHECK(refused([](Specs& c) { c[2].extensions.erase(c[2].extensions.begin() + 1); }));
    CHECK(with([](Specs& c) { c[2].extensions.erase(c[2].extensions.begin()); }) == "OK");
    for (const std::size_t i : {0U, 1U, 2U}) {
        CHECK(refused(
            [i](Specs& c) { c[i].extensions.push_back(test::extension(99, true, hex("00"))); }));
        CHECK(with([i](Specs& c) {
                  c[i].extensions.push_back(test::extension(99, false, hex("00")));
              }) == "OK");
    }
}

TEST_CASE("a chain's key usages are in DER to the last bit", "[nitro][chain][negative]") {
    CHECK(with([](Specs& c) {
              c[2].extensions[1] = test::extension(15, true, hex("0302 0080"));
          }) == "NITRO_MALFORMED");
}

TEST_CASE("certificates are valid at the given time, bounds included", "[nitro][chain][negative]") {
    const auto at = [](std::int64_t now) { return with([](Specs&) {}, now); };
    CHECK(at(NOW - 3600) == "OK");
    CHECK(at(NOW - 3601) == "NITRO_CERT_EXPIRED");
    CHECK(at(NOW + 3600) == "OK");
    CHECK(at(NOW + 3601) == "NITRO_CERT_EXPIRED");
    CHECK(at(-1) == "NITRO_CERT_EXPIRED");
    CHECK(with([](Specs& c) { c[0].not_after = "251231235959Z"; }) == "NITRO_CERT_EXPIRED");
    CHECK(with([](Specs& c) { c[1].not_before = "20260101000001Z"; }) == "NITRO_CERT_EXPIRED");
}

TEST_CASE("the pinned AWS root is a fingerprint that other bytes do not have", "[nitro][chain]") {
    const TrustAnchor aws = TrustAnchor::aws_nitro();
    CHECK_FALSE(aws.matches(test::demo_root()));
    CHECK_FALSE(aws.matches({}));
    CHECK(aws.self_signature_known());
    CHECK(TrustAnchor::certificate(test::demo_root(), "x").matches(test::demo_root()));
    CHECK_FALSE(TrustAnchor::certificate({}, "x").matches(test::demo_root()));
}

} // namespace
} // namespace assay::attestation
