// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What the request texts of all profiles share. For core/receipt only.
#pragma once

#include "core/bytes/json.hpp"
#include "core/receipt/request.hpp"

#include <span>

namespace assay::receipt::detail {

[[nodiscard]] inline Error unsupported_request(std::string_view path) noexcept {
    return {ErrorCode::RECEIPT_REQUEST_UNSUPPORTED, path};
}

/// Neither absent nor null.
[[nodiscard]] bool is_given(const bytes::JsonValue* value) noexcept;
[[nodiscard]] bool is_list_of(const bytes::JsonValue& value, bytes::JsonKind kind) noexcept;

/// Reports the members of @p object outside @p kept: each by its name, or all as @p path.
void report_others(const bytes::JsonValue& object, std::span<const std::string_view> kept,
                   std::string_view path, NotCovered& not_covered) noexcept;

/// §9. @p request is an object.
[[nodiscard]] Result<CanonicalRequest> legacy_request(const bytes::JsonValue& request, Route route,
                                                      NotCovered& not_covered) noexcept;

} // namespace assay::receipt::detail
