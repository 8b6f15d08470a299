// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Gabizon, Williamson and Ciobotaru, "PLONK" (ePrint 2019/953), in the flavour and the files of
/// snarkjs 0.7 (snark.md §3).
#include "core/zk/snarkjs/plonkish.hpp"

namespace assay::zk {
namespace {

enum KeyPoint { QM, QL, QR, QO, QC, S1, S2, S3, KEY_POINTS };
constexpr std::array<const char*, KEY_POINTS> KEY_NAMES = {"Qm", "Ql", "Qr", "Qo",
                                                           "Qc", "S1", "S2", "S3"};
enum ProofPoint { A, B, C, Z, T1, T2, T3, WXI, WXIW, PROOF_POINTS };
constexpr std::array<const char*, PROOF_POINTS> PROOF_NAMES = {"A",  "B",  "C",   "Z",   "T1",
                                                               "T2", "T3", "Wxi", "Wxiw"};
enum Evaluation { EA, EB, EC, ES1, ES2, EZW, EVALUATIONS };
constexpr std::array<const char*, EVALUATIONS> EVALUATION_NAMES = {"eval_a",  "eval_b",  "eval_c",
                                                                   "eval_s1", "eval_s2", "eval_zw"};

struct Plonk {
    Domain domain;
    std::array<G1, KEY_POINTS> key;
    FixedG2Pointer x2;
    std::vector<Fr> publics;
    std::array<G1, PROOF_POINTS> points;
    std::array<Fr, EVALUATIONS> values;

