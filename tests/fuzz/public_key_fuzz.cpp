// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Our numbers beside mbedTLS's: the first byte chooses the question, the rest are its numbers. A
// difference ends the program.
#include "core/math/field.hpp"
#include "core/math/inverse.hpp"
#include "core/math/nist_primes.hpp"

#include "tests/differential/power.hpp"
#include "tests/fuzz/numbers.hpp"

namespace {

using namespace assay;
using test::Input;
using test::Mpi;
using test::mpi_of;
using test::must;
using test::require;
using test::words_of;

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
    const auto [ours, theirs] = test::powers<L>(n, Mpi{input.take(size)}, exponent);
    require(ours == theirs);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const Input input{BytesView{data + 1, size - 1}};
    if (data[0] % 3 == 0) {
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
