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
#include <string>
#include <utility>
#include <variant>

namespace assay {

/// Has no default constructor, so nothing is ever valid by omission.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) noexcept : state_{std::in_place_index<0>, std::move(value)} {}
    Result(Error error) noexcept : state_{std::in_place_index<1>, std::move(error)} {}
    Result(ErrorCode code) noexcept : state_{std::in_place_index<1>, Error{code}} {}

    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

    /// Precondition: has_value().
    [[nodiscard]] const T& value() const& noexcept {
        assert(has_value());
        return *std::get_if<0>(&state_);
    }
    [[nodiscard]] T& value() & noexcept {
        assert(has_value());
        return *std::get_if<0>(&state_);
    }
    [[nodiscard]] T&& value() && noexcept {
        assert(has_value());
        return std::move(*std::get_if<0>(&state_));
    }
    [[nodiscard]] const T& operator*() const& noexcept { return value(); }
    [[nodiscard]] T& operator*() & noexcept { return value(); }
    [[nodiscard]] T&& operator*() && noexcept { return std::move(*this).value(); }
    [[nodiscard]] const T* operator->() const noexcept { return &value(); }
    [[nodiscard]] T* operator->() noexcept { return &value(); }

    /// Precondition: !has_value().
    [[nodiscard]] const Error& error() const noexcept {
        assert(!has_value());
        return *std::get_if<1>(&state_);
    }

private:
    std::variant<T, Error> state_;
};

/// A check that yields nothing but its outcome. Success is spelled `ok()`.
template <>
class [[nodiscard]] Result<void> {
public:
    Result(Error error) noexcept : error_{std::move(error)} {}
    Result(ErrorCode code) noexcept : error_{Error{code}} {}

    [[nodiscard]] static Result ok() noexcept { return Result{Ok{}}; }

    [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

    /// Precondition: !has_value().
    [[nodiscard]] const Error& error() const noexcept {
        assert(error_.has_value());
        return *error_;
    }

private:
    struct Ok {};
    explicit Result(Ok) noexcept {}

    std::optional<Error> error_;
};

} // namespace assay
