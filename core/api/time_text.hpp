// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Text forms of a moment (api.md: "Times are Unix seconds … or RFC 3339 text").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::api {

/// Above this a Unix time is milliseconds by mistake (api.md).
inline constexpr std::int64_t LATEST_UNIX_TIME = 100'000'000'000;

/// Reads `-?digits` (Unix seconds) or RFC 3339 text; a fraction of a second is dropped.
/// @return Unix seconds, or nothing for any other text and for times above LATEST_UNIX_TIME.
[[nodiscard]] std::optional<std::int64_t> parse_time(std::string_view text) noexcept;

/// @return @p unix_seconds as `YYYY-MM-DDTHH:MM:SSZ`; the number for years that have no such form.
[[nodiscard]] std::string format_time(std::int64_t unix_seconds) noexcept;

} // namespace assay::api
