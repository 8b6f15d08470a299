// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// P-256 and P-384 against mbedTLS.
#include "core/signatures/nist_curve.hpp"

#include "tests/differential/mpi.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <mbedtls/ecdsa.h>
#include <mbedtls/ecp.h>

#include <optional>
#include <string>
#include <vector>

namespace assay::signatures {
namespace {

using test::concat;
using test::Mpi;
using test::must;

class Oracle {
public:
    explicit Oracle(NistCurve curve) : curve_{curve}, size_{curve == NistCurve::p256 ? 32U : 48U} {
        mbedtls_ecp_group_init(&group_);
        must(mbedtls_ecp_group_load(&group_, curve == NistCurve::p256 ? MBEDTLS_ECP_DP_SECP256R1
                                                                      : MBEDTLS_ECP_DP_SECP384R1));
    }
    ~Oracle() { mbedtls_ecp_group_free(&group_); }
    Oracle(const Oracle&) = delete;
    Oracle& operator=(const Oracle&) = delete;

    NistCurve curve() const { return curve_; }
    std::size_t size() const { return size_; }
    Mpi order() const { return Mpi{group_.N}; }
    Mpi prime() const { return Mpi{group_.P}; }

    Mpi scalar(test::Sequence& random) const {
        Mpi out{test::random_bytes(random, size_)};
        must(mbedtls_mpi_mod_mpi(out.get(), out.get(), &group_.N));
        return out;
    }
    /// 04 || x || y of k G
    Bytes multiple(const Mpi& k, test::Sequence& random) {
        mbedtls_ecp_point point;
        mbedtls_ecp_point_init(&point);
        must(mbedtls_ecp_mul(&group_, &point, k.get(), &group_.G, test::fill_from, &random));
        Bytes out(1 + 2 * size_);
        std::size_t written = 0;
        must(mbedtls_ecp_point_write_binary(&group_, &point, MBEDTLS_ECP_PF_UNCOMPRESSED, &written,
                                            out.data(), out.size()));
        mbedtls_ecp_point_free(&point);
        return out;
    }
    Mpi b() const { return Mpi{group_.B}; }
    /// 04 || x || y of k (x, y) + l G
    Bytes sum(const Mpi& k, const Mpi& x, const Mpi& y, const Mpi& l) {
        mbedtls_ecp_point point;
        mbedtls_ecp_point out_point;
        mbedtls_ecp_point_init(&point);
        mbedtls_ecp_point_init(&out_point);
        const Bytes encoded = concat({Bytes{4}, x.bytes(size_), y.bytes(size_)});
        must(mbedtls_ecp_point_read_binary(&group_, &point, encoded.data(), encoded.size()));
        must(mbedtls_ecp_muladd(&group_, &out_point, k.get(), &point, l.get(), &group_.G));
        Bytes out(1 + 2 * size_);
        std::size_t written = 0;
        must(mbedtls_ecp_point_write_binary(&group_, &out_point, MBEDTLS_ECP_PF_UNCOMPRESSED,
                                            &written, out.data(), out.size()));
        mbedtls_ecp_point_free(&out_point);
        mbedtls_ecp_point_free(&point);
        return out;
    }
    Bytes sign(const Mpi& key, const Bytes& digest, test::Sequence& random) {
        Mpi r;
        Mpi s;
        must(mbedtls_ecdsa_sign(&group_, r.get(), s.get(), key.get(), digest.data(), digest.size(),
                                test::fill_from, &random));
        return concat({r.bytes(size_), s.bytes(size_)});
    }
    /// What attestation.md §4.1 calls it; lengths are right.
    std::string verify(const Bytes& key, const Bytes& digest, const Bytes& signature) {
        mbedtls_ecp_point q;
        mbedtls_ecp_point_init(&q);
        const bool good_key =
            key[0] == 4 &&
            mbedtls_ecp_point_read_binary(&group_, &q, key.data(), key.size()) == 0 &&
            mbedtls_ecp_check_pubkey(&group_, &q) == 0;
        const Mpi r{BytesView{signature}.first(size_)};
        const Mpi s{BytesView{signature}.last(size_)};
        const bool holds = good_key && mbedtls_ecdsa_verify(&group_, digest.data(), digest.size(),
                                                            &q, r.get(), s.get()) == 0;
        mbedtls_ecp_point_free(&q);
        return !good_key ? "SIGNATURE_MALFORMED" : holds ? "OK" : "SIGNATURE_INVALID";
    }
    /// Both answers are equal. @return ours
    std::string compare(const Bytes& key, const Bytes& digest, const Bytes& signature) {
        const auto ours = test::outcome(verify_nist_ecdsa(curve_, key, digest, signature));
        CHECK(ours == verify(key, digest, signature));
        return ours;
    }

private:
    NistCurve curve_;
    std::size_t size_;
    mbedtls_ecp_group group_;
};

TEST_CASE("ECDSA agrees with mbedTLS on signatures and on mutations", "[differential][ecdsa]") {
    Oracle oracle{GENERATE(NistCurve::p256, NistCurve::p384)};
    test::Sequence random{1 + oracle.size()};
    for (int i = 0; i < 12; ++i) {
        const Mpi d = oracle.scalar(random);
        const Bytes key = oracle.multiple(d, random);
        for (int j = 0; j < 16; ++j) {
            const Bytes digest = test::random_bytes(random, oracle.size());
            const Bytes signature = oracle.sign(d, digest, random);
            REQUIRE(oracle.compare(key, digest, signature) == "OK");
            for (int part = 0; part < 3; ++part) {
                Bytes changed[3] = {key, digest, signature};
                Bytes& target = changed[part];
                target[random.next() % target.size()] ^=
                    static_cast<std::uint8_t>(1U << random.next() % 8);
                CHECK(oracle.compare(changed[0], changed[1], changed[2]) != "OK");
            }
            CHECK(oracle.compare(key, digest, test::random_bytes(random, 2 * oracle.size())) !=
                  "OK");
            // n - s is as good as s.
            const Mpi s{BytesView{signature}.last(oracle.size())};
            const Bytes twin = s.minus_from(oracle.order()).bytes(oracle.size());
            CHECK(oracle.compare(
                      key, digest,
                      concat({Bytes(signature.begin(),
                                    signature.begin() + static_cast<std::ptrdiff_t>(oracle.size())),
                              twin})) == "OK");
        }
    }
}

TEST_CASE("ECDSA agrees with mbedTLS where r and s lie on a border", "[differential][ecdsa]") {
    Oracle oracle{GENERATE(NistCurve::p256, NistCurve::p384)};
    test::Sequence random{2 + oracle.size()};
    const Bytes key = oracle.multiple(oracle.scalar(random), random);
    std::vector<Bytes> borders = {Bytes(oracle.size()), Bytes(oracle.size(), 0xff)};
    for (const Mpi& base : {oracle.order(), oracle.prime()}) {
        for (const int offset : {-2, -1, 0, 1, 2}) {
            Mpi value = base;
            must(mbedtls_mpi_add_int(value.get(), value.get(), offset));
            borders.push_back(value.bytes(oracle.size()));
        }
    }
    for (const std::uint8_t small : Bytes{1, 2, 3}) {
        borders.emplace_back(oracle.size());
        borders.back().back() = small;
    }
    for (const Bytes& digest :
         {Bytes(oracle.size()), Bytes(oracle.size(), 0xff), oracle.order().bytes(oracle.size())}) {
        for (const Bytes& r : borders) {
            for (const Bytes& s : borders)
                oracle.compare(key, digest, concat({r, s}));
        }
    }
}

/// A digest and a signature for which the verification computes u1 G + u2 Q, with Q = d G.
struct Chosen {
    Bytes digest, signature;
};
Chosen choose(Oracle& oracle, const Mpi& u1, const Mpi& u2, const Mpi& r) {
    const Mpi n = oracle.order();
    const Mpi s = r.times(u2.inverse(n), n);
    return {u1.times(s, n).bytes(oracle.size()),
            concat({r.bytes(oracle.size()), s.bytes(oracle.size())})};
}

TEST_CASE("ECDSA agrees with mbedTLS where the two multiples are equal or opposite",
          "[differential][ecdsa]") {
    Oracle oracle{GENERATE(NistCurve::p256, NistCurve::p384)};
    const Mpi n = oracle.order();
    test::Sequence random{3 + oracle.size()};
    for (int i = 0; i < 24; ++i) {
        // Small keys meet the tables' own multiples, large ones the end of the sum.
        Mpi d{Bytes{static_cast<std::uint8_t>(1 + i)}};
        if (i >= 16)
            d = oracle.scalar(random);
        const Bytes key = oracle.multiple(d, random);
        Mpi u2 = oracle.scalar(random);
        if (i % 3 == 0)
            u2 = Mpi{Bytes{static_cast<std::uint8_t>(1 + i / 3)}};
        const Mpi same = u2.times(d, n); // u1 G = u2 Q
        const Mpi sum = same.times(Mpi{Bytes{2}}, n);
        const Bytes point = oracle.multiple(sum, random);
        Mpi r{BytesView{point}.subspan(1, oracle.size())};
        must(mbedtls_mpi_mod_mpi(r.get(), r.get(), n.get()));
        const Chosen equal = choose(oracle, same, u2, r);
        CHECK(oracle.compare(key, equal.digest, equal.signature) == "OK");
        // u1 G = -u2 Q: infinity has no x, so no r is right.
        const Chosen opposite = choose(oracle, same.minus_from(n), u2, r);
        CHECK(oracle.compare(key, opposite.digest, opposite.signature) == "SIGNATURE_INVALID");
        // u1 = 0: the digest is a multiple of n.
        const Bytes q_multiple = oracle.multiple(same, random);
        Mpi x{BytesView{q_multiple}.subspan(1, oracle.size())};
        must(mbedtls_mpi_mod_mpi(x.get(), x.get(), n.get()));
        const Chosen alone = choose(oracle, Mpi{}, u2, x);
        CHECK(oracle.compare(key, alone.digest, alone.signature) == "OK");
        CHECK(oracle.compare(key, n.bytes(oracle.size()), alone.signature) == "OK");
    }
}

/// The key for which (r, s) signs @p e with R = (r + n, y): Q = (s R - e G) / r. Nothing when the
/// curve has no point there.
std::optional<Bytes> key_for_wrapped(Oracle& oracle, const Mpi& r, const Mpi& s, const Mpi& e) {
    const Mpi p = oracle.prime();
    const Mpi n = oracle.order();
    Mpi x;
    must(mbedtls_mpi_add_mpi(x.get(), r.get(), n.get()));
    if (mbedtls_mpi_cmp_mpi(x.get(), p.get()) >= 0)
        return std::nullopt;
    // y = (x^3 - 3 x + b)^((p + 1) / 4): p is 3 modulo 4.
    Mpi square = x.times(x, p);
    must(mbedtls_mpi_sub_int(square.get(), square.get(), 3));
    square = square.times(x, p);
    must(mbedtls_mpi_add_mpi(square.get(), square.get(), oracle.b().get()));
    Mpi exponent = p;
    must(mbedtls_mpi_add_int(exponent.get(), exponent.get(), 1));
    must(mbedtls_mpi_shift_r(exponent.get(), 2));
    Mpi y;
    must(mbedtls_mpi_exp_mod(y.get(), square.get(), exponent.get(), p.get(), nullptr));
    Mpi difference;
    must(mbedtls_mpi_sub_mpi(difference.get(), y.times(y, p).get(), square.get()));
    must(mbedtls_mpi_mod_mpi(difference.get(), difference.get(), p.get()));
    if (mbedtls_mpi_cmp_int(difference.get(), 0) != 0)
        return std::nullopt;
    const Mpi inverse = r.inverse(n);
    return oracle.sum(s.times(inverse, n), x, y, e.times(inverse, n).minus_from(n));
}

TEST_CASE("ECDSA agrees with mbedTLS where x is r + n", "[differential][ecdsa]") {
    Oracle oracle{GENERATE(NistCurve::p256, NistCurve::p384)};
    test::Sequence random{5 + oracle.size()};
    int found = 0;
    for (std::uint8_t low = 1; low < 40; ++low) {
        const Mpi r{Bytes{low}};
        const Mpi s = oracle.scalar(random);
        const Mpi e = oracle.scalar(random);
        const auto key = key_for_wrapped(oracle, r, s, e);
        if (!key)
            continue;
        ++found;
        const Bytes digest = e.bytes(oracle.size());
        const auto with_r = [&](const Mpi& value) {
            return concat({value.bytes(oracle.size()), s.bytes(oracle.size())});
        };
        CHECK(oracle.compare(*key, digest, with_r(r)) == "OK");
        Mpi other = r;
        must(mbedtls_mpi_add_int(other.get(), other.get(), 1));
        CHECK(oracle.compare(*key, digest, with_r(other)) == "SIGNATURE_INVALID");
        Mpi unreduced; // x itself is no r
        must(mbedtls_mpi_add_mpi(unreduced.get(), r.get(), oracle.order().get()));
        CHECK(oracle.compare(*key, digest, with_r(unreduced)) == "SIGNATURE_INVALID");
    }
    CHECK(found > 5);
}

TEST_CASE("points agree with mbedTLS", "[differential][ecdsa]") {
    Oracle oracle{GENERATE(NistCurve::p256, NistCurve::p384)};
    test::Sequence random{4 + oracle.size()};
    const Bytes digest(oracle.size());
    const Bytes signature(2 * oracle.size());
    for (int i = 0; i < 60; ++i) {
        Bytes key = oracle.multiple(oracle.scalar(random), random);
        CHECK(is_point_on_curve(oracle.curve(), key));
        CHECK(oracle.compare(key, digest, signature) == "SIGNATURE_INVALID");
        key[1 + random.next() % (key.size() - 1)] ^= 0x10;
        oracle.compare(key, digest, signature);
        oracle.compare(concat({Bytes{4}, test::random_bytes(random, 2 * oracle.size())}), digest,
                       signature);
    }
}

} // namespace
} // namespace assay::signatures
