// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Files for one test. Every test case is a process of its own and they run side by side, so that no
// name is shared.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace assay::test {

/// A new folder that is gone with the test.
class ScratchFolder {
public:
    ScratchFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "assay_cli_XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~ScratchFolder() { std::filesystem::remove_all(path_); }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] std::string path(std::string_view name) const { return (path_ / name).string(); }

    /// Writes a file anew. @returns its path.
    std::string write(std::string_view name, std::string_view content) const {
        std::ofstream{path_ / name, std::ios::binary} << content;
        return path(name);
    }

private:
    std::filesystem::path path_;
};

/// One file in a folder of its own.
class ScratchFile {
public:
    ScratchFile(std::string_view name, std::string_view content)
        : path_{folder_.write(name, content)} {}

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    ScratchFolder folder_;
    std::string path_;
};

} // namespace assay::test
