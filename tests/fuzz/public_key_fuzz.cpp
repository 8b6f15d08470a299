// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Our numbers and curves beside mbedTLS's: the first byte chooses the question, the rest are its
// numbers. A difference ends the program.
#include "core/math/field.hpp"
#include "core/math/inverse.hpp"
#include "core/math/modulus.hpp"
#include "core/math/nist_primes.hpp"
#include "core/math/weierstrass.hpp"

#include "tests/differential/mpi.hpp"

#include <mbedtls/ecp.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace {

using namespace assay;
using test::Mpi;
using test::must;

void require(bool equal) {
    if (!equal)
        std::abort();
}

/// Takes numbers off the input; zeros when it has run out.
class Input {
public:
    explicit Input(BytesView bytes) : rest_{bytes} {}

    Bytes take(std::size_t size) {
        Bytes out(size);
        const std::size_t given = std::min(size, rest_.size());
        std::copy_n(rest_.begin(), given, out.begin());
        rest_ = rest_.subspan(given);
        return out;
    }
    Mpi number(std::size_t size, const Mpi& modulus) {
        Mpi out{take(size)};
        must(mbedtls_mpi_mod_mpi(out.get(), out.get(), modulus.get()));
        return out;
    }

private:
    BytesView rest_;
};

template <std::size_t W>
math::Words<W> words_of(const Mpi& value) {
    return math::read_big_endian<W>(value.bytes(8 * W));
}

template <std::size_t W>
Mpi mpi_of(const math::Words<W>& words) {
    Bytes bytes(8 * W);
    math::write_big_endian(words, bytes);
    return Mpi{bytes};
}

/// (a - b) (a + b), (3 a)^2, a - b = 0 and 1 / a in one field.
template <class F>
void check_field(Input input) {
    constexpr std::size_t W = F::W;
    const Mpi p = mpi_of(F::Prime::WORDS);
    const Mpi a = input.number(8 * W, p);
    const Mpi b = input.number(8 * W, p);
    const auto x = math::element<F>(words_of<W>(a));
    const auto y = math::element<F>(words_of<W>(b));
    Mpi sum;
    Mpi difference;
    must(mbedtls_mpi_add_mpi(sum.get(), a.get(), b.get()));
    must(mbedtls_mpi_sub_mpi(difference.get(), a.get(), b.get()));
    must(mbedtls_mpi_mod_mpi(difference.get(), difference.get(), p.get()));
    require(F::to_words(((x - y) * (x + y)).limbs) == words_of<W>(difference.times(sum, p)));
    const Mpi triple = a.times(Mpi{Bytes{3}}, p);
    require(F::to_words(square(math::times<3>(x)).limbs) == words_of<W>(triple.times(triple, p)));
    const bool equal = mbedtls_mpi_cmp_int(difference.get(), 0) == 0;
    require((x - y).is_zero() == equal);
    if (mbedtls_mpi_cmp_int(a.get(), 0) != 0) {
        auto inverse = words_of<W>(a);
        math::invert_var(inverse, F::Prime::WORDS);
        require(mbedtls_mpi_cmp_int(mpi_of(inverse).times(a, p).get(), 1) == 0);
    }
}

/// value^e modulo an odd number of any length.
template <class L>
void check_modulus(Input input) {
    const std::size_t size = 2 + input.take(1)[0] % 127;
    const Bytes exponent = {static_cast<std::uint8_t>(input.take(1)[0] | 1)};
    Bytes n = input.take(size);
    n[0] |= 1; // the length is as said
    n.back() |= 1;
    const Mpi modulus{n};
    const Mpi value = input.number(size, modulus);
    std::vector<std::uint64_t> words((size + 7) / 8);
    math::read_big_endian(n, words);
    const math::Modulus<L> ours{words};
    math::read_big_endian(value.bytes(size), words);
    ours.power_odd(words, exponent);
    Bytes power(size);
    math::write_big_endian(words, power);
    Mpi expected;
    const Mpi e{exponent};
    must(mbedtls_mpi_exp_mod(expected.get(), value.get(), e.get(), modulus.get(), nullptr));
    require(power == expected.bytes(size));
}

/// u1 G + u2 (d G).
template <class C>
void check_curve(Input input, mbedtls_ecp_group_id id) {
    constexpr std::size_t SIZE = 8 * C::W;
    using Curve = math::Weierstrass<C>;
    const Mpi n = mpi_of(C::ORDER);
    Mpi d{input.take(1)};
    must(mbedtls_mpi_add_int(d.get(), d.get(), 1));
    const Mpi u1 = input.number(SIZE, n);
    const Mpi u2 = input.number(SIZE, n);
    // Ours twice: Q by the base point's table, the sum by both tables; the oracle once.
    typename Curve::Affine g;
    require(Curve::read_point(C::GX, C::GY, g));
    const auto xy = Curve::to_affine(Curve::multiply(words_of<C::W>(d), {}, g));
    typename Curve::Affine q;
    require(Curve::read_point(xy[0], xy[1], q));
    const auto sum = Curve::multiply(words_of<C::W>(u1), words_of<C::W>(u2), q);
    Mpi k;
    must(mbedtls_mpi_add_mpi(k.get(), u1.get(), u2.times(d, n).get()));
    must(mbedtls_mpi_mod_mpi(k.get(), k.get(), n.get()));
    require(sum.infinity == (mbedtls_mpi_cmp_int(k.get(), 0) == 0));
    if (sum.infinity)
        return;
    mbedtls_ecp_group group;
    mbedtls_ecp_point point;
    mbedtls_ecp_group_init(&group);
    mbedtls_ecp_point_init(&point);
    must(mbedtls_ecp_group_load(&group, id));
    test::Sequence random{1};
    must(mbedtls_ecp_mul(&group, &point, k.get(), &group.G, test::fill_from, &random));
    Bytes encoded(1 + 2 * SIZE);
    std::size_t written = 0;
    must(mbedtls_ecp_point_write_binary(&group, &point, MBEDTLS_ECP_PF_UNCOMPRESSED, &written,
                                        encoded.data(), encoded.size()));
    mbedtls_ecp_point_free(&point);
    mbedtls_ecp_group_free(&group);
    const auto expected = BytesView{encoded}.subspan(1);
    const auto affine = Curve::to_affine(sum);
    require(affine[0] == math::read_big_endian<C::W>(expected.first(SIZE)) &&
            affine[1] == math::read_big_endian<C::W>(expected.last(SIZE)) &&
            Curve::has_x(sum, affine[0]));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const Input input{BytesView{data + 1, size - 1}};
    // Points take a hundred times as long as numbers: two values of 256 are enough for them.
    if (data[0] == 0xfe) {
        check_curve<math::P256>(input, MBEDTLS_ECP_DP_SECP256R1);
    } else if (data[0] == 0xff) {
        check_curve<math::P384>(input, MBEDTLS_ECP_DP_SECP384R1);
    } else if (data[0] % 3 == 0) {
        check_field<math::Field28<math::P256Prime>>(input);
        check_field<math::Field<math::P256Prime>>(input);
    } else if (data[0] % 3 == 1) {
        check_field<math::Field28<math::P384Prime>>(input);
        check_field<math::Field<math::P384Prime>>(input);
    } else {
        check_modulus<math::Limbs28<1024>>(input);
        check_modulus<math::RunTimeLimbs<1024>>(input);
    }
    return 0;
}
