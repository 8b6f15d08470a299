// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The receipt file of the command line: one JSON object with
//   request       raw JSON text of the request, as a string
//   request_is    "sent" or "sdk-input" (receipt.md §2)
//   response      raw reply text, as a string
//   response_is   "json" or "stream"; optional
//   key           DER SubjectPublicKeyInfo of the signing key, base64
//   profile       only without an attestation document: the profile that the caller pins
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/bytes/json_writer.hpp"

#include <optional>
#include <string>

namespace assay::cli {

struct ReceiptFile {
    std::string request;
    std::string response;
    Bytes key;
    std::string request_is;
    std::optional<std::string> response_is;
    std::optional<std::string> profile;

    /// Prints why to standard error when the file cannot be used.
    [[nodiscard]] static std::optional<ReceiptFile> read(const std::string& path) noexcept;

    /// Adds the members of this file to the options object that is open in @p options.
    void write_options(bytes::JsonWriter& options) const noexcept;
};

} // namespace assay::cli
