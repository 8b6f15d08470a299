// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/not_covered.hpp"

#include "core/base/limits.hpp"

namespace assay::receipt {

void NotCovered::add(std::string_view path) noexcept {
    if (paths_.contains(path))
        return;
    if (paths_.size() == limits::UNCOVERED_PATHS)
        full_ = true;
    else
        paths_.emplace(path);
}

void NotCovered::add_response_member(std::string_view name) noexcept {
    add("response." + std::string{name});
}

void NotCovered::merge(NotCovered&& other) noexcept {
    paths_.merge(other.paths_);
    full_ = full_ || other.full_;
}

std::vector<std::string> NotCovered::sorted() const noexcept {
    // Bytes of generalised UTF-8 sort like code points.
    return {paths_.begin(), paths_.end()};
}

} // namespace assay::receipt
