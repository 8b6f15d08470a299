// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The command as a user runs it.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

namespace assay::test {

/// What a run of the command left behind.
struct Command {
    int status;
    std::string output; ///< of the stream that was asked for; the other one is dropped
};

enum class Stream : bool { out, error };

/// Runs the command with these arguments through the shell.
inline Command run_assay(const std::string& arguments, Stream stream = Stream::out) {
    const std::string only = stream == Stream::out ? "2>/dev/null " : "2>&1 >/dev/null ";
    const std::string line = only + std::string{ASSAY_CLI} + " " + arguments;
    std::FILE* pipe = popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Command run{-1, {}};
    std::array<char, 4096> block{};
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), pipe))
        run.output.append(block.data(), count);
    const int result = pclose(pipe);
    REQUIRE(WIFEXITED(result));
    run.status = WEXITSTATUS(result);
    return run;
}

inline std::vector<std::string> lines_of(const std::string& output) {
    std::vector<std::string> lines;
    std::istringstream stream{output};
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace assay::test
