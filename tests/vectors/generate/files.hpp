// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the native generators of vectors end with: their files written, or with --check compared.
#pragma once

#include "tests/unit/support/read_file.hpp"

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace assay::test {

/// By their paths below the folder of the arguments.
using Files = std::map<std::string, std::string>;

/// @param argv [--check] FOLDER
/// @return the exit status: 1 for a difference, 2 for other arguments
inline int write_or_check(int argc, char** argv, const char* program, Files (*make)()) {
    const bool check = argc > 1 && std::strcmp(argv[1], "--check") == 0;
    if (argc != (check ? 3 : 2))
        return 2;
    const std::filesystem::path folder = argv[argc - 1];
    int status = 0;
    const Files files = make();
    for (const auto& [name, text] : files) {
        if (!check) {
            std::filesystem::create_directories((folder / name).parent_path());
            std::ofstream{folder / name, std::ios::binary} << text;
        } else if (read_file(folder / name) != text) {
            std::fprintf(stderr, "%s differs from what %s writes\n", name.c_str(), program);
            status = 1;
        }
    }
    std::printf("%zu files\n", files.size());
    return status;
}

} // namespace assay::test
