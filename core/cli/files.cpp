// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/files.hpp"

#include "core/bytes/base64.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <memory>
#include <system_error>

namespace assay::cli {
namespace {

struct Close {
    void operator()(std::FILE* file) const noexcept {
        if (file != stdin) {
            std::fclose(file);
        }
    }
};

} // namespace

std::optional<Bytes> read_file(const std::string& path) noexcept {
    const std::unique_ptr<std::FILE, Close> file{path == "-" ? stdin
                                                             : std::fopen(path.c_str(), "rb")};
    if (file == nullptr) {
        std::fprintf(stderr, "assay: %s: %s\n", path.c_str(), std::strerror(errno));
        return std::nullopt;
    }
    Bytes bytes;
    std::array<std::uint8_t, 65536> block{};
    std::error_code unknown; // standard input, a pipe: counted below
    const std::uintmax_t size = std::filesystem::file_size(path, unknown);
    bool fits = unknown || size <= FILE_BYTES;
    while (const std::size_t count =
               fits ? std::fread(block.data(), 1, block.size(), file.get()) : 0) {
        fits = bytes.size() + count <= FILE_BYTES;
        if (!fits) {
            break;
        }
        bytes.insert(bytes.end(), block.begin(),
                     block.begin() + static_cast<std::ptrdiff_t>(count));
    }
    if (!fits) {
        std::fprintf(stderr, "assay: %s: larger than 2 GiB\n", path.c_str());
        return std::nullopt;
    }
    if (std::ferror(file.get()) != 0) {
        std::fprintf(stderr, "assay: %s: %s\n", path.c_str(), std::strerror(errno));
        return std::nullopt;
    }
    return bytes;
}

std::optional<Bytes> read_document(const std::string& path) noexcept {
    auto bytes = read_file(path);
    if (!bytes) {
        return std::nullopt;
    }
    std::string_view text = as_text(*bytes);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    if (text.empty()) {
        return bytes;
    }
    if (auto decoded = bytes::from_base64(text)) {
        return decoded;
    }
    return bytes;
}

std::int64_t device_time() noexcept {
    return static_cast<std::int64_t>(std::time(nullptr));
}

} // namespace assay::cli
