// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// vk.key (ezkl.md §1.2), the replacement of selectors (§3.6) and the digest that opens the
/// transcript (§4).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/zk/bn254/pairing.hpp"
#include "core/zk/ezkl/constraint_system.hpp"

#include <cstdint>
#include <vector>

namespace assay::zk::ezkl {

struct Key {
    std::uint64_t k = 0;
    bool compressed = false;
    std::vector<G1> fixed, sigma;
    std::vector<BytesView> selectors; ///< bit maps; views of the file
};

/// The first seven bytes: EZKL_MALFORMED, EZKL_VERSION_UNSUPPORTED, ZK_LIMIT, EZKL_VK_MISMATCH.
struct KeyHead {
    std::uint64_t k;
    bool compressed;
    std::uint64_t fixed;
    [[nodiscard]] static Result<KeyHead> read(BytesView file, std::uint64_t logrows) noexcept;
};

/// @param system before its selectors are replaced
/// @return EZKL_VK_MISMATCH unless the file is exactly as long as head and system make it; the
/// points are not read yet.
[[nodiscard]] Result<Key> read_layout(BytesView file, const KeyHead& head,
                                      const ConstraintSystem& system) noexcept;
/// ZK_POINT_INVALID
[[nodiscard]] Result<void> read_points(BytesView file, const KeyHead& head, Key& key) noexcept;

/// x ‖ y, each 32 bytes little-endian in Montgomery form with R = 2^256; (0, 0) is infinity.
[[nodiscard]] std::optional<G1> read_raw_g1(BytesView bytes64) noexcept;
/// Null for words of p and above and for points outside G2.
[[nodiscard]] FixedG2Pointer read_raw_g2(BytesView bytes128) noexcept;

/// Which selectors share a column: lists of them, in the order of the columns.
using SelectorGroups = std::vector<std::vector<std::uint32_t>>;
/// §3.6. The same for every number of threads. @return ZK_LIMIT for too many bit maps to compare.
[[nodiscard]] Result<SelectorGroups> group_selectors(const ConstraintSystem& system,
                                                     const Key& key) noexcept;
/// §3.6: gates and arguments without selectors.
void replace_selectors(ConstraintSystem& system, const SelectorGroups& groups,
                       bool compressed) noexcept;

/// §4. @param budget bytes of text that may still be hashed; what this key takes is taken off
/// @return ZK_LIMIT when the text is longer than that.
[[nodiscard]] Result<Fr> key_digest(const ConstraintSystem& system, const Key& key,
                                    std::uint64_t& budget) noexcept;

/// w_k = 7^((r - 1) / 2^k)
[[nodiscard]] Fr root_of_unity(std::uint64_t k) noexcept;

} // namespace assay::zk::ezkl
