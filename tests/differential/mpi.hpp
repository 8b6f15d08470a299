// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// mbedTLS's big numbers as values, for tests: a failure ends the program.
#pragma once

#include "core/base/bytes_view.hpp"

#include "tests/unit/math/random.hpp"

#include <mbedtls/bignum.h>

#include <cstddef>
#include <cstdlib>

namespace assay::test {

inline void must(int status) {
    if (status != 0)
        std::abort(); // a broken tool, not a failed test
}

class Mpi {
public:
    Mpi() { mbedtls_mpi_init(&value_); }
    explicit Mpi(BytesView big_endian) : Mpi() {
        must(mbedtls_mpi_read_binary(&value_, big_endian.data(), big_endian.size()));
    }
    explicit Mpi(const mbedtls_mpi& other) : Mpi() { must(mbedtls_mpi_copy(&value_, &other)); }
    Mpi(const Mpi& other) : Mpi(other.value_) {}
    Mpi& operator=(const Mpi& other) {
        must(mbedtls_mpi_copy(&value_, &other.value_));
        return *this;
    }
    ~Mpi() { mbedtls_mpi_free(&value_); }

    mbedtls_mpi* get() { return &value_; }
    const mbedtls_mpi* get() const { return &value_; }

    Bytes bytes(std::size_t size) const {
        Bytes out(size);
        must(mbedtls_mpi_write_binary(&value_, out.data(), size));
        return out;
    }
    Mpi times(const Mpi& other, const Mpi& modulus) const {
        Mpi out;
        must(mbedtls_mpi_mul_mpi(out.get(), get(), other.get()));
        must(mbedtls_mpi_mod_mpi(out.get(), out.get(), modulus.get()));
        return out;
    }
    Mpi inverse(const Mpi& modulus) const {
        Mpi out;
        must(mbedtls_mpi_inv_mod(out.get(), get(), modulus.get()));
        return out;
    }
    Mpi minus_from(const Mpi& modulus) const {
        Mpi out;
        must(mbedtls_mpi_sub_mpi(out.get(), modulus.get(), get()));
        return out;
    }

private:
    mbedtls_mpi value_;
};

inline Bytes random_bytes(Sequence& random, std::size_t size) {
    Bytes out(size);
    for (std::uint8_t& byte : out)
        byte = static_cast<std::uint8_t>(random.next());
    return out;
}

/// The library's source of "random" numbers.
inline int fill_from(void* sequence, unsigned char* out, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<unsigned char>(static_cast<Sequence*>(sequence)->next());
    return 0;
}

} // namespace assay::test
