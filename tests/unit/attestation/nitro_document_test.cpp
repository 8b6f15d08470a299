// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/nitro_document.hpp"
#include "core/attestation/nitro_limits.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"
#include "tests/unit/support/nitro_builder.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::attestation {
namespace {

using test::cbor_bytes;
using test::cbor_text;
using test::hex;

/// Outcome of the payload whose @p field has the encoded @p value.
std::string with(const std::string& field, const Bytes& value) {
    test::DocumentSpec spec = test::document_spec();
    spec.field(field) = value;
    return test::outcome(parse_nitro_payload(test::make_payload(spec)));
}

TEST_CASE("a Nitro payload's fields are read", "[nitro]") {
    test::DocumentSpec spec = test::document_spec();
    spec.field("nonce") = cbor_bytes(hex("beef"));
    spec.field("user_data") = hex("f6");
    spec.field("something new") = hex("a1 01 80");
    const Bytes payload = test::make_payload(spec);
    const auto fields = parse_nitro_payload(payload);
    REQUIRE(fields.has_value());
    CHECK(fields->module_id == "i-0-enc0");
    CHECK(fields->timestamp_ms == static_cast<std::uint64_t>(test::NOW) * 1000);
    REQUIRE(fields->pcrs[2].has_value());
    CHECK(test::bytes_of(*fields->pcrs[2]) == Bytes(48, 0x33));
    CHECK_FALSE(fields->pcrs[3].has_value());
    CHECK(fields->cabundle.size() == 2);
    CHECK(test::bytes_of(fields->nonce) == hex("beef"));
    CHECK(fields->user_data.empty());
    CHECK(fields->public_key.empty());
}

TEST_CASE("a Nitro payload needs every required field", "[nitro][negative]") {
    for (const char* field :
         {"module_id", "digest", "timestamp", "pcrs", "certificate", "cabundle"}) {
        test::DocumentSpec spec = test::document_spec();
        spec.remove(field);
        spec.field("nitrotpm_pcrs") = hex("a0");
        const auto fields = parse_nitro_payload(test::make_payload(spec));
        INFO(field);
        REQUIRE(test::outcome(fields) == "NITRO_MALFORMED");
        CHECK(fields.error().path == field);
    }
    for (const char* payload : {"", "a0", "80", "f6", "bf ff"}) {
        CHECK(test::outcome(parse_nitro_payload(hex(payload))) == "NITRO_MALFORMED");
    }
}

TEST_CASE("a Nitro payload's fields have their types", "[nitro][negative]") {
    struct Row {
        const char* field;
        Bytes value;
        const char* code;
    };
    const Bytes pcr(48, 1);
    for (const auto& [field, value, code] : {
             Row{"module_id", cbor_text(""), "NITRO_MALFORMED"},
             Row{"module_id", cbor_bytes(pcr), "NITRO_MALFORMED"},
             Row{"module_id", cbor_text(std::string(256, 'x')), "OK"},
             Row{"module_id", cbor_text(std::string(257, 'x')), "NITRO_LIMIT"},
             Row{"digest", cbor_bytes(as_bytes("SHA384")), "NITRO_MALFORMED"},
             Row{"digest", cbor_text("SHA256"), "NITRO_ALG_UNSUPPORTED"},
             Row{"digest", cbor_text("SHA384 "), "NITRO_ALG_UNSUPPORTED"},
             Row{"timestamp", hex("00"), "NITRO_MALFORMED"},
             Row{"timestamp", hex("20"), "NITRO_MALFORMED"},
             Row{"timestamp", hex("6131"), "NITRO_MALFORMED"},
             Row{"timestamp", hex("f5"), "NITRO_MALFORMED"},
             Row{"timestamp", hex("1bffffffffffffffff"), "OK"},
             Row{"pcrs", hex("a0"), "NITRO_MALFORMED"},
             Row{"pcrs", test::cbor_array({hex("00"), cbor_bytes(pcr)}), "NITRO_MALFORMED"},
             Row{"pcrs", test::cbor_map({{hex("181f"), cbor_bytes(pcr)}}), "OK"},
             Row{"pcrs", test::cbor_map({{hex("1820"), cbor_bytes(pcr)}}), "NITRO_MALFORMED"},
             Row{"pcrs", test::cbor_map({{hex("20"), cbor_bytes(pcr)}}), "NITRO_MALFORMED"},
             Row{"pcrs", test::cbor_map({{hex("6130"), cbor_bytes(pcr)}}), "NITRO_MALFORMED"},
             Row{"pcrs", test::pcr_map({Bytes(47)}), "NITRO_MALFORMED"},
             Row{"pcrs", test::pcr_map({Bytes(49)}), "NITRO_MALFORMED"},
             Row{"pcrs", test::pcr_map({Bytes{}}), "NITRO_MALFORMED"},
             Row{"certificate", hex("40"), "NITRO_MALFORMED"},
             Row{"certificate", hex("f6"), "NITRO_MALFORMED"},
             Row{"certificate", cbor_bytes(Bytes(8192)), "OK"},
             Row{"certificate", cbor_bytes(Bytes(8193)), "NITRO_LIMIT"},
             Row{"cabundle", hex("80"), "NITRO_MALFORMED"},
             Row{"cabundle", hex("4101"), "NITRO_MALFORMED"},
             Row{"cabundle", hex("82 4101 40"), "NITRO_MALFORMED"},
             Row{"cabundle", hex("82 4101 6101"), "NITRO_MALFORMED"},
             Row{"cabundle", test::cbor_array(std::vector<Bytes>(8, hex("4101"))), "OK"},
             Row{"cabundle", test::cbor_array(std::vector<Bytes>(9, hex("4101"))), "NITRO_LIMIT"},
             Row{"cabundle", test::cbor_array({cbor_bytes(Bytes(8193))}), "NITRO_LIMIT"},
             Row{"public_key", hex("40"), "OK"},
             Row{"public_key", hex("60"), "NITRO_MALFORMED"},
             Row{"user_data", hex("f4"), "NITRO_MALFORMED"},
             Row{"nonce", hex("00"), "NITRO_MALFORMED"},
             Row{"public_key", cbor_bytes(Bytes(1024)), "OK"},
             Row{"public_key", cbor_bytes(Bytes(1025)), "NITRO_LIMIT"},
             Row{"user_data", cbor_bytes(Bytes(1025)), "NITRO_LIMIT"},
             Row{"nonce", cbor_bytes(Bytes(1025)), "NITRO_LIMIT"},
         }) {
        INFO(field << ", " << value.size() << " bytes, " << code);
        CHECK(with(field, value) == code);
    }
}

TEST_CASE("a Nitro payload's fields are judged in the order of the table", "[nitro][negative]") {
    test::DocumentSpec spec = test::document_spec();
    spec.field("nonce") = cbor_bytes(Bytes(1025));
    spec.field("timestamp") = hex("20");
    CHECK(test::outcome(parse_nitro_payload(test::make_payload(spec))) == "NITRO_MALFORMED");
    spec.field("digest") = cbor_text("SHA512");
    CHECK(test::outcome(parse_nitro_payload(test::make_payload(spec))) == "NITRO_ALG_UNSUPPORTED");
    spec.field("module_id") = cbor_text(std::string(257, 'x'));
    CHECK(test::outcome(parse_nitro_payload(test::make_payload(spec))) == "NITRO_LIMIT");
    // Keys that are no text come before all of them.
    const Bytes payload = test::make_payload(spec);
    Bytes with_integer_key = test::concat({payload, hex("00 00")});
    with_integer_key[0] += 1;
    CHECK(test::outcome(parse_nitro_payload(with_integer_key)) == "NITRO_MALFORMED");
}

} // namespace
} // namespace assay::attestation
