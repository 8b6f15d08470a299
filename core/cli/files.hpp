// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Files and the clock, for the command line only: core/cli is the one folder of the core with I/O.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace assay::cli {

/// Largest file that the command reads; a model may be large, evidence is refused by its own
/// limits.
inline constexpr std::uintmax_t FILE_BYTES = std::uintmax_t{1} << 31;

/// Reads a whole file ("-" is standard input). Prints why to standard error when it cannot.
[[nodiscard]] std::optional<Bytes> read_file(const std::string& path) noexcept;

/// The bytes of an attestation document: the file's own, or, when the file is base64 text as the
/// gateway serves it, what the text decodes to. (A COSE document never is base64 text.)
[[nodiscard]] std::optional<Bytes> read_document(const std::string& path) noexcept;

/// @return this machine's clock, Unix seconds.
[[nodiscard]] std::int64_t device_time() noexcept;

} // namespace assay::cli
