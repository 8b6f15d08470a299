// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/onnx/string_pool.hpp"

namespace assay::onnx {

std::uint64_t StringPool::intern(std::string_view text) noexcept {
    if (text.empty()) {
        return 0;
    }
    auto found = strings_.find(text);
    if (found == strings_.end()) {
        found = strings_.emplace(text).first;
        bytes_ += text.size() + OVERHEAD;
    }
    return reinterpret_cast<std::uintptr_t>(&*found);
}

std::string_view StringPool::text(std::uint64_t element) noexcept {
    if (element == 0) {
        return {};
    }
    return *reinterpret_cast<const std::string*>(static_cast<std::uintptr_t>(element));
}

std::uint64_t StringPool::bytes_of(std::span<const std::uint64_t> elements) noexcept {
    std::uint64_t bytes = 0;
    for (const std::uint64_t element : elements) {
        bytes += text(element).size();
    }
    return bytes;
}

} // namespace assay::onnx
