// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Gabizon and Williamson, "fflonk" (ePrint 2021/1167), in the flavour and the files of snarkjs 0.7
/// (snark.md §4). The member "inv" serves another verifier: its syntax and range are checked.
#include "core/zk/snarkjs/plonkish.hpp"

namespace assay::zk {
namespace {

enum Point { C1, C2, W1, W2, POINTS };
constexpr std::array<const char*, POINTS> POINT_NAMES = {"C1", "C2", "W1", "W2"};
/// In the order of the transcript; "inv" is not absorbed.
enum Value { QL, QR, QM, QO, QC, S1, S2, S3, A, B, C, Z, ZW, T1W, T2W, INV, VALUES };
constexpr std::array<const char*, VALUES> VALUE_NAMES = {
    "ql", "qr", "qm", "qo", "qc", "s1", "s2", "s3", "a", "b", "c", "z", "zw", "t1w", "t2w", "inv"};
enum Root { W3, W4, W8, WR, ROOTS };
constexpr std::array<const char*, ROOTS> ROOT_NAMES = {"w3", "w4", "w8", "wr"};

struct Fflonk {
    Domain domain;
    G1 c0;
    FixedG2Pointer x2;
    std::vector<Fr> publics;
    std::array<G1, POINTS> points;
    std::array<Fr, VALUES> values;

