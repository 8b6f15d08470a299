// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Proofs under keys whose secrets the test knows: with them a valid proof of anything is one
// equation, and so is every near miss.
#include "core/bytes/word.hpp"
#include "core/zk/snarkjs/files.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace zk = assay::zk;
using assay::ErrorCode;
using zk::Fr;
using zk::Number;

namespace {

std::string decimal(const Number& number) {
    assay::Hash32 word;
    assay::math::write_big_endian(number, word);
    return '"' + assay::bytes::word_to_decimal(word) + '"';
}
std::string decimal(const zk::Fp& a) {
    return decimal(zk::FpLimbs::to_words(a.limbs));
}
std::string text(const zk::G1& p) {
    return "[" + decimal(p.x) + "," + decimal(p.y) + ",\"1\"]";
}
std::string text(const zk::G2& p) {
    return "[[" + decimal(p.x.c0) + "," + decimal(p.x.c1) + "],[" + decimal(p.y.c0) + "," +
           decimal(p.y.c1) + "],[\"1\",\"0\"]]";
}
zk::G1 g1(const Fr& k) {
    return zk::to_affine(zk::multiply(zk::g1_generator(), zk::number_of(k)));
}
zk::G2 g2(const Fr& k) {
    return zk::to_affine(zk::multiply(zk::g2_generator(), zk::number_of(k)));
}

/// The logarithms of a key and of a proof.
struct Secrets {
    Fr alpha = zk::fr_from(3), beta = zk::fr_from(5), gamma = zk::fr_from(7),
       delta = zk::fr_from(11);
    std::array<Fr, 2> ic = {zk::fr_from(13), zk::fr_from(17)};
    Fr a = zk::fr_from(19), b = zk::fr_from(23);
    Fr input = zk::fr_from(29);

    /// c with a b = alpha beta + l gamma + c delta
    [[nodiscard]] Fr c() const {
        const Fr l = zk::add(ic[0], ic[1] * input);
        const Fr rest = zk::subtract(zk::subtract(a * b, alpha * beta), l * gamma);
        return rest * zk::invert(delta);
    }
    [[nodiscard]] std::string key() const {
        return R"({"protocol":"groth16","curve":"bn128","nPublic":1,"vk_alpha_1":)" +
               text(g1(alpha)) + ",\"vk_beta_2\":" + text(g2(beta)) +
               ",\"vk_gamma_2\":" + text(g2(gamma)) + ",\"vk_delta_2\":" + text(g2(delta)) +
               ",\"IC\":[" + text(g1(ic[0])) + "," + text(g1(ic[1])) + "]}";
    }
    [[nodiscard]] std::string proof(const Fr& c_log) const {
        return R"({"protocol":"groth16","curve":"bn128","pi_a":)" + text(g1(a)) +
               ",\"pi_b\":" + text(g2(b)) + ",\"pi_c\":" + text(g1(c_log)) + "}";
    }
    [[nodiscard]] std::string publics() const { return "[" + decimal(zk::number_of(input)) + "]"; }
};

ErrorCode code(const std::string& key, const std::string& publics, const std::string& proof) {
    const auto verified = zk::verify_snark(zk::groth16_equation, {key, publics, proof});
    return verified ? ErrorCode{} : verified.error().code;
}

} // namespace

TEST_CASE("A Groth16 proof holds for its input and key alone") {
    const Secrets s;
    REQUIRE(code(s.key(), s.publics(), s.proof(s.c())) == ErrorCode{});
    REQUIRE(code(s.key(), "[\"30\"]", s.proof(s.c())) == ErrorCode::ZK_PROOF_INVALID);
    REQUIRE(code(s.key(), s.publics(), s.proof(zk::add(s.c(), zk::fr_one()))) ==
            ErrorCode::ZK_PROOF_INVALID);
    for (Fr Secrets::*part : {&Secrets::alpha, &Secrets::beta, &Secrets::gamma, &Secrets::delta}) {
        Secrets other;
        other.*part = zk::fr_from(31);
        REQUIRE(code(other.key(), s.publics(), s.proof(s.c())) == ErrorCode::ZK_PROOF_INVALID);
        // The same x: whatever is kept of a key is found by all of its points.
        other.*part = -(s.*part);
        REQUIRE(code(other.key(), s.publics(), s.proof(s.c())) != ErrorCode{});
        REQUIRE(code(s.key(), s.publics(), s.proof(s.c())) == ErrorCode{});
    }
    Secrets negated; // (-A, -B, C) is the same proof
    negated.a = -s.a;
    negated.b = -s.b;
    REQUIRE(code(s.key(), s.publics(), negated.proof(s.c())) == ErrorCode{});
    negated.b = s.b;
    REQUIRE(code(s.key(), s.publics(), negated.proof(s.c())) == ErrorCode::ZK_PROOF_INVALID);
}

TEST_CASE("A Groth16 key with gamma = delta or -delta is refused before its proof") {
    for (const int sign : {1, -1}) {
        Secrets s;
        s.delta = sign > 0 ? s.gamma : -s.gamma;
        REQUIRE(code(s.key(), s.publics(), s.proof(s.c())) == ErrorCode::ZK_VK_INVALID);
    }
}

TEST_CASE("Public signals of a Groth16 proof are counted, canonical and below r") {
    const Secrets s;
    const std::string proof = s.proof(s.c());
    REQUIRE(code(s.key(), "[]", proof) == ErrorCode::ZK_PUBLIC_COUNT);
    REQUIRE(code(s.key(), "[\"29\",\"0\"]", proof) == ErrorCode::ZK_PUBLIC_COUNT);
    REQUIRE(code(s.key(), "[29]", proof) == ErrorCode{});
    for (const char* wrong :
         {"[\"029\"]", "[\"+29\"]", "[\"0x1d\"]", "[29.0]", "[-29]", "29", "[null]"})
        REQUIRE(code(s.key(), wrong, proof) == ErrorCode::ZK_MALFORMED);
    Number wrapped = zk::FrPrime::WORDS;
    assay::math::add_to(wrapped, Number{29});
    REQUIRE(code(s.key(), "[" + decimal(wrapped) + "]", proof) ==
            ErrorCode::ZK_SCALAR_OUT_OF_RANGE);
}

TEST_CASE("Points of a Groth16 proof are canonical, on their curve and not infinity") {
    const Secrets s;
    const std::string good = s.proof(s.c());
    const zk::G1 a = g1(s.a);
    const auto with_a = [&](const std::string& point) {
        std::string proof = good;
        return proof.replace(proof.find(text(a)), text(a).size(), point);
    };
    Number wrapped = zk::FpLimbs::to_words(a.x.limbs);
    assay::math::add_to(wrapped, zk::FpPrime::WORDS);
    REQUIRE(code(s.key(), s.publics(),
                 with_a("[" + decimal(wrapped) + "," + decimal(a.y) + ",\"1\"]")) ==
            ErrorCode::ZK_POINT_INVALID);
    REQUIRE(
        code(s.key(), s.publics(), with_a("[" + decimal(a.x) + "," + decimal(a.x) + ",\"1\"]")) ==
        ErrorCode::ZK_POINT_INVALID);
    REQUIRE(code(s.key(), s.publics(), with_a(R"(["0","1","0"])")) == ErrorCode::ZK_POINT_INVALID);
    REQUIRE(code(s.key(), s.publics(), with_a(R"(["1","2","2"])")) == ErrorCode::ZK_MALFORMED);
    REQUIRE(code(s.key(), s.publics(), with_a(R"(["1","2"])")) == ErrorCode::ZK_MALFORMED);
}
