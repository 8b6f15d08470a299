// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Properties of attestation.md §1.10, on every bit and every prefix of one document.
#include "core/attestation/nitro.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

namespace assay::attestation {
namespace {

using test::NOW;

/// An ideal signature scheme: exactly what was signed verifies. Takes the cost of the curve out of
/// ten thousand runs; the curve itself is tested elsewhere.
class IdealVerifier final : public signatures::P384Verifier {
public:
    IdealVerifier(const TrustAnchor& root, const Bytes& document) {
        record_signatures(root, document, signed_);
    }

    bool verify(const signatures::P384Task& task) noexcept override {
        const auto& records = signed_.records();
        return std::any_of(records.begin(), records.end(), [&](const auto& record) {
            return std::equal(record.public_key.begin(), record.public_key.end(),
                              task.public_key.begin(), task.public_key.end()) &&
                   std::equal(record.message.begin(), record.message.end(), task.message.begin(),
                              task.message.end()) &&
                   std::equal(record.signature.begin(), record.signature.end(),
                              task.signature.begin(), task.signature.end());
        });
    }

private:
    signatures::RecordingP384Verifier signed_;
};

TrustAnchor anchor() {
    return TrustAnchor::certificate(test::demo_root(), "demo root");
}

/// With something in the unprotected header, and payload and array heads that can grow.
Bytes sample() {
    test::DocumentSpec spec = test::document_spec();
    spec.unprotected_header = test::hex("a1 04 42 abcd");
    spec.field("nonce") = test::cbor_bytes(test::hex("00112233"));
    return test::make_document(spec);
}

bool same(const NitroClaims& a, const NitroClaims& b) {
    return a.module_id == b.module_id && a.timestamp_ms == b.timestamp_ms && a.pcrs == b.pcrs &&
           a.public_key == b.public_key && a.user_data == b.user_data && a.nonce == b.nonce;
}

TEST_CASE("no bit of a document can be flipped, but for the unprotected header",
          "[nitro][properties]") {
    const Bytes good = sample();
    // array head, protected (5 bytes), then the unprotected map.
    constexpr std::size_t UNPROTECTED_BEGIN = 6;
    constexpr std::size_t UNPROTECTED_END = UNPROTECTED_BEGIN + 5;
    IdealVerifier verifier{anchor(), good};
    CheckList checks;
    const auto original = authenticate(anchor(), NOW, good, verifier, checks);
    REQUIRE(test::outcome(original) == "OK");
    std::size_t accepted = 0;
    Bytes flipped = good;
    for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
        const auto mask = static_cast<std::uint8_t>(1U << bit % 8);
        flipped[bit / 8] ^= mask;
        CheckList ignored;
        const auto result = authenticate(anchor(), NOW, flipped, verifier, ignored);
        flipped[bit / 8] ^= mask;
        if (!result) {
            continue;
        }
        ++accepted;
        INFO("bit " << bit % 8 << " of byte " << bit / 8);
        REQUIRE(bit / 8 >= UNPROTECTED_BEGIN);
        REQUIRE(bit / 8 < UNPROTECTED_END);
        REQUIRE(same(original->claims(), result->claims()));
    }
    CHECK(accepted > 0); // the two content bytes at least: the exception is real
}

TEST_CASE("every proper prefix of a document is refused", "[nitro][properties]") {
    const Bytes good = sample();
    IdealVerifier verifier{anchor(), good};
    for (std::size_t size = 0; size < good.size(); ++size) {
        CheckList ignored;
        const auto result =
            authenticate(anchor(), NOW, BytesView{good}.first(size), verifier, ignored);
        REQUIRE(test::outcome(result) == "NITRO_MALFORMED");
    }
}

TEST_CASE("a verdict does not depend on earlier calls", "[nitro][properties]") {
    const Bytes good = sample();
    Bytes bad = good;
    bad.back() ^= 1;
    signatures::CoreP384Verifier verifier;
    for (int i = 0; i < 2; ++i) {
        CheckList checks;
        CHECK(test::outcome(authenticate(anchor(), NOW, good, verifier, checks)) == "OK");
        CHECK(test::outcome(authenticate(anchor(), NOW, bad, verifier, checks)) ==
              "NITRO_SIGNATURE_INVALID");
        CHECK(test::outcome(authenticate(anchor(), NOW, {}, verifier, checks)) ==
              "NITRO_MALFORMED");
    }
}

} // namespace
} // namespace assay::attestation