    /// @return nothing when a challenge meets a pole.
    [[nodiscard]] std::optional<Equation> equation() const noexcept;
};

/// Coefficients lowest first.
template <std::size_t SIZE>
Fr polynomial(const std::array<Fr, SIZE>& coefficients, const Fr& x) noexcept {
    Fr sum = coefficients[SIZE - 1];
    for (std::size_t i = SIZE - 1; i-- > 0;)
        sum = multiply_add(sum, x, coefficients[i]);
    return sum;
}

std::optional<Equation> Fflonk::equation() const noexcept {
    const auto& v = values;
    // snark.md §4.2
    Challenge first;
    first.point(c0);
    for (const Fr& value : publics)
        first.scalar(value);
    const Fr beta = first.point(points[C1]).squeeze();
    const Fr gamma = Challenge{}.scalar(beta).squeeze();
    const Fr seed = Challenge{}.scalar(gamma).point(points[C2]).squeeze();
    Challenge mixing;
    mixing.scalar(seed);
    for (std::size_t i = 0; i < INV; ++i)
        mixing.scalar(v[i]);
    const Fr alpha = mixing.squeeze();
    const Fr y = Challenge{}.scalar(alpha).point(points[W1]).squeeze();

    const Fr xi = power(seed, 24);
    const Fr xi_w = xi * domain.w;
    const auto at = evaluate(domain, xi, publics);
    if (!at)
        return std::nullopt;

    // snark.md §4.3. The sets of roots are all j-th roots of xi (and of xi w), so their products
    // are y^8 - xi, y^4 - xi and (y^3 - xi)(y^3 - xi w).
    const Fr y3 = y * y * y;
    const Fr y4 = y3 * y;
    const Fr m0 = subtract(y4 * y4, xi);
    const Fr m1 = subtract(y4, xi);
    const Fr y3_xi = subtract(y3, xi);
    const Fr y3_xi_w = subtract(y3, xi_w);
    std::array<Fr, 4> inverses = {at->vanishing, m1, y3_xi * y3_xi_w, subtract(xi, xi_w)};
    if (m0.is_zero() || !invert_all(inverses))
        return std::nullopt;
    const auto& [zh_inverse, m1_inverse, m2_inverse, gap_inverse] = inverses;

    const Fr gates = shrink(v[QL] * v[A] + v[QR] * v[B] + v[QM] * (v[A] * v[B]) +
                            shrink(v[QO] * v[C] + v[QC] + at->public_input));
    const Fr t0 = gates * zh_inverse;
    const Fr t1 = at->first_lagrange * (v[Z] - fr_one()) * zh_inverse;
    const Fr beta_xi = beta * xi;
    const auto factor = [&](const Fr& value, const Fr& a, const Fr& b) {
        return shrink(multiply_add(a, b, value) + gamma);
    };
    const Fr identity = factor(v[A], beta_xi, fr_one()) * factor(v[B], beta_xi, domain.k1) *
                        factor(v[C], beta_xi, domain.k2) * v[Z];
    const Fr permuted =
        factor(v[A], beta, v[S1]) * factor(v[B], beta, v[S2]) * factor(v[C], beta, v[S3]) * v[ZW];
    const Fr t2 = (identity - permuted) * zh_inverse;

    const Fr r0 = polynomial<8>({v[QL], v[QR], v[QO], v[QM], v[QC], v[S1], v[S2], v[S3]}, y);
    const Fr r1 = polynomial<4>({v[A], v[B], v[C], t0}, y);
    // The interpolant that is z + t1 X + t2 X^2 where X^3 = xi and its shifted twin where
    // X^3 = xi w, by the Chinese remainder theorem.
    const Fr here = polynomial<3>({v[Z], t1, t2}, y);
    const Fr there = polynomial<3>({v[ZW], v[T1W], v[T2W]}, y);
    const Fr r2 = shrink(here * y3_xi_w - there * y3_xi) * gap_inverse;

    const Fr q1 = alpha * m0 * m1_inverse;
    const Fr q2 = alpha * alpha * m0 * m2_inverse;
    const Fr e = shrink(r0 + q1 * r1 + q2 * r2);
    const std::array<Term, 6> terms = {{{c0, -fr_one()},
                                        {points[C1], -q1},
                                        {points[C2], -q2},
                                        {g1_generator(), e},
                                        {points[W1], m0},
                                        {points[W2], -y}}};
    return kzg_equation(points[W2], x2, sum_of(terms));
}

/// w3, w4, w8 of order 3, 4 and 8, and a cube root of w.
Result<void> check_roots(const std::array<Number, ROOTS>& raw, const Fr& w) noexcept {
    std::array<Fr, ROOTS> roots;
    for (std::size_t i = 0; i < ROOTS; ++i) {
        const auto root = to_scalar(raw[i]);
        if (!root)
            return Error{ErrorCode::ZK_VK_INVALID, ROOT_NAMES[i]};
        roots[i] = *root;
    }
    const auto is_minus_one = [](const Fr& a) { return (a + fr_one()).is_zero(); };
    if (equal(roots[W3], fr_one()) || !equal(power(roots[W3], 3), fr_one()) ||
        !is_minus_one(power(roots[W4], 2)) || !is_minus_one(power(roots[W8], 4)) ||
        !equal(power(roots[WR], 3), w))
        return Error{ErrorCode::ZK_VK_INVALID, "wr"};
    return Result<void>::ok();
}

} // namespace

Result<SnarkEquation> fflonk_equation(const SnarkFiles& files) noexcept {
    const auto trees = read_trees(files);
    if (!trees)
        return trees.error();
    const auto& [vk, publics_file, proof] = *trees;

    Fields key_fields{vk};
    const RawDomain raw_domain{key_fields};
    std::array<Number, ROOTS> raw_roots;
    for (std::size_t i = 0; i < ROOTS; ++i)
        raw_roots[i] = key_fields.number(ROOT_NAMES[i]);
    const RawG2 raw_x2 = key_fields.g2("X_2");
    const RawG1 raw_c0 = key_fields.g1("C0");
    if (const auto good = key_fields.outcome(); !good)
        return good.error();
    auto publics = read_publics(publics_file);
    if (!publics)
        return publics.error();
    Fields proof_fields{proof};
    Fields polynomials = proof_fields.object("polynomials");
    std::array<RawG1, POINTS> raw_points;
    for (std::size_t i = 0; i < POINTS; ++i)
        raw_points[i] = polynomials.g1(POINT_NAMES[i]);
    Fields evaluations = proof_fields.object("evaluations");
    std::array<Number, VALUES> raw_values;
    for (std::size_t i = 0; i < VALUES; ++i)
        raw_values[i] = evaluations.number(VALUE_NAMES[i]);
    for (const Fields* fields : {&proof_fields, &polynomials, &evaluations}) {
        if (const auto good = fields->outcome(); !good)
            return good.error();
    }
    if (const auto good = check_protocol(vk, proof, "fflonk"); !good)
        return good.error();

    const auto domain = check_domain(raw_domain);
    if (!domain)
        return domain.error();
    if (const auto good = check_roots(raw_roots, domain->w); !good)
        return good.error();
    const auto x2 = to_fixed_point(raw_x2);
    if (!x2)
        return Error{x2.error().code, "X_2"};
    const auto c0 = to_point(raw_c0);
    if (!c0)
        return Error{c0.error().code, "C0"};
    auto inputs = to_publics(*publics, domain->public_count);
    if (!inputs)
        return inputs.error();
    Fflonk fflonk{*domain, *c0, *x2, std::move(*inputs), {}, {}};
    for (std::size_t i = 0; i < POINTS; ++i) {
        const auto point = to_point(raw_points[i], ErrorCode::ZK_POINT_INVALID);
        if (!point)
            return Error{point.error().code, POINT_NAMES[i]};
        fflonk.points[i] = *point;
    }
    for (std::size_t i = 0; i < VALUES; ++i) {
        const auto value = to_scalar(raw_values[i]);
        if (!value)
            return Error{value.error().code, VALUE_NAMES[i]};
        fflonk.values[i] = *value;
    }
    auto equation = fflonk.equation();
    if (!equation)
        return ErrorCode::ZK_PROOF_INVALID;
    return SnarkEquation{*std::move(publics), *std::move(equation)};
}

} // namespace assay::zk
