// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/snarkjs/plonkish.hpp"

namespace assay::zk {
namespace {

constexpr std::uint64_t MAX_POWER = 28;
/// 5^((r - 1) / 2^28): ffjavascript takes the smallest number that is no square.
constexpr Number ROOT = {0x9bd61b6e725b19f0, 0x402d111e41112ed4, 0x00e0a7eb8ef62abc,
                         0x2a3c09f0a58a7e85};

} // namespace

RawDomain::RawDomain(Fields& key) noexcept
    : public_count{key.count("nPublic")}, power{key.count("power")}, k1{key.number("k1")},
      k2{key.number("k2")}, w{key.number("w")} {}

Result<Domain> check_domain(const RawDomain& raw) noexcept {
    if (!raw.power || *raw.power < 1 || *raw.power > MAX_POWER)
        return Error{ErrorCode::ZK_VK_INVALID, "power"};
    const std::uint64_t size = std::uint64_t{1} << *raw.power;
    if (!raw.public_count || *raw.public_count > size)
        return Error{ErrorCode::ZK_VK_INVALID, "nPublic"};
    if (*raw.public_count > SNARK_MAX_PUBLIC)
        return Error{ErrorCode::ZK_LIMIT, "nPublic"};
    const auto k1 = to_scalar(raw.k1);
    const auto k2 = to_scalar(raw.k2);
    if (!k1 || !k2)
        return Error{ErrorCode::ZK_SCALAR_OUT_OF_RANGE, k1 ? "k2" : "k1"};
    Fr w = fr_from(ROOT);
    for (std::uint64_t i = *raw.power; i < MAX_POWER; ++i)
        w = square(w);
    if (raw.w != number_of(w))
        return Error{ErrorCode::ZK_VK_INVALID, "w"};
    // H, k1 H and k2 H are disjoint: neither k1, k2 nor k1 / k2 lies in H.
    const Fr p1 = power(*k1, size);
    const Fr p2 = power(*k2, size);
    if (k1->is_zero() || k2->is_zero() || equal(p1, fr_one()) || equal(p2, fr_one()) ||
        equal(p1, p2))
        return Error{ErrorCode::ZK_VK_INVALID, "k1"};
    return Domain{*raw.public_count, size, invert(fr_from(size)), w, *k1, *k2};
}

Challenge& Challenge::scalar(const Fr& value) noexcept {
    Hash32 bytes;
    math::write_big_endian(number_of(value), bytes);
    buffer_.update(bytes);
    return *this;
}

Challenge& Challenge::point(const G1& value) noexcept {
    buffer_.update(to_bytes(value));
    return *this;
}

Fr Challenge::squeeze() noexcept {
    return fr_reduced(buffer_.finish());
}

std::optional<AtPoint> evaluate(const Domain& domain, const Fr& x,
                                std::span<const Fr> publics) noexcept {
    AtPoint at;
    at.power = power(x, domain.size);
    at.vanishing = subtract(at.power, fr_one());
    // L_i(x) = w^(i-1) (x^n - 1) / (n (x - w^(i-1)))
    const std::size_t count = publics.empty() ? 1 : publics.size();
    std::vector<Fr> roots(count);
    std::vector<Fr> inverses(count);
    Fr root = fr_one();
    for (std::size_t i = 0; i < count; ++i) {
        roots[i] = root;
        inverses[i] = subtract(x, root);
        root = root * domain.w;
    }
    if (at.vanishing.is_zero() || !invert_all(inverses))
        return std::nullopt;
    const Fr factor = at.vanishing * domain.size_inverse;
    at.first_lagrange = factor * inverses[0];
    Fr sum = fr_zero();
    for (std::size_t i = 0; i < publics.size(); ++i)
        sum = multiply_add(publics[i], roots[i] * inverses[i], sum);
    at.public_input = -(sum * factor);
    return at;
}

Equation kzg_equation(const G1& left, const FixedG2Pointer& x2, const G1& right) noexcept {
    return {{{right, fixed_g2_generator()}, {left, x2}}, {}};
}

} // namespace assay::zk
