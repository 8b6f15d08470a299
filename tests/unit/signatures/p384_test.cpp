// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/ecdsa_der.hpp"
#include "core/signatures/nist_curve.hpp"
#include "core/signatures/p384.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/ec_signer.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::signatures {
namespace {

using test::hex;
using test::outcome;

// RFC 6979 A.2.6: curve P-384, message "sample", SHA-384.
const Bytes KEY = hex("04"
                      "EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64"
                      "DEF8F0EA9055866064A254515480BC13"
                      "8015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA84B3F1C9DB1"
                      "288B231C3AE0D4FE7344FD2533264720");
const Bytes SIGNATURE = hex("94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C"
                            "81A648152E44ACF96E36DD1E80FABE46"
                            "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94F"
                            "A329C145786E679E7B82C71A38628AC8");
const Bytes ORDER = hex("ffffffffffffffffffffffffffffffffffffffffffffffff"
                        "c7634d81f4372ddf581a0db248b0a77aecec196accc52973");
const BytesView MESSAGE = as_bytes("sample");

Bytes with_r(const Bytes& r) {
    return test::concat({r, Bytes(SIGNATURE.begin() + 48, SIGNATURE.end())});
}

Bytes with_s(const Bytes& s) {
    return test::concat({Bytes(SIGNATURE.begin(), SIGNATURE.begin() + 48), s});
}

/// n - s by hand: the twin of a signature.
Bytes negated_s() {
    Bytes out(48);
    int borrow = 0;
    for (std::size_t i = 48; i-- > 0;) {
        const int digit = ORDER[i] - SIGNATURE[48 + i] - borrow;
        borrow = digit < 0 ? 1 : 0;
        out[i] = static_cast<std::uint8_t>(digit);
    }
    return out;
}

TEST_CASE("p384 verifies the signature of RFC 6979", "[p384]") {
    CHECK(outcome(verify_p384(KEY, MESSAGE, SIGNATURE)) == "OK");
    CHECK(outcome(verify_p384(KEY, MESSAGE, with_s(negated_s()))) == "OK"); // COSE: no low-s rule
    CHECK(outcome(verify_p384(KEY, as_bytes("test"), SIGNATURE)) == "SIGNATURE_INVALID");
}

TEST_CASE("p384 judges the form of the key, then of the signature, then its numbers",
          "[p384][negative]") {
    Bytes off_curve = KEY;
    off_curve[96] ^= 1;
    Bytes compressed(KEY.begin(), KEY.begin() + 49);
    compressed[0] = 0x02;
    Bytes hybrid = KEY;
    hybrid[0] = 0x06;
    const Bytes too_large = test::concat({Bytes{4}, Bytes(96, 0xff)});
    for (const Bytes& key : {Bytes{}, Bytes{0}, off_curve, compressed, hybrid, too_large,
                             test::concat({Bytes{4}, Bytes(96)}), test::concat({KEY, Bytes{0}})}) {
        CHECK(outcome(verify_p384(key, MESSAGE, SIGNATURE)) == "SIGNATURE_MALFORMED");
        CHECK(outcome(verify_p384(key, MESSAGE, with_r(Bytes(48)))) == "SIGNATURE_MALFORMED");
    }
    CHECK(outcome(verify_p384(KEY, MESSAGE, {})) == "SIGNATURE_MALFORMED");
    CHECK(outcome(verify_p384(KEY, MESSAGE, BytesView{SIGNATURE}.first(95))) ==
          "SIGNATURE_MALFORMED");
    CHECK(outcome(verify_p384(KEY, MESSAGE, test::concat({SIGNATURE, Bytes{0}}))) ==
          "SIGNATURE_MALFORMED");
    for (const Bytes& bad : {with_r(Bytes(48)), with_s(Bytes(48)), with_r(ORDER), with_s(ORDER),
                             with_r(Bytes(48, 0xff)), with_s(Bytes(48, 0xff))}) {
        CHECK_FALSE(has_p384_scalars(bad));
        CHECK(outcome(verify_p384(KEY, MESSAGE, bad)) == "SIGNATURE_INVALID");
    }
    Bytes largest = ORDER;
    largest[47] -= 1;
    CHECK(has_p384_scalars(with_s(largest)));
    CHECK(outcome(verify_p384(KEY, MESSAGE, with_s(largest))) == "SIGNATURE_INVALID");
}

TEST_CASE("p384 takes strict DER signatures apart", "[p384][negative]") {
    const test::P384Signer signer{7};
    const Bytes der = signer.sign_der(MESSAGE);
    const auto raw = ecdsa_der_to_raw(der, 48);
    REQUIRE(raw.has_value());
    CHECK(outcome(verify_p384(signer.public_key(), MESSAGE, *raw)) == "OK");

    const auto small = ecdsa_der_to_raw(hex("3006 020101 020102"), 48);
    REQUIRE(small.has_value());
    CHECK((*small)[47] == 1);
    CHECK((*small)[95] == 2);
    CHECK((*small)[0] == 0);
    for (const char* text :
         {"", "3000", "3003 020101", "3006 020101 020102 00", "3009 020101 020102 020103",
          "3006 0201ff 020102", "3007 02020001 020102", "3081 06 020101 020102",
          "3106 020101 020102", "3006 020101 040102"}) {
        INFO(text);
        CHECK_FALSE(ecdsa_der_to_raw(hex(text), 48).has_value());
    }
    const Bytes long_r = test::der_nested(0x30, {test::der_integer(Bytes(49, 1)), hex("020101")});
    CHECK_FALSE(ecdsa_der_to_raw(long_r, 48).has_value());
}

TEST_CASE("p384 answers can be recorded and replayed", "[p384]") {
    const P384Task task{KEY, MESSAGE, SIGNATURE};
    RecordingP384Verifier recorder;
    CHECK(recorder.verify(task));
    CHECK(recorder.verify({KEY, as_bytes("other"), SIGNATURE}));
    REQUIRE(recorder.records().size() == 2);
    CHECK(recorder.records()[0].public_key == KEY);
    CHECK(recorder.records()[1].message == test::bytes_of(as_bytes("other")));
    CHECK(recorder.records()[1].signature == SIGNATURE);

    CoreP384Verifier core;
    CHECK(core.verify(task));
    CHECK_FALSE(core.verify({KEY, as_bytes("other"), SIGNATURE}));

    const Bytes answers = {1, 0, 2};
    ReplayP384Verifier replay{answers};
    CHECK(replay.verify(task));
    CHECK_FALSE(replay.verify(task));
    CHECK_FALSE(replay.verify(task)); // only 1 is a yes
    CHECK_FALSE(replay.exhausted());
    CHECK_FALSE(replay.verify(task));
    CHECK(replay.exhausted());
}

TEST_CASE("points of P-256 are told from others", "[p384]") {
    const Bytes generator =
        hex("04 6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
            "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5");
    CHECK(is_point_on_curve(NistCurve::p256, generator));
    CHECK_FALSE(is_point_on_curve(NistCurve::p384, generator));
    CHECK_FALSE(is_point_on_curve(NistCurve::p256, KEY));
    Bytes off_curve = generator;
    off_curve[64] ^= 1;
    CHECK_FALSE(is_point_on_curve(NistCurve::p256, off_curve));
}

} // namespace
} // namespace assay::signatures
