// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/key.hpp"

#include "core/bytes/reader.hpp"

namespace assay::zk::ezkl {
namespace {

constexpr std::size_t HEAD_BYTES = 7;
constexpr std::size_t POINT_BYTES = 64;
constexpr std::size_t WORD_BYTES = 32;
/// 7^((r - 1) / 2^28)
constexpr Number ROOT = {0xd34f1ed960c37c9c, 0x3215cf6dd39329c8, 0x98865ea93dd31f74,
                         0x03ddb9f5166d18b7};

/// @return the number that a stored word stands for, below p; nothing for a word of p or above.
std::optional<Number> read_word(BytesView bytes) noexcept {
    Number stored{};
    for (std::size_t i = 0; i < WORD_BYTES; ++i)
        stored[i / 8] |= std::uint64_t{bytes[i]} << i % 8 * 8;
    if (!math::less(stored, FpPrime::WORDS))
        return std::nullopt;
    // 1 / 2^256
    static const Fp factor = [] {
        Fp two_256 = fp_one();
        for (int i = 0; i < 256; ++i)
            two_256 = shrink(two_256 + two_256);
        return invert(two_256);
    }();
    const Fp value = fp_from(stored) * factor;
    return FpLimbs::to_words(value.limbs);
}

template <std::size_t COUNT>
std::optional<std::array<Number, COUNT>> read_words(BytesView bytes) noexcept {
    std::array<Number, COUNT> out;
    for (std::size_t i = 0; i < COUNT; ++i) {
        const auto word = read_word(bytes.subspan(i * WORD_BYTES, WORD_BYTES));
        if (!word)
            return std::nullopt;
        out[i] = *word;
    }
    return out;
}

} // namespace

Fr root_of_unity(std::uint64_t k) noexcept {
    Fr root = fr_from(ROOT);
    for (std::uint64_t i = k; i < 28; ++i)
        root = square(root);
    return root;
}

std::optional<G1> read_raw_g1(BytesView bytes) noexcept {
    const auto words = read_words<2>(bytes);
    if (!words)
        return std::nullopt;
    const auto& [x, y] = *words;
    if (math::is_zero(x) && math::is_zero(y))
        return G1{};
    return g1_from(x, y);
}

FixedG2Pointer read_raw_g2(BytesView bytes) noexcept {
    const auto words = read_words<4>(bytes);
    if (!words)
        return nullptr;
    return fixed_g2_from({(*words)[0], (*words)[1]}, {(*words)[2], (*words)[3]});
}

Result<KeyHead> KeyHead::read(BytesView file, std::uint64_t logrows) noexcept {
    bytes::Reader reader{file};
    const auto version = reader.u8();
    const auto k = reader.u8();
    const auto compressed = reader.u8();
    const auto fixed = reader.little_endian(4);
    if (!fixed)
        return Error{ErrorCode::EZKL_MALFORMED, "key"};
    if (*version != 3)
        return Error{ErrorCode::EZKL_VERSION_UNSUPPORTED, "key"};
    if (*k > MAX_K || file.size() > KEY_BYTES)
        return Error{ErrorCode::ZK_LIMIT, "key"};
    if (*compressed > 1)
        return Error{ErrorCode::EZKL_MALFORMED, "key"};
    if (*k != logrows)
        return Error{ErrorCode::EZKL_VK_MISMATCH, "key"};
    return KeyHead{*k, *compressed == 1, *fixed};
}

Result<Key> read_layout(BytesView file, const KeyHead& head,
                        const ConstraintSystem& system) noexcept {
    const std::uint64_t map_bytes = ((std::uint64_t{1} << head.k) + 7) / 8;
    const std::uint64_t maps = head.compressed ? system.selectors : 0;
    const std::uint64_t points = head.fixed + system.permutation.size();
    if (file.size() != HEAD_BYTES + points * POINT_BYTES + maps * map_bytes)
        return Error{ErrorCode::EZKL_VK_MISMATCH, "key"};
    Key key;
    key.k = head.k;
    key.compressed = head.compressed;
    for (std::uint64_t i = 0; i < maps; ++i)
        key.selectors.push_back(file.subspan(
            static_cast<std::size_t>(HEAD_BYTES + points * POINT_BYTES + i * map_bytes),
            static_cast<std::size_t>(map_bytes)));
    return key;
}

Result<void> read_points(BytesView file, const KeyHead& head, Key& key) noexcept {
    const std::size_t maps =
        key.selectors.empty() ? 0 : key.selectors.size() * key.selectors[0].size();
    BytesView points = file.subspan(HEAD_BYTES, file.size() - HEAD_BYTES - maps);
    for (std::uint64_t i = 0; !points.empty(); ++i, points = points.subspan(POINT_BYTES)) {
        const auto point = read_raw_g1(points.first(POINT_BYTES));
        if (!point)
            return Error{ErrorCode::ZK_POINT_INVALID, "key"};
        (i < head.fixed ? key.fixed : key.sigma).push_back(*point);
    }
    return Result<void>::ok();
}

} // namespace assay::zk::ezkl
