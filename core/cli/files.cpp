// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/files.hpp"

#include "core/bytes/base64.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <memory>
#include <new>
#include <string_view>
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

std::optional<Bytes> load_file(const std::string& path, FileLimit limit,
                               ReadFailure& failure) noexcept {
    const auto refuse = [&failure](ErrorCode code, std::string_view why) {
        failure = {code, std::string{why}};
        return std::nullopt;
    };
    const std::unique_ptr<std::FILE, Close> file{path == "-" ? stdin
                                                             : std::fopen(path.c_str(), "rb")};
    if (file == nullptr) {
        return refuse(ErrorCode::ARGUMENT_INVALID, std::strerror(errno));
    }
    std::error_code unknown; // standard input, a pipe, a device: counted below
    const std::uintmax_t size = std::filesystem::file_size(path, unknown);
    if (!unknown && size > limit.bytes) {
        return refuse(limit.code, info(limit.code).message);
    }
    Bytes bytes;
    std::array<std::uint8_t, 65536> block{};
    try {
        bytes.reserve(unknown ? 0 : static_cast<std::size_t>(size));
        while (const std::size_t count = std::fread(block.data(), 1, block.size(), file.get())) {
            if (bytes.size() + count > limit.bytes) {
                return refuse(limit.code, info(limit.code).message);
            }
            bytes.insert(bytes.end(), block.begin(),
                         block.begin() + static_cast<std::ptrdiff_t>(count));
        }
    } catch (const std::bad_alloc&) {
        return refuse(limit.code, "this machine has no memory for it");
    }
    if (std::ferror(file.get()) != 0) {
        return refuse(ErrorCode::ARGUMENT_INVALID, std::strerror(errno));
    }
    return bytes;
}

std::optional<Bytes> read_file(const std::string& path, FileLimit limit, Output output) noexcept {
    ReadFailure failure{};
    auto bytes = load_file(path, limit, failure);
    if (!bytes) {
        complain(path, failure.code, failure.why, output);
    }
    return bytes;
}

bool write_file(const std::string& path, BytesView bytes) noexcept {
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    bool written =
        file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
    written = (file == nullptr || std::fclose(file) == 0) && written;
    if (!written) {
        complain(path, ErrorCode::ARGUMENT_INVALID, std::strerror(errno), Output::text);
    }
    return written;
}

std::optional<Bytes> load_document(const std::string& path, FileLimit limit,
                                   ReadFailure& failure) noexcept {
    constexpr std::size_t LINE_ENDS = 8;
    const std::size_t as_base64 = (limit.bytes / 3 + 1) * 4 + LINE_ENDS;
    auto bytes = load_file(path, {as_base64, limit.code}, failure);
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
        return decoded; // a larger one is the core's to refuse
    }
    return bytes;
}

std::optional<Bytes> read_document(const std::string& path, FileLimit limit,
                                   Output output) noexcept {
    ReadFailure failure{};
    auto bytes = load_document(path, limit, failure);
    if (!bytes) {
        complain(path, failure.code, failure.why, output);
    }
    return bytes;
}

std::int64_t device_time() noexcept {
    return static_cast<std::int64_t>(std::time(nullptr));
}

} // namespace assay::cli
