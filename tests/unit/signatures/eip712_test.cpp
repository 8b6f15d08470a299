// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/hash/keccak256.hpp"
#include "core/signatures/eip712.hpp"

#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::signatures {
namespace {

using bytes::to_hex;
using test::concat;
using test::hex;

std::string typed_data(const std::string& types, const std::string& primary,
                       const std::string& message, const std::string& domain = R"({"name":"x"})") {
    return R"({"domain":)" + domain + R"(,"types":)" + types + R"(,"primaryType":")" + primary +
           R"(","message":)" + message + "}";
}

/// One member `a` of @p type with the value @p value.
std::string single(const std::string& type, const std::string& value) {
    return typed_data(R"({"M":[{"name":"a","type":")" + type + R"("}]})", "M",
                      R"({"a":)" + value + "}");
}

std::string result_of(const std::string& json) {
    const auto result = hash_typed_data(json);
    if (result)
        return "OK";
    return std::string{info(result.error().code).name} +
           (result.error().path.empty() ? "" : " " + std::string{result.error().path.view()});
}

/// The word after the type hash.
std::string word_of(const std::string& type, const std::string& value) {
    const auto result = hash_typed_data(single(type, value));
    if (!result)
        return std::string{info(result.error().code).name};
    REQUIRE(result->encoded.size() == 64);
    return to_hex(BytesView{result->encoded}.subspan(32));
}

Bytes keccak(const Bytes& data) {
    return test::bytes_of(hash::keccak256(data));
}

Bytes keccak(std::string_view text) {
    return test::bytes_of(hash::keccak256(as_bytes(text)));
}

const std::string ZEROS(64, '0');
const std::string ONES(64, 'f');
const std::string INVALID = "TYPED_DATA_INVALID";

TEST_CASE("a personal message is hashed with its length in bytes", "[eip191]") {
    const std::string text = "h\xc3\xa9llo";
    CHECK(personal_message_digest(as_bytes(text)) ==
          hash::keccak256(as_bytes("\x19"
                                   "Ethereum Signed Message:\n6" +
                                   text)));
    CHECK(personal_message_digest({}) == hash::keccak256(as_bytes("\x19"
                                                                  "Ethereum Signed Message:\n0")));
    const std::string longer(1234, 'a');
    CHECK(personal_message_digest(as_bytes(longer)) ==
          hash::keccak256(as_bytes("\x19"
                                   "Ethereum Signed Message:\n1234" +
                                   longer)));
}

TEST_CASE("the example of EIP-712 has its published digest", "[eip712]") {
    const std::string mail = typed_data(
        R"({"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
            {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
            "Person":[{"name":"name","type":"string"},{"name":"wallet","type":"address"}],
            "Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person"},
            {"name":"contents","type":"string"}]})",
        "Mail",
        R"({"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
            "to":{"name":"Bob","wallet":"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
            "contents":"Hello, Bob!"})",
        R"({"name":"Ether Mail","version":"1","chainId":1,
            "verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"})");
    const auto result = hash_typed_data(mail);
    REQUIRE(result.has_value());
    CHECK(result->encode_type ==
          "Mail(Person from,Person to,string contents)Person(string name,address wallet)");
    CHECK(to_hex(result->domain_separator) ==
          "f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f");
    CHECK(to_hex(result->digest) ==
          "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
    CHECK(result->not_covered.empty());
}

TEST_CASE("integers fill a word at both ends of their range and not beyond", "[eip712]") {
    CHECK(word_of("uint8", "255") == ZEROS.substr(2) + "ff");
    CHECK(word_of("uint8", R"("255")") == ZEROS.substr(2) + "ff");
    CHECK(word_of("uint8", R"("0xff")") == ZEROS.substr(2) + "ff");
    CHECK(word_of("uint8", R"("0xF")") == ZEROS.substr(1) + "f");
    CHECK(word_of("uint8", "-0") == ZEROS);
    CHECK(word_of("int8", "127") == ZEROS.substr(2) + "7f");
    CHECK(word_of("int8", "-128") == ONES.substr(2) + "80");
    CHECK(word_of("int8", R"("-1")") == ONES);
    CHECK(
        word_of(
            "int256",
            R"("-57896044618658097711785492504343953926634992332820282019728792003956564819968")") ==
        "80" + ZEROS.substr(2));
    CHECK(
        word_of(
            "uint256",
            R"("115792089237316195423570985008687907853269984665640564039457584007913129639935")") ==
        ONES);
    for (
        const auto& [type, value] : std::initializer_list<std::pair<const char*, const char*>>{
            {"uint8", "256"},
            {"uint8", "-1"},
            {"int8", "128"},
            {"int8", "-129"},
            {"int8", R"("0x80")"},
            {"int256",
             R"("57896044618658097711785492504343953926634992332820282019728792003956564819968")"},
            {"int256",
             R"("-57896044618658097711785492504343953926634992332820282019728792003956564819969")"},
            {"uint256",
             R"("115792089237316195423570985008687907853269984665640564039457584007913129639936")"},
            {"uint256", R"("0x10000000000000000000000000000000000000000000000000000000000000000")"},
            {"uint8", "1.0"},
            {"uint8", "1e1"},
            {"uint8", R"("")"},
            {"uint8", R"("0x")"},
            {"uint8", R"("-0x1")"},
            {"uint8", R"("+1")"},
            {"uint8", R"("--1")"},
            {"uint8", R"(" 1")"},
            {"uint8", R"("1a")"},
            {"uint8", "true"},
            {"uint8", "null"}})
        CHECK(word_of(type, value) == INVALID);
}

