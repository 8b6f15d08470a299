// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The verdict of a signature by itself: whose key it is, is the caller's knowledge.
#pragma once

#include "core/api/operations.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/signatures/secp256k1.hpp"

#include <string>

namespace assay::api {

/// What came of one signature: the JSON value of its verdict, or why there is none.
using JudgedSignature = Result<std::string>;

/// @return verdict text with the check "signature" after @p checks, trust `unproven`.
[[nodiscard]] std::string signature_text(const JudgedSignature& judged,
                                         CheckList checks = {}) noexcept;

/// @return ARGUMENT_INVALID for anything but "strict" and "malleable".
[[nodiscard]] Result<signatures::LowS> low_s_named(BytesView word) noexcept;

} // namespace assay::api
