// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the readers of options and policies share.
#pragma once

#include "core/base/result.hpp"
#include "core/bytes/json.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace assay::api {

/// POLICY_INVALID at @p path.
[[nodiscard]] inline Error invalid(const char* path) noexcept {
    return {ErrorCode::POLICY_INVALID, path};
}
[[nodiscard]] inline Error invalid(const std::string& path) noexcept {
    return {ErrorCode::POLICY_INVALID, path};
}

/// @return ok, or POLICY_INVALID when @p value is no object or has a member outside @p known: a
/// misspelt member must not silently mean its default.
[[nodiscard]] inline Result<void> check_members(const bytes::JsonValue& value,
                                                std::span<const std::string_view> known,
                                                const std::string& path) noexcept {
    if (!value.is(bytes::JsonKind::object)) {
        return invalid(path);
    }
    for (const bytes::JsonMember& member : value.members()) {
        if (std::find(known.begin(), known.end(), member.name) == known.end()) {
            return invalid(path + "." + member.name);
        }
    }
    return Result<void>::ok();
}

} // namespace assay::api
