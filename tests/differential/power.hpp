// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Powers modulo odd numbers, as ours and as mbedTLS's.
#pragma once

#include "core/math/modulus.hpp"

#include "tests/differential/mpi.hpp"

#include <vector>

namespace assay::test {

struct Powers {
    Bytes ours;
    Bytes theirs;
};

/// @p value to the odd @p exponent modulo @p n, both as long as @p n; ours in the limbs @p L.
/// @param value is reduced first.
template <class L>
Powers powers(const Bytes& n, Mpi value, const Bytes& exponent) {
    const Mpi modulus{n};
    must(mbedtls_mpi_mod_mpi(value.get(), value.get(), modulus.get()));
    std::vector<std::uint64_t> words((n.size() + 7) / 8);
    math::read_big_endian(n, words);
    const math::Modulus<L> ours{words};
    math::read_big_endian(value.bytes(n.size()), words);
    ours.power_odd(words, exponent);
    Powers out{Bytes(n.size()), {}};
    math::write_big_endian(words, out.ours);
    Mpi expected;
    const Mpi e{exponent};
    must(mbedtls_mpi_exp_mod(expected.get(), value.get(), e.get(), modulus.get(), nullptr));
    out.theirs = expected.bytes(n.size());
    return out;
}

} // namespace assay::test
