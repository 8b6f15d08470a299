// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace assay {
namespace {

#ifdef ASSAY_CODES_WITHOUT_MESSAGES
constexpr std::string_view message_of(const char*) {
    return {};
}
#else
constexpr std::string_view message_of(const char* message) {
    return message;
}
#endif

constexpr std::array ALL = {
#define X(name, number, category, message)                                                         \
    CodeInfo{ErrorCode::name, Category::category, #name, message_of(message)},
#include "core/base/error_codes.def"
#undef X
};

constexpr bool numbers_rise() {
    for (std::size_t i = 1; i < ALL.size(); ++i) {
        if (ALL[i - 1].code >= ALL[i].code) {
            return false;
        }
    }
    return true;
}
static_assert(numbers_rise(), "error_codes.def: numbers must rise");

#ifdef ASSAY_FAMILY_CODES
// A module of one family gives that family's codes and the general ones; the rows of all others
// would be half of its data (wasm/variants.cmake).
constexpr bool is_kept(const CodeInfo& row) {
    constexpr std::array<unsigned, 2> FAMILY = {ASSAY_FAMILY_CODES};
    constexpr unsigned FIRST_FAMILY = 200;
    const auto number = static_cast<unsigned>(row.code);
    return number < FIRST_FAMILY || (number >= FAMILY[0] && number < FAMILY[1]);
}
constexpr auto TABLE = [] {
    std::array<CodeInfo, std::count_if(ALL.begin(), ALL.end(), is_kept)> kept{};
    std::copy_if(ALL.begin(), ALL.end(), kept.begin(), is_kept);
    return kept;
}();
#else
constexpr const auto& TABLE = ALL;
#endif

constexpr std::array<std::string_view, 8> CATEGORY_NAMES = {
    "malformed", "rejected", "policy", "unsupported", "limit", "usage", "load", "internal"};

} // namespace

ErrorPath::ErrorPath(std::string_view text) noexcept {
    constexpr std::string_view CUT = "...";
    const bool fits = text.size() <= CAPACITY;
    size_ = static_cast<std::uint16_t>(fits ? text.size() : CAPACITY);
    std::copy_n(text.data(), fits ? text.size() : CAPACITY - CUT.size(), text_.data());
    if (!fits) {
        std::ranges::copy(CUT, text_.end() - CUT.size());
    }
}

Error::Error(ErrorCode what, const char* where) noexcept : Error{what, std::string_view{where}} {}
Error::Error(ErrorCode what, std::string_view where) noexcept : code{what}, path{where} {
    if (what == ErrorCode{})
        refuse_no_code();
}
Error::Error(ErrorCode what, const std::string& where) noexcept
    : Error{what, std::string_view{where}} {}

void Error::refuse_no_code() noexcept {
    std::abort();
}

const CodeInfo& info(ErrorCode code) noexcept {
    for (const CodeInfo& row : TABLE) {
        if (row.code == code) {
            return row;
        }
    }
    std::abort(); // an ErrorCode that is no enumerator can only come from a cast
}

std::optional<ErrorCode> code_named(std::string_view name) noexcept {
    const auto row = std::find_if(TABLE.begin(), TABLE.end(),
                                  [&](const CodeInfo& each) { return each.name == name; });
    return row != TABLE.end() ? std::optional{row->code} : std::nullopt;
}

std::string_view name(Category category) noexcept {
    return CATEGORY_NAMES[static_cast<std::size_t>(category)];
}

} // namespace assay