TEST_CASE("bytes and addresses have exactly their length", "[eip712]") {
    CHECK(word_of("bytes4", R"("0x01020304")") == "01020304" + ZEROS.substr(8));
    CHECK(word_of("bytes32", R"("0x)" + ONES + R"(")") == ONES);
    CHECK(word_of("address", R"("0x)" + ONES.substr(24) + R"(")") ==
          ZEROS.substr(40) + ONES.substr(24));
    CHECK(word_of("bytes", R"("0x")") == to_hex(keccak("")));
    CHECK(word_of("bytes", R"("0x6869")") == to_hex(keccak("hi")));
    CHECK(word_of("string", R"("h\u00e9")") == to_hex(keccak("h\xc3\xa9")));
    CHECK(word_of("bool", "true") == ZEROS.substr(1) + "1");
    CHECK(word_of("bool", "false") == ZEROS);
    for (const auto& [type, value] :
         std::initializer_list<std::pair<const char*, const char*>>{{"bytes4", R"("0x010203")"},
                                                                    {"bytes4", R"("0x0102030405")"},
                                                                    {"bytes4", R"("01020304")"},
                                                                    {"bytes4", "16909060"},
                                                                    {"bytes", R"("0x123")"},
                                                                    {"bytes", R"("0xzz")"},
                                                                    {"bytes", "[1,2]"},
                                                                    {"address", R"("0x0102")"},
                                                                    {"address", "1"},
                                                                    {"bool", "1"},
                                                                    {"bool", R"("true")"},
                                                                    {"string", "1"},
                                                                    {"string", R"("\ud800")"}})
        CHECK(word_of(type, value) == INVALID);
}

TEST_CASE("arrays are hashed from the innermost outwards", "[eip712]") {
    const Bytes one = hex(ZEROS.substr(2) + "01");
    const Bytes two = hex(ZEROS.substr(2) + "02");
    const Bytes three = hex(ZEROS.substr(2) + "03");
    CHECK(word_of("uint8[]", "[1,2]") == to_hex(keccak(concat({one, two}))));
    CHECK(word_of("uint8[]", "[]") == to_hex(keccak("")));
    CHECK(word_of("uint8[0]", "[]") == to_hex(keccak("")));
    // uint8[2][] is a list of pairs.
    CHECK(word_of("uint8[2][]", "[[1,2],[3,1],[2,3]]") ==
          to_hex(keccak(concat({keccak(concat({one, two})), keccak(concat({three, one})),
                                keccak(concat({two, three}))}))));
    CHECK(word_of("string[1]", R"(["hi"])") == to_hex(keccak(keccak("hi"))));
    for (const auto& [type, value] :
         std::initializer_list<std::pair<const char*, const char*>>{{"uint8[2]", "[1]"},
                                                                    {"uint8[2]", "[1,2,3]"},
                                                                    {"uint8[2][]", "[[1,2],[3]]"},
                                                                    {"uint8[][2]", "[[1,2]]"},
                                                                    {"uint8[]", "1"},
                                                                    {"uint8[]", R"({"0":1})"},
                                                                    {"uint8[]", "[[1]]"},
                                                                    {"uint8[]", "null"},
                                                                    {"uint8[", "[]"},
                                                                    {"uint8[]x", "[]"},
                                                                    {"uint8[01]", "[1]"},
                                                                    {"uint8[-1]", "[]"},
                                                                    {"uint8[9999999999]", "[]"},
                                                                    {"[]", "[]"}})
        CHECK(word_of(type, value) == INVALID);
}

