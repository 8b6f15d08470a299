// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/math/nist_primes.hpp"
#include "core/math/weierstrass.hpp"

#include "tests/unit/math/random.hpp"

#include <catch2/catch_template_test_macros.hpp>

namespace assay::math {
namespace {

#if ASSAY_HAS_LIMBS_64
#define CURVES                                                                                     \
    (Weierstrass<P256, Field28<P256Prime>>), (Weierstrass<P384, Field28<P384Prime>>),              \
        (Weierstrass<P256, Field64<P256Prime>>), (Weierstrass<P384, Field64<P384Prime>>)
#else
#define CURVES (Weierstrass<P256, Field28<P256Prime>>), (Weierstrass<P384, Field28<P384Prime>>)
#endif

template <class E>
struct Group; // the parameters behind a curve
template <class C, class F>
struct Group<Weierstrass<C, F>> : C {};

template <class E>
typename E::Affine generator() {
    typename E::Affine g;
    REQUIRE(E::read_point(Group<E>::GX, Group<E>::GY, g));
    return g;
}

template <class E>
typename E::Number number(std::uint64_t value) {
    return {value};
}

/// n - value
template <class E>
typename E::Number minus(std::uint64_t value) {
    typename E::Number out = Group<E>::ORDER;
    subtract_from(out, number<E>(value));
    return out;
}

/// The affine point value * G, by additions alone.
template <class E>
typename E::Jacobian multiple(unsigned value) {
    typename E::Jacobian sum;
    for (unsigned i = 0; i < value; ++i)
        E::add(sum, generator<E>(), false);
    return sum;
}

template <class E>
typename E::Affine affine(const typename E::Jacobian& p) {
    const auto xy = E::to_affine(p);
    typename E::Affine out;
    REQUIRE(E::read_point(xy[0], xy[1], out)); // every result is on the curve
    return out;
}

TEMPLATE_TEST_CASE("small multiples of the base point agree with additions", "[math]", CURVES) {
    using E = TestType;
    const auto g = generator<E>();
    for (unsigned a = 0; a <= 6; ++a) {
        for (unsigned b = 0; b <= 6; ++b) {
            const auto sum = E::multiply(number<E>(a), number<E>(b), g);
            REQUIRE(sum.infinity == (a + b == 0));
            if (a + b != 0)
                CHECK(E::to_affine(sum) == E::to_affine(multiple<E>(a + b)));
        }
    }
    for (const unsigned k : {63U, 64U, 127U, 128U, 129U, 255U, 300U})
        CHECK(E::to_affine(E::multiply(number<E>(k), number<E>(0), g)) ==
              E::to_affine(multiple<E>(k)));
}

TEMPLATE_TEST_CASE("multiples that cancel are infinity", "[math]", CURVES) {
    using E = TestType;
    const auto g = generator<E>();
    const auto five = affine<E>(multiple<E>(5));
    CHECK(E::multiply(minus<E>(1), number<E>(1), g).infinity); // u1 G = -u2 Q
    CHECK(E::multiply(number<E>(1), minus<E>(1), g).infinity);
    CHECK(E::multiply(minus<E>(10), number<E>(2), five).infinity);
    CHECK(E::multiply(Group<E>::ORDER, number<E>(0), g).infinity);
    CHECK(E::multiply(number<E>(0), Group<E>::ORDER, five).infinity);
    CHECK(E::to_affine(E::multiply(minus<E>(1), number<E>(2), g)) == E::to_affine(multiple<E>(1)));
    CHECK(E::to_affine(E::multiply(number<E>(10), number<E>(2), five)) == // u1 G = u2 Q
          E::to_affine(multiple<E>(20)));
}

TEMPLATE_TEST_CASE("additions handle infinity, equal and opposite points", "[math]", CURVES) {
    using E = TestType;
    const auto g = generator<E>();
    auto p = multiple<E>(3);
    E::add(p, E::cache(multiple<E>(3)), false); // equal, other Z
    CHECK(E::to_affine(p) == E::to_affine(multiple<E>(6)));
    E::add(p, E::cache(multiple<E>(6)), true); // opposite
    CHECK(p.infinity);
    E::add(p, E::cache(typename E::Jacobian{}), false);
    CHECK(p.infinity);
    E::double_point(p);
    CHECK(p.infinity);
    E::add(p, E::cache(multiple<E>(2)), true); // -2 G
    E::add(p, g, false);                       // -G
    E::add(p, E::cache(typename E::Jacobian{}), true);
    E::add(p, g, false);
    CHECK(p.infinity);
    E::add(p, g, true);
    E::add(p, g, true); // doubles -G
    E::add(p, E::cache(multiple<E>(3)), false);
    CHECK(E::to_affine(p) == E::to_affine(multiple<E>(1)));
}

TEMPLATE_TEST_CASE("the same sum comes out of every split of its scalar", "[math]", CURVES) {
    using E = TestType;
    const auto g = generator<E>();
    const auto& n = Group<E>::ORDER;
    test::Sequence random{5};
    for (int i = 0; i < 12; ++i) {
        const auto k = random.below(n);
        const auto a = random.below(n);
        auto b = k; // k - a
        if (subtract_from(b, a) != 0)
            add_to(b, n);
        const auto whole = E::multiply(k, number<E>(0), g);
        REQUIRE_FALSE(whole.infinity);
        const auto xy = E::to_affine(whole);
        CHECK(xy == E::to_affine(E::multiply(number<E>(0), k, g)));
        CHECK(xy == E::to_affine(E::multiply(a, b, g)));
        CHECK(E::has_x(E::multiply(a, b, g), xy[0]));
        auto other = xy[0];
        other[0] ^= 1;
        CHECK_FALSE(E::has_x(whole, other));
    }
}

TEMPLATE_TEST_CASE("points off the curve and coordinates beyond the prime are refused",
                   "[math][negative]", CURVES) {
    using E = TestType;
    using C = Group<E>;
    typename E::Affine out;
    auto x = C::GX;
    auto y = C::GY;
    y[0] ^= 1;
    CHECK_FALSE(E::read_point(x, y, out));
    y = C::Prime::WORDS;
    subtract_from(y, C::GY);
    CHECK(E::read_point(x, y, out)); // -G
    CHECK_FALSE(E::read_point({}, {}, out));
    CHECK_FALSE(E::read_point(C::Prime::WORDS, C::GY, out));
    CHECK_FALSE(E::read_point(C::GX, C::Prime::WORDS, out));
    x.fill(~std::uint64_t{0});
    CHECK_FALSE(E::read_point(x, C::GY, out));
    // A number that is right modulo the prime but not below it.
    x = {5};
    add_to(x, C::Prime::WORDS);
    CHECK_FALSE(E::read_point(x, C::GY, out));
}

} // namespace
} // namespace assay::math
