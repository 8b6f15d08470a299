// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/verdict.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay {
namespace {

constexpr std::array<std::string_view, 4> STATUS_NAMES = {"passed", "failed", "assumed",
                                                          "not-covered"};
constexpr std::array<std::string_view, 5> TRUST_NAMES = {"proven", "attested", "calldata", "quorum",
                                                         "unproven"};

Check make(std::string_view name, CheckStatus status, std::string_view detail) {
    return Check{std::string{name}, status, std::nullopt, std::string{detail}, {}};
}

std::vector<Check>::const_iterator first_failed(const std::vector<Check>& rows) {
    return std::find_if(rows.begin(), rows.end(),
                        [](const Check& row) { return row.status == CheckStatus::failed; });
}

} // namespace

void CheckList::passed(std::string_view name, std::string_view detail) noexcept {
    items_.push_back(make(name, CheckStatus::passed, detail));
}

void CheckList::assumed(std::string_view name, std::string_view detail) noexcept {
    items_.push_back(make(name, CheckStatus::assumed, detail));
}

void CheckList::not_covered(std::string_view name, std::string_view detail) noexcept {
    items_.push_back(make(name, CheckStatus::not_covered, detail));
}

void CheckList::failed(std::string_view name, const Error& error,
                       std::string_view detail) noexcept {
    items_.push_back(make(name, CheckStatus::failed, detail));
    items_.back().code = error.code;
}

void CheckList::passed(const char* name, const char* detail) noexcept {
    passed(std::string_view{name}, std::string_view{detail});
}

void CheckList::assumed(const char* name, const char* detail) noexcept {
    assumed(std::string_view{name}, std::string_view{detail});
}

void CheckList::not_covered(const char* name, const char* detail) noexcept {
    not_covered(std::string_view{name}, std::string_view{detail});
}

void CheckList::failed(const char* name, const Error& error) noexcept {
    failed(std::string_view{name}, error, {});
}

void CheckList::fail_once(std::string_view name, const Error& error) noexcept {
    if (first_failed(items_) == items_.end())
        failed(name, error);
}

void CheckList::group(std::string_view name, CheckList children, std::string_view detail) noexcept {
    const auto bad = first_failed(children.items_);
    Check node = make(name, CheckStatus::passed, detail);
    if (bad != children.items_.end()) {
        node.status = CheckStatus::failed;
        node.code = bad->code;
    }
    node.children = std::move(children.items_);
    items_.push_back(std::move(node));
}

std::string_view name(CheckStatus status) noexcept {
    return STATUS_NAMES[static_cast<std::size_t>(status)];
}

std::string_view name(TrustLevel level) noexcept {
    return TRUST_NAMES[static_cast<std::size_t>(level)];
}

std::optional<TrustLevel> trust_level(std::string_view name) noexcept {
    const auto found = std::find(TRUST_NAMES.begin(), TRUST_NAMES.end(), name);
    if (found == TRUST_NAMES.end()) {
        return std::nullopt;
    }
    return static_cast<TrustLevel>(found - TRUST_NAMES.begin());
}

} // namespace assay
