// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The receipt file of the command line: one JSON object with
//   request       raw JSON text of the request, as a string
//   request_is    what its author says: "sent" or "sdk-input"; optional. The reading is the
//   caller's
//                 choice (receipt.md §2): a file that says another than the command is refused
//   response      raw reply text, as a string
//   response_is   "json" or "stream"; optional
//   key           DER SubjectPublicKeyInfo of the signing key, base64
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/cli/files.hpp"

#include <optional>
#include <string>

namespace assay::cli {

struct ReceiptFile {
    std::string request;
    std::string response;
    Bytes key;
    std::optional<std::string> response_is;

    /// @param request_is the reading that the command chose.
    /// @param failure receives why, when the file cannot be used.
    [[nodiscard]] static std::optional<ReceiptFile>
    load(const std::string& path, const std::string& request_is, ReadFailure& failure) noexcept;
};

} // namespace assay::cli
