// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/words.hpp"

#include "core/cli/evidence_command.hpp"

namespace assay::cli {
namespace {

CLI::App* named(CLI::App& parent, const std::string& word) {
    const auto found =
        parent.get_subcommands([&word](CLI::App* command) { return command->check_name(word); });
    return found.empty() ? nullptr : found.front();
}

} // namespace

std::vector<std::string> with_kind(CLI::App& app, std::vector<std::string> words) {
    CLI::App* command = &app;
    auto word = words.begin();
    for (; word != words.end(); ++word) {
        CLI::App* const next = named(*command, *word);
        if (next == nullptr) {
            break;
        }
        command = next;
    }
    const bool asks = word != words.end() && (*word == "-h" || *word == "--help");
    if (named(*command, EVIDENCE) != nullptr && !asks) {
        words.insert(word, EVIDENCE);
    } else if (command->get_require_subcommand_min() > 0 && word != words.end() &&
               !word->starts_with('-')) {
        throw CLI::ExtrasError{command->get_name(), {*word}};
    }
    return words;
}

} // namespace assay::cli
