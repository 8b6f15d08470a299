// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/ohttp/key_config.hpp"

#include "tests/unit/ohttp/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::ohttp {
namespace {

using test::outcome;

const std::string KEY{test::RECIPIENT_KEY};

std::string judge(const std::string& hex) {
    const auto config = read_key_config(test::hex(hex));
    return config ? outcome(check_key_config(*config)) : outcome(config);
}

TEST_CASE("a key configuration names a key and its suites", "[key_config]") {
    const auto config = read_key_config(test::hex("070020" + KEY + "000400010003"));
    REQUIRE(config.has_value());
    CHECK(config->key_id == 7);
    CHECK(config->kem_id == 0x20);
    CHECK(bytes::to_hex(*config->public_key) == KEY);
    CHECK(config->offers_suite);
    CHECK(judge("070020" + KEY + "000400010003") == "OK");
    CHECK(judge("ff0020" + KEY + "00080001000100010003") == "OK");
}

TEST_CASE("a key configuration is consumed exactly", "[key_config]") {
    const std::string whole = "070020" + KEY + "000400010003";
    for (std::size_t size = 0; size < whole.size() / 2; ++size)
        CHECK(judge(whole.substr(0, 2 * size)) == "OHTTP_MALFORMED");
    CHECK(judge(whole + "00") == "OHTTP_MALFORMED");
    CHECK(judge(whole + "00010003") == "OHTTP_MALFORMED");
    CHECK(judge("070020" + KEY + "0000") == "OHTTP_MALFORMED");
    CHECK(judge("070020" + KEY + "0003000100") == "OHTTP_MALFORMED");
    CHECK(judge("070020" + KEY + "ffff00010003") == "OHTTP_MALFORMED");
}

TEST_CASE("a key configuration needs the one suite", "[key_config]") {
    CHECK(judge("070021" + KEY + "000400010003") == "OHTTP_SUITE_UNSUPPORTED");
    CHECK(judge("070010") == "OHTTP_SUITE_UNSUPPORTED"); // its keys have another length
    CHECK(judge("070020" + KEY + "000400010001") == "OHTTP_SUITE_UNSUPPORTED");
    CHECK(judge("070020" + KEY + "000400030001") == "OHTTP_SUITE_UNSUPPORTED");
    CHECK(judge("070020" + KEY + "000800010001" + "00030003") == "OHTTP_SUITE_UNSUPPORTED");
}

TEST_CASE("a key configuration with a key of small order is refused", "[key_config]") {
    CHECK(judge("070020" + std::string(64, '0') + "000400010003") == "OHTTP_KEY_INVALID");
    // The suite is judged first.
    CHECK(judge("070020" + std::string(64, '0') + "000400010001") == "OHTTP_SUITE_UNSUPPORTED");
}

} // namespace
} // namespace assay::ohttp
