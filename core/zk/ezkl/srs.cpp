// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/srs.hpp"

#include "core/bytes/reader.hpp"
#include "core/zk/ezkl/key.hpp"
#include "core/zk/ezkl/settings.hpp"

namespace assay::zk::ezkl {
namespace {

constexpr std::size_t G1_BYTES = 64;
constexpr std::size_t G2_BYTES = 128;

/// [s] G2 of the perpetual powers of tau, as EZKL's own files have it.
const FixedG2Pointer& public_point() noexcept {
    static const FixedG2Pointer point = std::make_shared<const FixedG2>(G2{
        {fp_from({0xcddbbe570ce860d2, 0x856689eda9eab5cb, 0x60ddc3b4af45191b, 0x17944351223333f2}),
         fp_from({0xbd7aa3adeef8f5ac, 0x2e95040603ef44c0, 0xd99f91db59fe6992, 0x186282957db913ab})},
        {fp_from({0x2cc20203e67a02ad, 0x17b02dc7e8c207fc, 0xe56162486363ffe4, 0x297772d34bc9aa8a}),
         fp_from({0xbdeadb63052895f4, 0x694e6d2215baa893, 0xcbf6d6df91bae406, 0x298adc7396bd3865})},
        false});
    return point;
}

} // namespace

Result<Srs> Srs::read(BytesView file) noexcept {
    if (file.empty())
        return Srs{g1_generator(), fixed_g2_generator(), public_point()};
    constexpr auto MALFORMED = ErrorCode::EZKL_MALFORMED;
    bytes::Reader reader{file};
    const auto k = reader.little_endian(4);
    if (!k)
        return MALFORMED;
    if (*k > MAX_K)
        return ErrorCode::ZK_LIMIT;
    const std::uint64_t points = std::uint64_t{2} << *k;
    const auto g1_bytes = reader.take(G1_BYTES);
    const auto rest = reader.take((points - 1) * G1_BYTES);
    const auto g2_bytes = reader.take(G2_BYTES);
    const auto s_g2_bytes = reader.take(G2_BYTES);
    if (!g1_bytes || !rest || !g2_bytes || !s_g2_bytes)
        return MALFORMED;
    if (!reader.at_end())
        return ErrorCode::ZK_TRAILING_BYTES;
    const auto g1 = read_raw_g1(*g1_bytes);
    auto g2 = read_raw_g2(*g2_bytes);
    auto s_g2 = read_raw_g2(*s_g2_bytes);
    if (!g1 || g1->infinity || !g2 || !s_g2)
        return ErrorCode::ZK_POINT_INVALID;
    Srs out{*g1, std::move(g2), std::move(s_g2)};
    if (*k > 0) { // the file holds [s] G1: e([s] G1, G2) = e(G1, [s] G2)
        const auto s_g1 = read_raw_g1(rest->first(G1_BYTES));
        if (!s_g1)
            return ErrorCode::ZK_POINT_INVALID;
        const std::array<FixedPair, 2> pairs = {{{*s_g1, out.g2}, {-*g1, out.s_g2}}};
        if (!product_is_one(pairs, {}))
            return ErrorCode::ZK_POINT_INVALID;
    }
    return out;
}

} // namespace assay::zk::ezkl