TEST_CASE("only the widths of the standard are types", "[eip712][negative]") {
    for (const char* type :
         {"uint", "int", "uint0", "uint7", "uint264", "uint08", "uint1000", "int12", "bytes0",
          "bytes33", "bytes01", "byte", "function", "fixed128x18", "", "uint8 ", "Uint8", "M2"})
        CHECK(word_of(type, R"("0x01")") == INVALID);
}

TEST_CASE("the types must be a set of structs that one can write down", "[eip712][negative]") {
    const auto with = [](const std::string& types, const std::string& message = R"({"a":{}})") {
        return result_of(typed_data(types, "M", message));
    };
    CHECK(with(R"({"M":[{"name":"a","type":"M"}]})") == INVALID + " types");
    CHECK(with(R"({"M":[{"name":"a","type":"B[]"}],"B":[{"name":"m","type":"M[2]"}]})") ==
          INVALID + " types");
    CHECK(with(R"({"M":[{"name":"a","type":"uint8"},{"name":"a","type":"uint8"}]})") ==
          INVALID + " types.M");
    CHECK(with(R"({"M":[{"name":"a","type":"Nope"}]})") == INVALID + " types.M");
    CHECK(with(R"({"M":[],"N":[{"name":"a","type":"Nope"}]})", "{}") == INVALID + " types.N");
    CHECK(with(R"({"M":[],"M":[]})", "{}").starts_with(INVALID));
    CHECK(with(R"({"M":[],"uint8":[]})", "{}") == INVALID + " types.uint8");
    CHECK(with(R"({"M":[],"bytes33":[]})", "{}") == INVALID + " types.bytes33");
    CHECK(with(R"({"M":[],"address":[]})", "{}") == INVALID + " types.address");
    CHECK(with(R"-({"M":[],"B(uint8 a)":[]})-", "{}") == INVALID + " types.B(uint8 a)");
    CHECK(with(R"({"M":[],"1B":[]})", "{}") == INVALID + " types.1B");
    CHECK(with(R"({"M":[{"name":"a,uint8 b","type":"uint8"}]})") == INVALID + " types.M");
    CHECK(with(R"({"M":[{"name":"","type":"uint8"}]})") == INVALID + " types.M");
    CHECK(with(R"({"M":[{"name":"a"}]})") == INVALID + " types.M");
    CHECK(with(R"({"M":[{"name":"a","type":8}]})") == INVALID + " types.M");
    CHECK(with(R"({"M":[{"name":"a","type":"uint8","x":1}]})") == INVALID + " types.M");
    CHECK(with(R"({"M":{}})") == INVALID + " types.M");
    CHECK(with("[]") == INVALID + " types");
    CHECK(with("{}") == INVALID + " primaryType");
    CHECK(with(R"({"M":[]})", "{}") == "OK");
}

TEST_CASE("types are bounded before any work", "[eip712][limit]") {
    std::string many = R"({"M":[])";
    for (int i = 0; i < 256; ++i)
        many += ",\"S" + std::to_string(i) + "\":[]";
    CHECK(result_of(typed_data(many + "}", "M", "{}")) == "INPUT_LIMIT types");
    std::string wide = R"({"M":[)";
    for (int i = 0; i < 257; ++i)
        wide += (i == 0 ? "" : ",") + std::string{R"({"name":"a)"} + std::to_string(i) +
                R"(","type":"bool"})";
    CHECK(result_of(typed_data(wide + "]}", "M", "{}")) == "INPUT_LIMIT types.M");
    CHECK(result_of(typed_data(R"({"M":[]})" + std::string(1, ' '), "M",
                               std::string(16U << 20U, ' ') + "{}")) == "INPUT_LIMIT");
    CHECK(result_of(typed_data("{" + std::string(256U << 10U, ' ') + R"("M":[]})", "M", "{}")) ==
          "INPUT_LIMIT types");
}

