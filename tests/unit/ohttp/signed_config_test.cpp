// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/base64.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/word.hpp"
#include "core/hash/keccak256.hpp"
#include "core/ohttp/request.hpp"
#include "core/ohttp/signed_config.hpp"

#include "tests/unit/ohttp/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

namespace assay::ohttp {
namespace {

using test::hex;
using test::outcome;

/// A configuration as a gateway publishes it; a member that is empty is left out.
struct Config {
    std::string tee_id = '"' + bytes::to_hex_0x(hash::keccak256(test::rsa_spki())) + '"';
    std::string key_id = "7";
    std::string kem_id = "32";
    std::string kdf_id = "1";
    std::string aead_id = "3";
    std::string public_key{test::RECIPIENT_KEY};
    std::string key_config = "070020" + std::string{test::RECIPIENT_KEY} + "000400010003";
    std::string signature{};
    std::string signature_hash{};

    [[nodiscard]] Hash32 hash() const {
        const auto number = [](const std::string& text) {
            return bytes::word_from_u64(std::stoul(text));
        };
        return hash::Keccak256{}
            .update(hash::keccak256(as_bytes("OPENGRADIENT_TEE_OHTTP_CONFIG_V1")))
            .update(hash::keccak256(test::rsa_spki()))
            .update(number(key_id))
            .update(number(kem_id))
            .update(number(kdf_id))
            .update(number(aead_id))
            .update(hash::keccak256(hex(public_key)))
            .update(hash::keccak256(hex(key_config)))
            .finish();
    }

    Config& sign() {
        signature = '"' + bytes::to_base64(test::rsa_pss_sign(hash())) + '"';
        return *this;
    }

