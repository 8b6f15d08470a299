// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The EVM transcript (ezkl.md §5).
#pragma once

#include "core/base/result.hpp"
#include "core/zk/bn254/fr.hpp"
#include "core/zk/bn254/groups.hpp"

#include <vector>

namespace assay::zk::ezkl {

/// Reads a proof's bytes and absorbs them. The first failure stays: what is read after it means
/// nothing.
class Transcript {
public:
    explicit Transcript(BytesView proof) noexcept : rest_{proof} {}

    void absorb(const Fr& value) noexcept;
    [[nodiscard]] G1 point() noexcept;
    [[nodiscard]] Fr scalar() noexcept;
    [[nodiscard]] std::vector<G1> points(std::size_t count) noexcept;
    [[nodiscard]] std::vector<Fr> scalars(std::size_t count) noexcept;
    [[nodiscard]] Fr squeeze() noexcept;

    /// ZK_POINT_INVALID, ZK_SCALAR_OUT_OF_RANGE, EZKL_PROOF_INVALID (bytes missing),
    /// ZK_TRAILING_BYTES
    [[nodiscard]] Result<void> finish() const noexcept;

private:
    BytesView take(std::size_t size) noexcept;

    BytesView rest_;
    Bytes buffer_;
    ErrorCode failure_{};
};

} // namespace assay::zk::ezkl
