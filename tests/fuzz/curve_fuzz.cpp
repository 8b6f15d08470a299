// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Our sums of multiples of points beside mbedTLS's, on P-256 (first byte even) and P-384. A
// difference ends the program. Slow: an input is a whole multiplication of the oracle's.
#include "core/math/nist_curves.hpp"

#include "tests/fuzz/numbers.hpp"

#include <mbedtls/ecp.h>

#include <array>
#include <cstdint>
#include <optional>

namespace {

using namespace assay;
using test::Input;
using test::Mpi;
using test::mpi_of;
using test::must;
using test::require;
using test::words_of;

/// d G by the base point's table, made once for each of the 256 values of d.
template <class C>
const typename math::Weierstrass<C>::Affine& multiple_of_base(std::uint8_t d_less_one) {
    using Curve = math::Weierstrass<C>;
    static std::array<std::optional<typename Curve::Affine>, 256> kept;
    auto& q = kept[d_less_one];
    if (!q) {
        typename Curve::Affine g;
        require(Curve::read_point(C::GX, C::GY, g));
        const auto xy = Curve::to_affine(Curve::multiply({d_less_one + std::uint64_t{1}}, {}, g));
        require(Curve::read_point(xy[0], xy[1], q.emplace()));
    }
    return *q;
}

/// The group's parameters and its table, which live as long as the program.
mbedtls_ecp_group& group_of(mbedtls_ecp_group_id id) {
    static std::array<std::optional<mbedtls_ecp_group>, MBEDTLS_ECP_DP_MAX> kept;
    auto& group = kept[id];
    if (!group) {
        mbedtls_ecp_group_init(&group.emplace());
        must(mbedtls_ecp_group_load(&*group, id));
    }
    return *group;
}

/// u1 G + u2 (d G).
template <class C>
void check_curve(Input input, mbedtls_ecp_group_id id) {
    constexpr std::size_t SIZE = 8 * C::W;
    using Curve = math::Weierstrass<C>;
    const Mpi n = mpi_of(C::ORDER);
    const std::uint8_t d_less_one = input.take(1)[0];
    Mpi d;
    must(mbedtls_mpi_lset(d.get(), d_less_one + 1));
    const Mpi u1 = input.number(SIZE, n);
    const Mpi u2 = input.number(SIZE, n);
    // Ours by both tables, the oracle once.
    const typename Curve::Affine& q = multiple_of_base<C>(d_less_one);
    const auto sum = Curve::multiply(words_of<C::W>(u1), words_of<C::W>(u2), q);
    Mpi k;
    must(mbedtls_mpi_add_mpi(k.get(), u1.get(), u2.times(d, n).get()));
    must(mbedtls_mpi_mod_mpi(k.get(), k.get(), n.get()));
    require(sum.infinity == (mbedtls_mpi_cmp_int(k.get(), 0) == 0));
    if (sum.infinity)
        return;
    mbedtls_ecp_group& group = group_of(id);
    mbedtls_ecp_point point;
    mbedtls_ecp_point_init(&point);
    test::Sequence random{1};
    must(mbedtls_ecp_mul(&group, &point, k.get(), &group.G, test::fill_from, &random));
    Bytes encoded(1 + 2 * SIZE);
    std::size_t written = 0;
    must(mbedtls_ecp_point_write_binary(&group, &point, MBEDTLS_ECP_PF_UNCOMPRESSED, &written,
                                        encoded.data(), encoded.size()));
    mbedtls_ecp_point_free(&point);
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
    if (data[0] % 2 == 0)
        check_curve<math::P256>(input, MBEDTLS_ECP_DP_SECP256R1);
    else
        check_curve<math::P384>(input, MBEDTLS_ECP_DP_SECP384R1);
    return 0;
}
