// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/signatures/ed25519.hpp"
#include "core/signatures/ed25519_batch.hpp"

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace assay;
using namespace assay::signatures;

namespace {

struct Sample {
    Bytes key;
    Bytes message;
    Bytes signature;
};

/// RFC 8032 §7.1, tests 1 to 3.
std::vector<Sample> samples() {
    const auto bytes = [](const char* text) { return *bytes::from_hex(text); };
    return {
        {bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
         {},
         bytes("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61"
               "e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")},
        {bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
         {0x72},
         bytes("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458"
               "f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")},
        {bytes("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"),
         {0xaf, 0x82},
         bytes("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae6"
               "7f760984dc6594a7c15e9716ed28dc027beceea1ec40a")},
    };
}

bool together(const std::vector<Sample>& given) {
    std::vector<Ed25519Task> tasks;
    for (const Sample& sample : given)
        tasks.push_back({sample.key, sample.message, sample.signature});
    return verify_ed25519_batch(tasks);
}

bool alone(const Sample& sample) {
    return verify_ed25519(sample.key, sample.message, sample.signature, Ed25519Rule::zip215)
        .has_value();
}

} // namespace

TEST_CASE("a batch says of one signature what the rule says of it", "[signatures][ed25519]") {
    for (const Sample& good : samples()) {
        CHECK(together({good}));
        for (std::size_t bit = 0; bit < 8 * 64; bit += 7) {
            Sample bent = good;
            bent.signature[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
            INFO(bit);
            CHECK(together({bent}) == alone(bent));
        }
    }
    CHECK(together({}));
    CHECK_FALSE(together({{{}, {}, {}}}));
}

TEST_CASE("points of small order count under ZIP-215, alone and together",
          "[signatures][ed25519]") {
    // The neutral element, and (0, -1) of order two, as key and as R; s = 0 fits all of them.
    std::vector<Sample> small;
    for (const char* key : {"0100000000000000000000000000000000000000000000000000000000000000",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
        for (const char* r : {"0100000000000000000000000000000000000000000000000000000000000000",
                              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
            Sample sample{*bytes::from_hex(key), {1, 2, 3}, *bytes::from_hex(r)};
            sample.signature.resize(64);
            CHECK(alone(sample));
            small.push_back(sample);
        }
    }
    CHECK(together(small));
    auto mixed = samples();
    mixed.insert(mixed.end(), small.begin(), small.end());
    CHECK(together(mixed));
}

TEST_CASE("one bad signature spoils every batch, beyond one sum as well",
          "[signatures][ed25519][negative]") {
    std::vector<Sample> many;
    for (std::size_t i = 0; i < 130; ++i)
        many.push_back(samples()[i % 3]);
    CHECK(together(many));
    for (const std::size_t at : {0, 127, 128, 129}) {
        auto bent = many;
        bent[at].message.push_back(0);
        INFO(at);
        CHECK_FALSE(together(bent));
    }
    // Two that would cancel without coefficients of their own.
    auto swapped = many;
    std::swap(swapped[0].signature, swapped[1].signature);
    CHECK_FALSE(together(swapped));
}