TEST_CASE("members are wanted, and others are named as not covered", "[eip712]") {
    const std::string types =
        R"({"M":[{"name":"b","type":"B"},{"name":"l","type":"B[]"}],"B":[{"name":"x","type":"uint8"}]})";
    const auto with = [&](const std::string& message) {
        return result_of(typed_data(types, "M", message));
    };
    CHECK(with(R"({"b":{"x":1},"l":[]})") == "OK");
    CHECK(with(R"({"l":[],"b":{"x":1}})") == "OK");
    CHECK(with(R"({"b":{"x":1}})") == INVALID + " message.l");
    CHECK(with(R"({"b":{},"l":[]})") == INVALID + " message.b.x");
    CHECK(with(R"({"b":null,"l":[]})") == INVALID + " message.b");
    CHECK(with(R"({"b":{"x":1},"l":[{"x":2},{"x":300}]})") == INVALID + " message.l[1].x");
    CHECK(with("null") == INVALID + " message");

    const auto more =
        hash_typed_data(typed_data(types, "M", R"({"b":{"x":1,"y":2},"l":[],"z":3})"));
    REQUIRE(more.has_value());
    CHECK(more->not_covered == std::vector<std::string>{"message.b.y", "message.z"});
    const auto plain = hash_typed_data(typed_data(types, "M", R"({"b":{"x":1},"l":[]})"));
    REQUIRE(plain.has_value());
    CHECK(plain->digest == more->digest);

    std::string many = R"({"b":{"x":1},"l":[])";
    for (int i = 0; i < 257; ++i)
        many += ",\"u" + std::to_string(i) + "\":0";
    CHECK(with(many + "}").starts_with("INPUT_LIMIT"));
}

TEST_CASE("the domain counts with exactly the members that it has", "[eip712]") {
    const auto with = [](const std::string& domain, const std::string& declared = "") {
        return result_of(typed_data(R"({"M":[])" + declared + "}", "M", "{}", domain));
    };
    const auto separator = [](const std::string& domain) {
        const auto result = hash_typed_data(typed_data(R"({"M":[]})", "M", "{}", domain));
        return result ? to_hex(result->domain_separator) : std::string{"refused"};
    };
    CHECK(separator("{}") == to_hex(keccak(keccak("EIP712Domain()"))));
    CHECK(separator(R"({"chainId":"1","name":"x"})") ==
          to_hex(keccak(concat({keccak("EIP712Domain(string name,uint256 chainId)"), keccak("x"),
                                hex(ZEROS.substr(2) + "01")}))));
    CHECK(with(R"({"name":null})") == INVALID + " domain.name");
    CHECK(with(R"({"chainId":-1})") == INVALID + " domain.chainId");
    CHECK(with(R"({"salt":"0x00"})") == INVALID + " domain.salt");
    CHECK(with(R"({"verifyingContract":"0x00"})") == INVALID + " domain.verifyingContract");
    CHECK(with(R"({"name":"x","extra":1})") == INVALID + " domain");
    CHECK(with("[]") == INVALID + " domain");

    const std::string NAME = R"({"name":"name","type":"string"})";
    const std::string CHAIN = R"({"name":"chainId","type":"uint256"})";
    const std::string BOTH = R"({"name":"x","chainId":1})";
    const auto declare = [](const std::string& list) {
        return R"(,"EIP712Domain":[)" + list + "]";
    };
    CHECK(with(BOTH, declare(NAME + "," + CHAIN)) == "OK");
    for (const std::string& list : {CHAIN + "," + NAME, NAME, CHAIN, std::string{},
                                    NAME + "," + CHAIN + R"(,{"name":"version","type":"string"})",
                                    NAME + R"(,{"name":"chainId","type":"uint64"})"})
        CHECK(with(BOTH, declare(list)) == INVALID + " types.EIP712Domain");
}

TEST_CASE("typed data is one object with four members", "[eip712][negative]") {
    CHECK(result_of("").starts_with(INVALID));
    CHECK(result_of("null") == INVALID);
    CHECK(result_of(R"({"domain":{},"types":{"M":[]},"primaryType":"M"})") == INVALID);
    CHECK(result_of(R"({"domain":{},"types":{"M":[]},"primaryType":"M","message":{},"x":1})") ==
          INVALID);
    CHECK(result_of(R"({"domain":{},"types":{"M":[]},"primaryType":1,"message":{}})") == INVALID);
    CHECK(result_of(typed_data(R"({"M":[]})", "N", "{}")) == INVALID + " primaryType");
    CHECK(result_of(typed_data(R"({"M":[]})", "M[]", "[]")) == INVALID + " primaryType");
    CHECK(result_of(typed_data(R"({"EIP712Domain":[{"name":"name","type":"string"}]})",
                               "EIP712Domain", R"({"name":"x"})")) == INVALID + " primaryType");
}

TEST_CASE("nesting that the reader allows does not overflow the stack", "[eip712][limit]") {
    std::string suffixes;
    std::string value = "1";
    for (int depth = 0; depth < 125; ++depth) {
        suffixes += "[]";
        value = "[" + value + "]";
    }
    CHECK(result_of(single("uint8" + suffixes, value)) == "OK");
    CHECK(result_of(single("uint8" + suffixes + "[][][]", "[[[" + value + "]]]"))
              .starts_with(INVALID));
}

} // namespace
} // namespace assay::signatures
