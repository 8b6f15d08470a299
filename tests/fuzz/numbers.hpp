// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Numbers from a fuzzer's input, as ours and as mbedTLS's.
#pragma once

#include "core/math/words.hpp"

#include "tests/differential/mpi.hpp"

#include <algorithm>
#include <cstdlib>

namespace assay::test {

inline void require(bool equal) {
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

} // namespace assay::test
