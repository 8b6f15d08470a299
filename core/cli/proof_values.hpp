// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a proof has shown, for a person.
#pragma once

#include <string>

namespace assay::cli {

/// The public values in the verdict of a proof that holds, as one row; all of them are in the JSON.
/// "" for another verdict.
[[nodiscard]] std::string public_values(const std::string& verdict) noexcept;

} // namespace assay::cli
