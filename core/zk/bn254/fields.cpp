// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/math/inverse.hpp"
#include "core/zk/bn254/fp2.hpp"
#include "core/zk/bn254/fr.hpp"

namespace assay::zk {
namespace {

template <class F>
math::Fe<F, 1, STORED> inverse_of(const math::Fe<F, 1, STORED>& a) noexcept {
    Number number = F::to_words(a.limbs);
    if (math::is_zero(number))
        return a;
    math::invert_var(number, F::Prime::WORDS);
    return math::element<F>(number);
}

} // namespace

Fp invert(const Fp& a) noexcept {
    return inverse_of<FpLimbs>(a);
}

Fr invert(const Fr& a) noexcept {
    return inverse_of<FrLimbs>(a);
}

Fp2 invert(const Fp2& a) noexcept {
    // 1 / (a0 + a1 u) = (a0 - a1 u) / (a0^2 + a1^2)
    const Fp norm = invert(Fp{carry(square(a.c0) + square(a.c1))});
    return scale(conjugate(a), norm);
}

Fr fr_reduced(const Hash32& bytes) noexcept {
    Number number = math::read_big_endian<4>(bytes);
    while (!math::less(number, FrPrime::WORDS)) // 2^256 is below 6 r
        math::subtract_from(number, FrPrime::WORDS);
    return fr_from(number);
}

Fr fr_from_wide(const std::array<std::uint8_t, 64>& bytes) noexcept {
    Fr sum = fr_zero();
    const Fr base = fr_from(std::uint64_t{1} << 32);
    for (std::size_t i = bytes.size() / 4; i-- > 0;) {
        const std::uint64_t digit = bytes[4 * i] | std::uint64_t{bytes[4 * i + 1]} << 8 |
                                    std::uint64_t{bytes[4 * i + 2]} << 16 |
                                    std::uint64_t{bytes[4 * i + 3]} << 24;
        sum = shrink(sum * base + fr_from(digit));
    }
    return sum;
}

Fr power(const Fr& base, std::uint64_t exponent) noexcept {
    Fr result = fr_one();
    for (int bit = 63; bit >= 0; --bit) {
        result = square(result);
        if ((exponent >> bit & 1) != 0)
            result = result * base;
    }
    return result;
}

bool invert_all(std::span<Fr> values) noexcept {
    std::vector<Fr> before(values.size());
    Fr product = fr_one();
    for (std::size_t i = 0; i < values.size(); ++i) {
        before[i] = product;
        product = product * values[i];
    }
    if (product.is_zero())
        return false;
    Fr inverse = invert(product);
    for (std::size_t i = values.size(); i-- > 0;) {
        const Fr value = values[i];
        values[i] = inverse * before[i];
        inverse = inverse * value;
    }
    return true;
}

} // namespace assay::zk
