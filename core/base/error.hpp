// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Error codes, their categories and the value that carries a failure. api.md "Verdict", "Codes".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace assay {

/// Who has to act on a failure; exactly one per code (STYLE: error model).
enum class Category : std::uint8_t {
    malformed,   ///< the bytes are not what they claim to be
    rejected,    ///< well-formed, but a check failed: treat as an attack
    policy,      ///< genuine, but stale or not what the caller asked for
    unsupported, ///< an operator, curve or version that this build does not handle
    limit,       ///< a size, depth or work limit
    usage,       ///< the call itself is unusable
    load,        ///< an asset could not be loaded
    internal,    ///< a trap or a bug of ours
};

/// Spelled the same in C++, JSON, TypeScript and the docs. 0 is no code at all.
enum class ErrorCode : std::uint16_t {
#define X(name, number, category, message) name = number,
#include "core/base/error_codes.def"
#undef X
};

/// One row of error_codes.def.
struct CodeInfo {
    ErrorCode code;
    Category category;
    std::string_view name;
    std::string_view message; ///< empty in wasm: the package has a list of its own
};

/// @return the row of @p code; every enumerator has one.
[[nodiscard]] const CodeInfo& info(ErrorCode code) noexcept;

/// @return the code of that name; nothing for any other text.
[[nodiscard]] std::optional<ErrorCode> code_named(std::string_view name) noexcept;

/// @return the category's name in lower case, as data and text write it.
[[nodiscard]] std::string_view name(Category category) noexcept;

/// Member path or byte offset in the evidence, e.g. "choices[0].message". A longer one than
/// CAPACITY is cut and ends in "...". Of fixed size and trivially copyable: a failure is handed on
/// in every function of the core, and an owning string made a tenth of the module out of that.
class ErrorPath {
public:
    static constexpr std::size_t CAPACITY = 123;

    constexpr ErrorPath() noexcept {} // leaves the text alone: nothing reads beyond size_
    ErrorPath(std::string_view text) noexcept;
    ErrorPath(const std::string& text) noexcept : ErrorPath{std::string_view{text}} {}
    ErrorPath(const char* text) noexcept : ErrorPath{std::string_view{text}} {}

    [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), size_}; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] friend bool operator==(const ErrorPath& path, std::string_view text) noexcept {
        return path.view() == text;
    }

private:
    std::uint16_t size_ = 0; // of two bytes: one instruction sets it and an error's code
    std::array<char, CAPACITY> text_;
};

template <typename T>
class Result;

/// A failure: the code, and where in the input it arose.
struct Error {
    /// Aborts for 0: a Result made of it would pass for a value.
    constexpr Error(ErrorCode what) noexcept : code{what} {
        if (what == ErrorCode{})
            refuse_no_code();
    }
    // Not inline: a place that fails is one call.
    Error(ErrorCode what, const char* where) noexcept;
    Error(ErrorCode what, std::string_view where) noexcept;
    Error(ErrorCode what, const std::string& where) noexcept;

    ErrorCode code{};
    ErrorPath path{}; ///< empty when there is none; never holds evidence bytes

private:
    template <typename T>
    friend class Result;
    [[noreturn]] static void refuse_no_code() noexcept;
    constexpr Error() noexcept {
    } // of a Result that is no failure; not `= default`, which clears the text too
};
static_assert(std::is_trivially_copyable_v<Error>);

} // namespace assay
