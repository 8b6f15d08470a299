// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Result<T>: a value or an Error, with the member names of std::expected. TODO(C++23):
// std::expected.
#pragma once

#include "core/base/error.hpp"

#include <cassert>
#include <optional>
#include <utility>

namespace assay {

/// Has no default constructor, so nothing is ever valid by omission.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) noexcept : value_{std::move(value)} {}
    Result(const Error& error) noexcept : error_{error} {}
    Result(ErrorCode code) noexcept : error_{code} {}

    [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

    /// Precondition: has_value().
    [[nodiscard]] const T& value() const& noexcept {
        assert(has_value());
        return *value_;
    }
    [[nodiscard]] T& value() & noexcept {
        assert(has_value());
        return *value_;
    }
    [[nodiscard]] T&& value() && noexcept {
        assert(has_value());
        return std::move(*value_);
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
    std::optional<T> value_;
    Error error_{}; // trivial: beside the value, not in its place, it costs bytes and no code
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

    Error error_{NONE};
};

} // namespace assay