    /// @return nothing when a challenge meets a pole.
    [[nodiscard]] std::optional<Equation> equation() const noexcept;
};

std::optional<Equation> Plonk::equation() const noexcept {
    // snark.md §3.2
    Challenge first;
    for (const G1& point : key)
        first.point(point);
    for (const Fr& value : publics)
        first.scalar(value);
    const Fr beta = first.point(points[A]).point(points[B]).point(points[C]).squeeze();
    const Fr gamma = Challenge{}.scalar(beta).squeeze();
    const Fr alpha = Challenge{}.scalar(beta).scalar(gamma).point(points[Z]).squeeze();
    const Fr xi =
        Challenge{}.scalar(alpha).point(points[T1]).point(points[T2]).point(points[T3]).squeeze();
    Challenge opening;
    opening.scalar(xi);
    for (const Fr& value : values)
        opening.scalar(value);
    const Fr v = opening.squeeze();
    const Fr u = Challenge{}.point(points[WXI]).point(points[WXIW]).squeeze();

    // snark.md §3.3
    const auto at = evaluate(domain, xi, publics);
    if (!at)
        return std::nullopt;
    const Fr& a = values[EA];
    const Fr& b = values[EB];
    const Fr& c = values[EC];
    const Fr alpha2_l1 = alpha * alpha * at->first_lagrange;
    const Fr a_s1 = shrink(multiply_add(beta, values[ES1], a) + gamma);
    const Fr b_s2 = shrink(multiply_add(beta, values[ES2], b) + gamma);
    const Fr permuted = alpha * values[EZW] * (a_s1 * b_s2);
    const Fr r0 = shrink(at->public_input - alpha2_l1 - permuted * (c + gamma));
    const Fr beta_xi = beta * xi;
    const Fr identity = shrink(a + beta_xi + gamma) *
                        shrink(multiply_add(beta_xi, domain.k1, b) + gamma) *
                        shrink(multiply_add(beta_xi, domain.k2, c) + gamma);
    std::array<Fr, 6> power; // of v
    power[0] = fr_one();
    for (std::size_t i = 1; i < power.size(); ++i)
        power[i] = power[i - 1] * v;
    const Fr zh_n = at->vanishing * at->power;
    Fr e = shrink(u * values[EZW] - r0);
    for (std::size_t i = 0; i < 5; ++i)
        e = multiply_add(power[i + 1], values[i], e);

    std::vector<Term> terms;
    const auto term = [&](const G1& point, const Fr& scalar) { terms.push_back({point, scalar}); };
    term(key[QM], a * b);
    term(key[QL], a);
    term(key[QR], b);
    term(key[QO], c);
    term(key[QC], fr_one());
    term(points[Z], shrink(alpha * identity + alpha2_l1 + u));
    term(key[S3], -(permuted * beta));
    term(points[T1], -at->vanishing);
    term(points[T2], -zh_n);
    term(points[T3], -(zh_n * at->power));
    term(points[A], power[1]);
    term(points[B], power[2]);
    term(points[C], power[3]);
    term(key[S1], power[4]);
    term(key[S2], power[5]);
    term(g1_generator(), -e);
    term(points[WXI], xi);
    term(points[WXIW], u * xi * domain.w);
    const G1 right = sum_of(terms);
    const std::array<Term, 2> left = {{{points[WXI], -fr_one()}, {points[WXIW], -u}}};
    return kzg_equation(sum_of(left), x2, right);
}

} // namespace

Result<SnarkEquation> plonk_equation(const SnarkFiles& files) noexcept {
    const auto trees = read_trees(files);
    if (!trees)
        return trees.error();
    const auto& [vk, publics_file, proof] = *trees;

    Fields key_fields{vk};
    const RawDomain raw_domain{key_fields};
    std::array<RawG1, KEY_POINTS> raw_key;
    for (std::size_t i = 0; i < KEY_POINTS; ++i)
        raw_key[i] = key_fields.g1(KEY_NAMES[i]);
    const RawG2 raw_x2 = key_fields.g2("X_2");
    if (const auto good = key_fields.outcome(); !good)
        return good.error();
    auto publics = read_publics(publics_file);
    if (!publics)
        return publics.error();
    Fields proof_fields{proof};
    std::array<RawG1, PROOF_POINTS> raw_points;
    for (std::size_t i = 0; i < PROOF_POINTS; ++i)
        raw_points[i] = proof_fields.g1(PROOF_NAMES[i]);
    std::array<Number, EVALUATIONS> raw_values;
    for (std::size_t i = 0; i < EVALUATIONS; ++i)
        raw_values[i] = proof_fields.number(EVALUATION_NAMES[i]);
    if (const auto good = proof_fields.outcome(); !good)
        return good.error();
    if (const auto good = check_protocol(vk, proof, "plonk"); !good)
        return good.error();

    const auto domain = check_domain(raw_domain);
    if (!domain)
        return domain.error();
    Plonk plonk{*domain, {}, {}, {}, {}, {}};
    for (std::size_t i = 0; i < KEY_POINTS; ++i) {
        const auto point = to_point(raw_key[i]);
        if (!point)
            return Error{point.error().code, KEY_NAMES[i]};
        plonk.key[i] = *point;
    }
    const auto x2 = to_fixed_point(raw_x2);
    if (!x2)
        return Error{x2.error().code, "X_2"};
    plonk.x2 = *x2;
    auto inputs = to_publics(*publics, domain->public_count);
    if (!inputs)
        return inputs.error();
    plonk.publics = std::move(*inputs);
    for (std::size_t i = 0; i < PROOF_POINTS; ++i) {
        const auto point = to_point(raw_points[i], ErrorCode::ZK_POINT_INVALID);
        if (!point)
            return Error{point.error().code, PROOF_NAMES[i]};
        plonk.points[i] = *point;
    }
    for (std::size_t i = 0; i < EVALUATIONS; ++i) {
        const auto value = to_scalar(raw_values[i]);
        if (!value)
            return Error{value.error().code, EVALUATION_NAMES[i]};
        plonk.values[i] = *value;
    }
    auto equation = plonk.equation();
    if (!equation)
        return ErrorCode::ZK_PROOF_INVALID;
    return SnarkEquation{*std::move(publics), *std::move(equation)};
}

} // namespace assay::zk
