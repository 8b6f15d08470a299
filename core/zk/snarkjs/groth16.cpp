// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Groth, "On the size of pairing-based non-interactive arguments" (EUROCRYPT 2016), in the files
/// of snarkjs 0.7 (snark.md §2). vk_alphabeta_12 is not read: it is recomputed.
#include "core/base/memo.hpp"
#include "core/zk/snarkjs/files.hpp"

namespace assay::zk {
namespace {

/// gamma = delta or gamma = -delta: without the second phase of its set-up a key accepts anything.
bool is_forgeable(const RawG2& gamma, const RawG2& delta) noexcept {
    return gamma.x == delta.x;
}

/// e(alpha, beta), the key's own constant; of the last keys its loop is kept.
FixedPair constant_of(const RawG1& raw_alpha, const RawG2& raw_beta, const G1& alpha,
                      const FixedG2Pointer& beta) noexcept {
    thread_local Memo<std::array<Number, 6>, Fp12, 2> memo;
    const std::array<Number, 6> key = {raw_alpha.x,   raw_alpha.y,   raw_beta.x[0],
                                       raw_beta.x[1], raw_beta.y[0], raw_beta.y[1]};
    FixedPair pair{alpha, beta, memo.find(key)};
    if (!pair.loop) {
        pair.loop = std::make_shared<const Fp12>(miller_loop({&pair, 1}, {}));
        memo.keep(key, pair.loop);
    }
    return pair;
}

} // namespace

Result<SnarkEquation> groth16_equation(const SnarkFiles& files) noexcept {
    const auto trees = read_trees(files);
    if (!trees)
        return trees.error();
    const auto& [vk, publics_file, proof] = *trees;

    Fields key_fields{vk};
    const auto public_count = key_fields.count("nPublic");
    const RawG1 raw_alpha = key_fields.g1("vk_alpha_1");
    const RawG2 raw_beta = key_fields.g2("vk_beta_2");
    const RawG2 raw_gamma = key_fields.g2("vk_gamma_2");
    const RawG2 raw_delta = key_fields.g2("vk_delta_2");
    const std::vector<RawG1> raw_ic = key_fields.g1_list("IC");
    if (const auto good = key_fields.outcome(); !good)
        return good.error();
    auto publics = read_publics(publics_file);
    if (!publics)
        return publics.error();
    Fields proof_fields{proof};
    const RawG1 raw_a = proof_fields.g1("pi_a");
    const RawG2 raw_b = proof_fields.g2("pi_b");
    const RawG1 raw_c = proof_fields.g1("pi_c");
    if (const auto good = proof_fields.outcome(); !good)
        return good.error();
    if (const auto good = check_protocol(vk, proof, "groth16"); !good)
        return good.error();

    if (!public_count)
        return Error{ErrorCode::ZK_VK_INVALID, "nPublic"};
    if (*public_count > SNARK_MAX_PUBLIC)
        return Error{ErrorCode::ZK_LIMIT, "nPublic"};
    if (raw_ic.size() != *public_count + 1)
        return Error{ErrorCode::ZK_VK_INVALID, "IC"};
    const auto alpha = to_point(raw_alpha, ErrorCode::ZK_VK_INVALID);
    if (!alpha)
        return alpha.error();
    std::array<FixedG2Pointer, 3> fixed;
    const std::array<const RawG2*, 3> raw_fixed = {&raw_beta, &raw_gamma, &raw_delta};
    for (std::size_t i = 0; i < fixed.size(); ++i) {
        auto point = to_fixed_point(*raw_fixed[i]);
        if (!point)
            return point.error();
        fixed[i] = *std::move(point);
    }
    const auto& [beta, gamma, delta] = fixed;
    std::vector<Term> terms;
    for (const RawG1& raw : raw_ic) {
        const auto point = to_point(raw);
        if (!point)
            return point.error();
        terms.push_back({*point, fr_one()});
    }
    if (is_forgeable(raw_gamma, raw_delta))
        return Error{ErrorCode::ZK_VK_INVALID, "vk_delta_2"};

    const auto inputs = to_publics(*publics, *public_count);
    if (!inputs)
        return inputs.error();
    for (std::size_t i = 0; i < inputs->size(); ++i)
        terms[i + 1].scalar = (*inputs)[i];

    const auto a = to_point(raw_a, ErrorCode::ZK_POINT_INVALID);
    if (!a)
        return Error{a.error().code, "pi_a"};
    auto b = to_point(raw_b, ErrorCode::ZK_POINT_INVALID);
    if (!b)
        return Error{b.error().code, "pi_b"};
    const auto c = to_point(raw_c, ErrorCode::ZK_POINT_INVALID);
    if (!c)
        return Error{c.error().code, "pi_c"};
    SnarkEquation out{*std::move(publics), {}};
    out.equation.pairs.push_back({-*a, *std::move(b)});
    out.equation.fixed = {
        {sum_of(terms), gamma}, {*c, delta}, constant_of(raw_alpha, raw_beta, *alpha, beta)};
    return out;
}

} // namespace assay::zk
