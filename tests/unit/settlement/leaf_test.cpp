// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"
#include "core/settlement/leaf.hpp"

#include "tests/unit/settlement/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::settlement {
namespace {

using test::outcome;

/// Leaf 1 as the tests' key would have signed it.
Leaf signed_leaf() {
    Leaf leaf = test::sample_leaf(1);
    leaf.tee_id = hash::keccak256(test::rsa_spki());
    const Hash32 message = hash::Keccak256{}
                               .update(leaf.input_hash)
                               .update(leaf.output_hash)
                               .update(leaf.timestamp)
                               .finish();
    leaf.signature = test::rsa_pss_sign(message);
    return leaf;
}

std::string judge(const Leaf& leaf, BytesView spki) {
    CheckList checks;
    const auto result = verify_leaf_signature(spki, leaf, checks);
    CHECK((checks.items().back().status == CheckStatus::passed) == result.has_value());
    return outcome(result);
}

TEST_CASE("a leaf's signature is the receipt's", "[leaf]") {
    CHECK(judge(signed_leaf(), test::rsa_spki()) == "OK");
}

TEST_CASE("a leaf's signature binds key, hashes and time", "[leaf]") {
    const Bytes spki = test::rsa_spki();
    Leaf other = signed_leaf();
    other.tee_id[0] ^= 1;
    CHECK(judge(other, spki) == "RECEIPT_TEE_ID_MISMATCH");
    other = signed_leaf();
    std::swap(other.input_hash, other.output_hash);
    CHECK(judge(other, spki) == "RECEIPT_SIGNATURE_INVALID");
    other = signed_leaf();
    other.timestamp[0] = 1; // beyond 64 bits: the whole word is signed
    CHECK(judge(other, spki) == "RECEIPT_SIGNATURE_INVALID");
    other = signed_leaf();
    other.signature.push_back(0);
    CHECK(judge(other, spki) == "RECEIPT_SIGNATURE_INVALID");
    other.signature.clear();
    CHECK(judge(other, spki) == "RECEIPT_SIGNATURE_INVALID");
    CHECK(judge(signed_leaf(), Bytes(10)) == "RECEIPT_KEY_UNSUPPORTED");
}

TEST_CASE("a leaf's hash depends on every byte and on the signature's length", "[leaf]") {
    const Hash32 plain = leaf_hash(test::sample_leaf(1));
    Leaf padded = test::sample_leaf(1);
    padded.signature.push_back(0); // the same words, another length
    CHECK(leaf_hash(padded) != plain);
    Leaf later = test::sample_leaf(1);
    later.timestamp = bytes::word_from_u64(1784000002);
    CHECK(leaf_hash(later) != plain);
}

} // namespace
} // namespace assay::settlement
