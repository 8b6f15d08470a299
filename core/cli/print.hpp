// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// How the command line shows a verdict, and which exit status it gives. api.md "CLI".
#pragma once

#include "core/base/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::cli {

enum class Output : std::uint8_t { text, json };

/// Exit statuses of api.md: 0 verified (or genuine), 1 rejected or policy, 2 every other category.
enum ExitStatus : int { EXIT_VERIFIED = 0, EXIT_REFUSED = 1, EXIT_OTHER = 2 };

/// @return the exit status that a verdict text stands for.
[[nodiscard]] int exit_status(const std::string& verdict) noexcept;

/// The verdict as one line of JSON that says where its evidence stood.
/// @param file left out when empty
/// @param line from 1; left out when 0
[[nodiscard]] std::string located(const std::string& verdict, const std::string& file,
                                  std::uint64_t line) noexcept;

/// Text from outside as a terminal may show it: control characters (C0, DEL, C1) and those that
/// turn the direction of writing become U+FFFD, and what is no UTF-8 (names of files) loses every
/// byte above ASCII: no member or file name can draw a row or erase one.
[[nodiscard]] std::string printable(std::string_view text) noexcept;

/// Says why something could not be judged: a line on standard error, or one of JSON with its code
/// on standard output, so that every file that was named has its line there.
void complain(const std::string& subject, ErrorCode code, std::string_view why,
              Output output) noexcept;

/// Prints the verdict text of core/api as one JSON line, with the subject as `file`, or as a tree
/// of checks for a person.
/// @param subject what was judged: a file's name.
/// @param word    what a success is called: "verified" or "genuine".
/// @return the exit status that the verdict stands for.
int print_verdict(const std::string& verdict, const std::string& subject, const char* word,
                  Output output) noexcept;

} // namespace assay::cli
