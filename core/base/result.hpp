// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Result<T>: a value or an Error, with the member names of std::expected. TODO(C++23):
// std::expected.
#pragma once

#include "core/base/error.hpp"

#include <cassert>
#include <memory>
#include <type_traits>
#include <utility>

namespace assay {

/// Has no default constructor, so nothing is ever valid by omission. The code says which of the two
/// it is, and the error stands first: std::optional beside it made 3 % of the verifier.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) noexcept : error_{}, value_{std::move(value)} {}
    Result(const Error& error) noexcept : error_{error} {}
    Result(ErrorCode code) noexcept : error_{code} {}
    Result(Result&& other) noexcept : error_{other.error_} {
        if (has_value())
            std::construct_at(&value_, std::move(other.value_));
    }
    Result(const Result& other) noexcept requires std::is_copy_constructible_v<T>
        : error_{other.error_} {
        if (has_value())
            std::construct_at(&value_, other.value_);
    }
    Result& operator=(const Result&) = delete;
    Result& operator=(Result&&) = delete;
    ~Result() {
        if (has_value())
            std::destroy_at(&value_);
    }

    [[nodiscard]] bool has_value() const noexcept { return error_.code == NONE; }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

    /// Precondition: has_value().
    [[nodiscard]] const T& value() const& noexcept {
        assert(has_value());
        return value_;
    }
    [[nodiscard]] T& value() & noexcept {
        assert(has_value());
        return value_;
    }
    [[nodiscard]] T&& value() && noexcept {
        assert(has_value());
        return std::move(value_);
    }
    [[nodiscard]] const T& operator*() const& noexcept { return value(); }
    [[nodiscard]] T& operator*() & noexcept { return value(); }
    [[nodiscard]] T&& operator*() && noexcept { return std::move(*this).value(); }
    [[nodiscard]] const T* operator->() const noexcept { return &value(); }
    [[nodiscard]] T* operator->() noexcept { return &value(); }

    /// Precondition: !has_value().
    [[nodiscard]] const Error& error() const noexcept {
        assert(!has_value());
        return error_;
    }

private:
    /// 0 is no code.
    static constexpr ErrorCode NONE{};

    Error error_;
    union {
        T value_; ///< lives while the error has no code
    };
};

/// A check that yields nothing but its outcome. Success is spelled `ok()`.
template <>
class [[nodiscard]] Result<void> {
public:
    Result(const Error& error) noexcept : error_{error} {}
    Result(ErrorCode code) noexcept : error_{code} {}

    [[nodiscard]] static Result ok() noexcept { return Result{Ok{}}; }

    [[nodiscard]] bool has_value() const noexcept { return error_.code == NONE; }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

    /// Precondition: !has_value().
    [[nodiscard]] const Error& error() const noexcept {
        assert(!has_value());
        return error_;
    }

private:
    struct Ok {};
    /// 0 is no code.
    static constexpr ErrorCode NONE{};
    explicit Result(Ok) noexcept {}

    Error error_{};
};

} // namespace assay
