// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/cose_sign1.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::attestation {
namespace {

using test::hex;

std::string parse(std::string_view text) {
    return test::outcome(parse_cose_sign1(hex(text)));
}

TEST_CASE("cose_sign1 takes an array of four, tagged or not", "[cose]") {
    CHECK(parse("84 44a1013822 a0 4101 4102") == "OK");
    CHECK(parse("d2 84 44a1013822 a0 4101 4102") == "OK");
    CHECK(parse("9f 44a1013822 bf ff 4101 4102 ff") == "OK");
    CHECK(parse("84 45a101390022 a0 40 40") == "OK");                  // -35 in a longer head
    CHECK(parse("84 46bf013822ff a10126 40 40") == "NITRO_MALFORMED"); // one byte left over
    CHECK(parse("84 45bf013822ff a10126 40 40") == "OK"); // an alg outside means nothing
}

TEST_CASE("cose_sign1 refuses other envelopes", "[cose][negative]") {
    for (const char* text :
         {"", "d2", "d2 d2 84 44a1013822 a0 4101 4102", "d8 12 84 44a1013822 a0 4101 4102",
          "d1 84 44a1013822 a0 4101 4102", "83 44a1013822 a0 4101", "a0",
          "85 44a1013822 a0 4101 4102 40", "84 44a1013822 a0 4101 4102 00",
          "84 a1013822 a0 4101 4102", "84 44a1013822 f6 4101 4102", "84 44a1013822 80 4101 4102",
          "84 44a1013822 a0 f6 4102", "84 44a1013822 a0 6101 4102", "84 44a1013822 a0 4101 6102",
          "84 44a1013822 a2 01 00 01 00 4101 4102"}) {
        INFO(text);
        CHECK(parse(text) == "NITRO_MALFORMED");
    }
}

TEST_CASE("cose_sign1 demands ES384 in the protected header and nothing else", "[cose][negative]") {
    const auto with = [](std::string_view header) {
        const Bytes document =
            test::cbor_array({test::cbor_bytes(hex(header)), hex("a0"), hex("4101"), hex("4102")});
        return test::outcome(parse_cose_sign1(document));
    };
    CHECK(with("a1013822") == "OK");
    for (const char* header :
         {"", "a0", "a10126", "a1013823", "a1011822", "a101 65 4553333834", "a101f6", "a1 02 3822",
          "a1 20 3822", "a1 6131 3822", "a2 0126 02 80"}) {
        INFO(header);
        CHECK(with(header) == "NITRO_ALG_UNSUPPORTED");
    }
    for (const char* header : {"a2 013822 02 8104", "a2 013822 04 4101", "a2 013822 013822", "80",
                               "43a10126", "a1013822 00", "a101", "f6"}) {
        INFO(header);
        CHECK(with(header) == "NITRO_MALFORMED");
    }
    CHECK(with("b841") == "NITRO_LIMIT");
}

TEST_CASE("cose_sign1 signs over the shortest heads", "[cose]") {
    const Bytes payload(300, 0x5a);
    const Bytes header = hex("a1013822");
    const Bytes expected =
        test::concat({hex("84 6a 5369676e617475726531 44 a1013822 40 59012c"), payload});
    CHECK(sig_structure({header, payload, {}}) == expected);
    const Bytes small(23, 1);
    CHECK(sig_structure({header, small, {}}) ==
          test::concat({hex("84 6a 5369676e617475726531 44 a1013822 40 57"), small}));
    const Bytes one_byte_length(24, 1);
    CHECK(sig_structure({header, one_byte_length, {}}) ==
          test::concat({hex("84 6a 5369676e617475726531 44 a1013822 40 5818"), one_byte_length}));
}

} // namespace
} // namespace assay::attestation
