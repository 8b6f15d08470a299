// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/proof_files.hpp"

namespace assay::cli {

void add_ceremony_option(CLI::App& command, std::string& path) {
    command.add_option("--srs", path, "the ceremony, when it is not the public one")
        ->check([](const std::string& given) {
            return std::string{given.empty() ? "--srs: names no file" : ""};
        });
}

std::optional<Bytes> read_ceremony(const std::string& path, Output output) noexcept {
    if (path.empty()) {
        return Bytes{};
    }
    auto file = read_file(path, PROOF_FILE, output);
    if (file && file->empty()) {
        complain(path, ErrorCode::ARGUMENT_INVALID, "is empty", output);
        return std::nullopt;
    }
    return file;
}

} // namespace assay::cli
