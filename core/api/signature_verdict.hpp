// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The verdict of a signature by itself: whose key it is, is the caller's knowledge.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <string>

namespace assay::api {

/// @return verdict text with one check, "signature"; value {"publicKey": hex of @p key}, trust
/// `unproven`.
[[nodiscard]] std::string signed_by_text(const Result<void>& outcome, BytesView key) noexcept;

/// The same for outcomes with another value. @p value is a JSON value, read on success only.
[[nodiscard]] std::string signature_text(const Result<void>& outcome, const std::string& value) noexcept;

} // namespace assay::api
