// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/bn254/groups.hpp"

#include "core/zk/bn254/fp12.hpp"

namespace assay::zk {
namespace {

bool below_p(const Number& a) noexcept {
    return math::less(a, FpPrime::WORDS);
}

} // namespace

const Fp2& twist_b() noexcept {
    static const Fp2 b = shrink(times<3>(invert(Fp2{times_xi(shrink(fp2_one()))})));
    return b;
}

std::optional<G1> g1_from(const Number& x, const Number& y) noexcept {
    if (!below_p(x) || !below_p(y))
        return std::nullopt;
    const G1 p{fp_from(x), fp_from(y), false};
    const auto b = math::times<3>(FpOf<1, 8>{FpLimbs::ONE});
    if (!(square(p.y) - square(p.x) * p.x - b).is_zero())
        return std::nullopt;
    return p;
}

std::optional<G2> twist_point_from(const Fp2Number& x, const Fp2Number& y) noexcept {
    if (!below_p(x[0]) || !below_p(x[1]) || !below_p(y[0]) || !below_p(y[1]))
        return std::nullopt;
    const G2 p{{fp_from(x[0]), fp_from(x[1])}, {fp_from(y[0]), fp_from(y[1])}, false};
    if (!(square(p.y) - square(p.x) * p.x - twist_b()).is_zero())
        return std::nullopt;
    return p;
}

G1 g1_generator() noexcept {
    return {fp_one(), shrink(math::times<2>(FpOf<1, 8>{FpLimbs::ONE})), false};
}

const G2& g2_generator() noexcept {
    // EIP-197, P2
    static const G2 generator{
        {fp_from({0x46debd5cd992f6ed, 0x674322d4f75edadd, 0x426a00665e5c4479, 0x1800deef121f1e76}),
         fp_from({0x97e485b7aef312c2, 0xf1aa493335a9e712, 0x7260bfb731fb5d25, 0x198e9393920d483a})},
        {fp_from({0x4ce6cc0166fa7daa, 0xe3d1e7690c43d37b, 0x4aab71808dcb408f, 0x12c85ea5db8c6deb}),
         fp_from({0x55acdadcd122975b, 0xbc4b313370b38ef3, 0xec9e99ad690c3395, 0x090689d0585ff075})},
        false};
    return generator;
}

G2 psi(const G2& p) noexcept {
    return {conjugate(p.x) * frobenius_constant(1, 2), conjugate(p.y) * frobenius_constant(1, 3),
            p.infinity};
}

G1Bytes to_bytes(const G1& p) noexcept {
    G1Bytes out{};
    if (!p.infinity) {
        const std::span<std::uint8_t> bytes{out};
        math::write_big_endian(FpLimbs::to_words(p.x.limbs), bytes.first(32));
        math::write_big_endian(FpLimbs::to_words(p.y.limbs), bytes.last(32));
    }
    return out;
}

} // namespace assay::zk
