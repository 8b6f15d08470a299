// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What every verification returns beside its value: the tree of checks and the trust level.
// api.md "Verdict".
#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

enum class CheckStatus : std::uint8_t {
    passed,
    failed,
    assumed,     ///< taken from policy or from an unproven source
    not_covered, ///< in the answer, but bound by no signature
};

/// One row of the tree that a wallet shows.
struct Check {
    std::string name;
    CheckStatus status;
    std::optional<ErrorCode> code{};
    std::string detail{};
    std::vector<Check> children{};
};

/// Collects checks in the order in which they were made. The outcome of a check is recorded by the
/// code that makes it, so a check that was never made is never shown as passed.
class CheckList {
public:
    void passed(std::string_view name, std::string_view detail = {}) noexcept;
    void assumed(std::string_view name, std::string_view detail = {}) noexcept;
    void not_covered(std::string_view name, std::string_view detail = {}) noexcept;
    /// Of literals: fewer instructions a call.
    void passed(const char* name, const char* detail = "") noexcept;
    void assumed(const char* name, const char* detail) noexcept;
    void not_covered(const char* name, const char* detail) noexcept;
    void failed(const char* name, const Error& error) noexcept;
    void failed(std::string_view name, const Error& error, std::string_view detail = {}) noexcept;
    /// Adds @p children under one node; it is failed when one of them is, else passed.
    void group(std::string_view name, CheckList children, std::string_view detail = {}) noexcept;
    /// The same of checks that ended in @p outcome. One that failed before any check did is not
    /// shown as passed: it is a failed child itself.
    template <typename T>
    void group(std::string_view name, CheckList children, const Result<T>& outcome,
               std::string_view detail = {}) noexcept {
        if (!outcome)
            children.fail_once(name, outcome.error());
        group(name, std::move(children), detail);
    }

    [[nodiscard]] const std::vector<Check>& items() const noexcept { return items_; }

private:
    /// Adds a failed row unless there is one.
    void fail_once(std::string_view name, const Error& error) noexcept;

    std::vector<Check> items_;
};

/// Worst level on the path to a verdict, best first (api.md "trust").
enum class TrustLevel : std::uint8_t { proven, attested, calldata, quorum, unproven };

/// @return the name as data and text write it, e.g. "not-covered", "attested".
[[nodiscard]] std::string_view name(CheckStatus status) noexcept;
[[nodiscard]] std::string_view name(TrustLevel level) noexcept;
[[nodiscard]] std::optional<TrustLevel> trust_level(std::string_view name) noexcept;

} // namespace assay
