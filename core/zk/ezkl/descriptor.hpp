// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// A compiled key (ezkl.md §10): what a verification needs of a key and its settings, in a few kB.
/// Format 1, integers as LEB128 unless a size is named:
///   "AEZK", u8 format, SHA-256 of key and of settings (32 bytes each)
///   k, D, columns of each kind, queries of each kind (column, zigzag rotation), values (32 bytes
///   each), nodes (u8 kind, operands; nodes as distances back), gates, arguments, permutation
///   (u8 kind, column), public values before the tensors, tensors (size, zigzag scale), public
///   values, version text, digests (32 bytes each), fixed and sigma points (64 bytes each)
#pragma once

#include "core/zk/ezkl/circuit.hpp"

namespace assay::zk::ezkl {

struct Descriptor {
    Hash32 key_sha256, settings_sha256;
    Circuit circuit;
};

[[nodiscard]] Bytes write_descriptor(const Descriptor& descriptor) noexcept;
/// EZKL_MALFORMED, EZKL_VERSION_UNSUPPORTED (another format), ZK_LIMIT, ZK_POINT_INVALID,
/// ZK_SCALAR_OUT_OF_RANGE, ZK_TRAILING_BYTES
[[nodiscard]] Result<Descriptor> read_descriptor(BytesView bytes) noexcept;

} // namespace assay::zk::ezkl
