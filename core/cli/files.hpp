// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Files and the clock, for the command line only: core/cli is the one folder of the core with I/O.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/cli/print.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace assay::cli {

/// The most that is read of a file, and the code of a larger one: the core's own, so that no more
/// is held of a file than the core would take.
struct FileLimit {
    std::size_t bytes;
    ErrorCode code;
};

/// Of a file whose kind has no limit of its own.
inline constexpr FileLimit ANY_FILE{std::size_t{1} << 31, ErrorCode::INPUT_LIMIT};

/// Why a file could not be read.
struct ReadFailure {
    ErrorCode code;
    std::string why;
};

/// Reads a whole file; "-" is standard input.
/// @param failure receives why, when there is nothing.
[[nodiscard]] std::optional<Bytes> load_file(const std::string& path, FileLimit limit,
                                             ReadFailure& failure) noexcept;

/// The same; complains (print.hpp) when it cannot.
[[nodiscard]] std::optional<Bytes> read_file(const std::string& path, FileLimit limit = ANY_FILE,
                                             Output output = Output::text) noexcept;

/// Writes a file anew; complains (print.hpp) when it cannot.
/// @return whether all of it was written
[[nodiscard]] bool write_file(const std::string& path, BytesView bytes) noexcept;

/// The bytes of an attestation document: the file's own, or, when the file is base64 text as the
/// gateway serves it, what the text decodes to. (A COSE document never is base64 text.)
[[nodiscard]] std::optional<Bytes> load_document(const std::string& path, FileLimit limit,
                                                 ReadFailure& failure) noexcept;

/// The same; complains (print.hpp) when it cannot.
[[nodiscard]] std::optional<Bytes> read_document(const std::string& path, FileLimit limit,
                                                 Output output) noexcept;

/// @return this machine's clock, Unix seconds.
[[nodiscard]] std::int64_t device_time() noexcept;

} // namespace assay::cli