    [[nodiscard]] std::string text() const {
        std::string out = "{";
        const auto add = [&](const char* name, const std::string& value) {
            if (!value.empty())
                out += (out.size() > 1 ? ",\"" : "\"") + std::string{name} + "\":" + value;
        };
        add("tee_id", tee_id);
        add("key_id", key_id);
        add("kem_id", kem_id);
        add("kdf_id", kdf_id);
        add("aead_id", aead_id);
        add("public_key", '"' + public_key + '"');
        add("key_config", '"' + bytes::to_base64(hex(key_config)) + '"');
        add("signature", signature);
        add("signature_hash", signature_hash);
        return out + "}";
    }
};

std::string judge_text(const std::string& text, BytesView spki) {
    CheckList checks;
    const auto result = verify_config(spki, text, checks);
    CHECK((checks.items().back().status == CheckStatus::passed) == result.has_value());
    return outcome(result);
}

std::string judge(const Config& config) {
    return judge_text(config.text(), test::rsa_spki());
}

TEST_CASE("a signed configuration is accepted", "[config]") {
    CHECK(judge(Config{}.sign()) == "OK");
    Config bare = Config{}.sign();
    bare.tee_id.clear(); // the registry's form
    CHECK(judge(bare) == "OK");
    Config hashed = Config{}.sign();
    hashed.signature_hash = '"' + bytes::to_hex_0x(hashed.hash()) + '"';
    CHECK(judge(hashed) == "OK");
    CheckList checks;
    const auto verified = verify_config(test::rsa_spki(), hashed.text(), checks);
    CHECK(verified->key_id() == 7);
    CHECK(bytes::to_hex(verified->public_key()) == test::RECIPIENT_KEY);
    CHECK(verified->tee_id() == hash::keccak256(test::rsa_spki()));
    CHECK(verified->config_hash() == hashed.hash());
}

TEST_CASE("a request is sealed for a verified configuration", "[config]") {
    CheckList checks;
    const auto verified = verify_config(test::rsa_spki(), Config{}.sign().text(), checks);
    const auto sealed = seal_request(*verified, as_bytes(test::PLAINTEXT), Bytes(32, 0x22));
    CHECK(bytes::to_hex(sealed->wire) == test::WIRE);
}

TEST_CASE("a configuration with a member of another form is malformed", "[config]") {
    const auto with = [](auto change) {
        Config config = Config{}.sign();
        change(config);
        return judge(config);
    };
    for (const char* id : {"256", "-1", "1.0", "\"7\"", "1e0", "null", "true", ""})
        CHECK(with([&](Config& c) { c.key_id = id; }) == "OHTTP_MALFORMED");
    for (const char* id : {"65536", "\"32\"", ""}) {
        CHECK(with([&](Config& c) { c.kem_id = id; }) == "OHTTP_MALFORMED");
        CHECK(with([&](Config& c) { c.kdf_id = id; }) == "OHTTP_MALFORMED");
        CHECK(with([&](Config& c) { c.aead_id = id; }) == "OHTTP_MALFORMED");
    }
    CHECK(with([](Config& c) { c.public_key.pop_back(); }) == "OHTTP_MALFORMED");
    CHECK(with([](Config& c) { c.public_key.resize(62); }) == "OHTTP_MALFORMED");
    CHECK(with([](Config& c) { c.public_key[0] = 'z'; }) == "OHTTP_MALFORMED");
    CHECK(with([](Config& c) { c.key_config.resize(80); }) == "OHTTP_MALFORMED");
    CHECK(with([](Config& c) { c.key_config += "00"; }) == "OHTTP_MALFORMED");
    CHECK(with([](Config& c) { c.key_config = "07"; }) == "OHTTP_MALFORMED");
    CHECK(with([](Config& c) { c.key_config.clear(); }) == "OHTTP_MALFORMED");
    for (const char* signature : {"", "\"\"", "\"?\"", "null", "\"AA\""})
        CHECK(with([&](Config& c) { c.signature = signature; }) == "OHTTP_MALFORMED");
    for (const char* hash : {"\"0x12\"", "null", "7"}) {
        CHECK(with([&](Config& c) { c.signature_hash = hash; }) == "OHTTP_MALFORMED");
        CHECK(with([&](Config& c) { c.tee_id = hash; }) == "OHTTP_MALFORMED");
    }
    const std::string text = Config{}.sign().text();
    for (const std::string& other :
         {std::string{}, std::string{"[]"}, std::string{"null"}, text + "}",
          text.substr(0, text.size() - 1) + ",\"key_id\":7}"})
        CHECK(judge_text(other, test::rsa_spki()) == "OHTTP_MALFORMED");
    CHECK(judge_text(std::string(MAX_CONFIG_BYTES + 1, ' '), test::rsa_spki()) == "OHTTP_LIMIT");
}

TEST_CASE("a configuration is judged in the order of the rules", "[config]") {
    // Everything is wrong, and is put right from step to step.
    Config config = Config{}.sign();
    config.tee_id = '"' + std::string(64, '1') + '"';
    config.signature_hash = '"' + std::string(64, '2') + '"';
    config.aead_id = "1";
    config.public_key = std::string(64, '0');
    config.key_config = "080020" + std::string(64, '1') + "000400010001";
    config.signature[5] = config.signature[5] == 'A' ? 'B' : 'A';
    const std::string whole = config.signature;
    config.signature = "\"?\"";
    CHECK(judge_text(config.text(), Bytes(5)) == "OHTTP_MALFORMED");
    config.signature = whole;
    CHECK(judge_text(config.text(), Bytes(5)) == "RECEIPT_KEY_UNSUPPORTED");
    CHECK(judge(config) == "RECEIPT_TEE_ID_MISMATCH");
    config.tee_id = Config{}.tee_id;
    CHECK(judge(config) == "OHTTP_CONFIG_MISMATCH"); // hash
    config.signature_hash.clear();
    CHECK(judge(config) == "OHTTP_CONFIG_MISMATCH"); // key
    config.key_config = "080020" + std::string(64, '0') + "000400010001";
    CHECK(judge(config) == "OHTTP_CONFIG_MISMATCH"); // key id
    config.key_config = "070020" + std::string(64, '0') + "000400010001";
    CHECK(judge(config) == "OHTTP_SUITE_UNSUPPORTED"); // neither the pair nor the id
    config.key_config = "070020" + std::string(64, '0') + "000400010003";
    CHECK(judge(config) == "OHTTP_SUITE_UNSUPPORTED"); // the id
    config.aead_id = "3";
    CHECK(judge(config) == "OHTTP_CONFIG_SIGNATURE_INVALID");
    config.sign();
    CHECK(judge(config) == "OHTTP_KEY_INVALID");
}

TEST_CASE("another suite is unsupported, also signed", "[config]") {
    Config config;
    config.kem_id = "16";
    config.key_config = "070010" + std::string{test::RECIPIENT_KEY};
    CHECK(judge(config.sign()) == "OHTTP_SUITE_UNSUPPORTED");
    config = Config{};
    config.kem_id = "16"; // beside a blob of the known KEM
    CHECK(judge(config.sign()) == "OHTTP_SUITE_UNSUPPORTED");
    config = Config{};
    config.kdf_id = "3";
    CHECK(judge(config.sign()) == "OHTTP_SUITE_UNSUPPORTED");
}

TEST_CASE("every member is signed", "[config]") {
    Config config = Config{}.sign();
    const std::string signature = config.signature;
    config.key_id = "8";
    config.key_config = "080020" + config.public_key + "000400010003";
    CHECK(judge(config) == "OHTTP_CONFIG_SIGNATURE_INVALID");
    config = Config{};
    config.signature = signature;
    config.key_config = "070020" + config.public_key + "00080001000300010001";
    CHECK(judge(config) == "OHTTP_CONFIG_SIGNATURE_INVALID");
    config = Config{}.sign();
    config.signature = '"' + bytes::to_base64(test::rsa_pss_sign(config.hash(), 20)) + '"';
    CHECK(judge(config) == "OHTTP_CONFIG_SIGNATURE_INVALID"); // another salt
    config.signature = "\"AAAA\"";
    CHECK(judge(config) == "OHTTP_CONFIG_SIGNATURE_INVALID"); // another length
}

} // namespace
} // namespace assay::ohttp
