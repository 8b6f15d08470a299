// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The set of paths that a receipt's signature does not cover (receipt.md §4, §5.5).
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::receipt {

class NotCovered {
public:
    /// @p path in generalised UTF-8: member names of hostile text are part of some paths.
    /// Beyond limits::UNCOVERED_PATHS nothing is kept, and full() says so.
    void add(std::string_view path) noexcept;
    /// Adds "response.<name>".
    void add_response_member(std::string_view name) noexcept;
    /// Adds all paths of @p other.
    void merge(NotCovered&& other) noexcept;

    /// Whether a path was lost: the set must not be shown then.
    [[nodiscard]] bool full() const noexcept { return full_; }
    /// @return the paths, sorted by code point.
    [[nodiscard]] std::vector<std::string> sorted() const noexcept;

private:
    std::set<std::string, std::less<>> paths_;
    bool full_ = false;
};

} // namespace assay::receipt
