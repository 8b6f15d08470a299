// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Five leaves, and what other implementations made of them: @openzeppelin/merkle-tree 1.0.8 for the
// tree, ethers 6 for the logs.
#pragma once

#include "core/settlement/event.hpp"
#include "core/settlement/leaf.hpp"

#include <array>
#include <string_view>

namespace assay::test {

[[nodiscard]] Hash32 hash_of(std::string_view hex);

/// @param number 1 to 5
[[nodiscard]] settlement::Leaf sample_leaf(unsigned number);

inline constexpr std::array<std::string_view, 5> LEAF_HASHES = {
    "1c212debb981071c79610665454177e696aa3fd0ac9625769105ab0cf49fb982",
    "c6de3941a8f08c75290360a7034c6db86d36874fe56d963149ab2084fcd836c9",
    "476da6ae46049fa331549caa64490435ba3097366b9d5a582e7720f6934d425b",
    "2b50337cef8a63b1f2efaa9afd05d247ad5331bb89aabbf19157925682fe382d",
    "979d82a369295c6bcaeb187774dbb727b4eaf93e958384e04fb9cefb93b0058f"};

inline constexpr std::string_view TREE_ROOT =
    "b1059e9e2fd2bf4be0d11904bd7dd2d6b79358c34ccc4fa8430fc0ad6fc4bd00";
inline constexpr std::string_view ROOT_OF_TWO =
    "0a51720a96ae26092968024c4fb02600b2d12815543bca65adb7b6af60b9a599";
/// Of the parent of leaves 3 and 5.
inline constexpr std::string_view INNER_NODE =
    "f7da372ad9d29799889ffe0d6bd17bc64bd796799ee32508f9e6437438e6f6e9";

/// As the four events decode to: a batch of 20 under TREE_ROOT, leaf 1 with a signature of 33
/// bytes, one output, and the output with its request.
[[nodiscard]] settlement::Log batch_log();
[[nodiscard]] settlement::Log individual_log();
[[nodiscard]] settlement::Log result_log();
[[nodiscard]] settlement::Log model_log();

} // namespace assay::test
