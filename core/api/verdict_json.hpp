// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The JSON form of a verdict. api.md "Verdict".
#pragma once

#include "core/base/verdict.hpp"
#include "core/bytes/json_writer.hpp"

#include <string>

namespace assay::api {

/// @param value the value object, written by the caller.
/// @return {"ok":true,"value":…,"checks":[…],"trust":…}.
[[nodiscard]] std::string success_text(const std::string& value, const CheckList& checks,
                                       TrustLevel trust) noexcept;

/// @return {"ok":false,"code":…,"category":…,"message":…,"path"?:…,"checks":[…]}.
[[nodiscard]] std::string failure_text(const Error& error, const CheckList& checks) noexcept;

} // namespace assay::api
