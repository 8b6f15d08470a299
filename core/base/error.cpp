// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace assay {
namespace {

constexpr std::array TABLE = {
#define X(name, number, category, message)                                                         \
    CodeInfo{ErrorCode::name, Category::category, #name, message},
#include "core/base/error_codes.def"
#undef X
};

constexpr bool numbers_rise() {
    for (std::size_t i = 1; i < TABLE.size(); ++i) {
        if (TABLE[i - 1].code >= TABLE[i].code) {
            return false;
        }
    }
    return true;
}
static_assert(numbers_rise(), "error_codes.def: numbers must rise");

constexpr std::array<std::string_view, 8> CATEGORY_NAMES = {
    "malformed", "rejected", "policy", "unsupported", "limit", "usage", "load", "internal"};

} // namespace

ErrorPath::ErrorPath(std::string_view text) noexcept {
    constexpr std::string_view CUT = "...";
    const bool fits = text.size() <= CAPACITY;
    size_ = static_cast<std::uint8_t>(fits ? text.size() : CAPACITY);
    std::copy_n(text.data(), fits ? text.size() : CAPACITY - CUT.size(), text_.data());
    if (!fits) {
        std::ranges::copy(CUT, text_.end() - CUT.size());
    }
}

const CodeInfo& info(ErrorCode code) noexcept {
    for (const CodeInfo& row : TABLE) {
        if (row.code == code) {
            return row;
        }
    }
    std::abort(); // an ErrorCode that is no enumerator can only come from a cast
}

std::string_view name(Category category) noexcept {
    return CATEGORY_NAMES[static_cast<std::size_t>(category)];
}

} // namespace assay
