// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/not_covered.hpp"

namespace assay::receipt {

void NotCovered::add(std::string_view path) noexcept {
    if (!paths_.contains(path))
        paths_.emplace(path);
}

void NotCovered::add_response_member(std::string_view name) noexcept {
    add("response." + std::string{name});
}

std::vector<std::string> NotCovered::sorted() const noexcept {
    // Bytes of generalised UTF-8 sort like code points.
    return {paths_.begin(), paths_.end()};
}

} // namespace assay::receipt
