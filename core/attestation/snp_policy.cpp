// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/snp_policy.hpp"

#include "core/attestation/x509_parts.hpp"

#include <algorithm>
#include <string>

namespace assay::attestation {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

/// Records one check. @return ok, or @p code.
Result<void> record(CheckList& checks, std::string_view name, bool passed, ErrorCode code) {
    if (passed) {
        checks.passed(name);
        return Result<void>::ok();
    }
    Error error{code, name};
    checks.failed(name, error);
    return error;
}

} // namespace

/// Nothing when the entry does not say which guest is meant, or when.
std::optional<SnpPolicy::Entry> SnpPolicy::read_entry(const JsonValue& value) noexcept {
    Entry entry{};
    const JsonValue* measurement = &value;
    if (value.is(JsonKind::object)) {
        measurement = value.find("measurement");
        for (const JsonMember& member : value.members()) {
            const bool window = PolicyWindow::has_member(member.name);
            if (window ? !entry.window.read(member) : &member.value != measurement) {
                return std::nullopt;
            }
        }
    }
    auto bytes = measurement != nullptr ? read_hex(*measurement) : std::nullopt;
    if (!bytes || bytes->size() != snp_field::MEASUREMENT.size) {
        return std::nullopt;
    }
    entry.measurement = *std::move(bytes);
    return entry;
}

bool SnpPolicy::read_min_tcb(const JsonValue& value) noexcept {
    if (!value.is(JsonKind::object)) {
        return false;
    }
    const auto names = snp_tcb_parts();
    for (const JsonMember& member : value.members()) {
        const auto name = std::find(names.begin(), names.end(), member.name);
        const auto least = read_integer(member.value).value_or(-1);
        if (name == names.end() || least < 0 || least > 255) {
            return false;
        }
        rules_.min_tcb.parts[static_cast<std::size_t>(name - names.begin())] =
            static_cast<std::uint8_t>(least);
    }
    return true;
}

bool SnpPolicy::read_member(const JsonMember& member) noexcept {
    constexpr std::int64_t LEAST_PRIVILEGED = 3;
    const JsonValue& value = member.value;
    if (member.name == "max_vmpl") {
        const auto level = read_integer(value).value_or(-1);
        max_vmpl_ = static_cast<std::uint32_t>(std::max<std::int64_t>(level, 0));
        return level >= 0 && level <= LEAST_PRIVILEGED;
    }
    if (member.name == "allow_debug") {
        const auto flag = read_flag(value);
        rules_.allow_debug = flag.value_or(false);
        return flag.has_value();
    }
    if (member.name == "min_tcb") {
        return read_min_tcb(value);
    }
    auto* target = member.name == "report_data" ? &report_data_
                   : member.name == "host_data" ? &host_data_
                   : member.name == "chip_id"   ? &rules_.chip_id
                                                : nullptr;
    if (target == nullptr) {
        return false;
    }
    *target = read_hex(value);
    return target->has_value();
}

Result<SnpPolicy> SnpPolicy::parse(const JsonValue& policy,
                                   std::span<const std::string_view> foreign_members) noexcept {
    if (!policy.is(JsonKind::object)) {
        return ErrorCode::POLICY_INVALID;
    }
    auto entries = read_measurements<Entry>(policy, read_entry, ErrorCode::SNP_POLICY_EMPTY);
    if (!entries) {
        return entries.error();
    }
    SnpPolicy parsed;
    parsed.measurements_ = *std::move(entries);
    if (!read_others(policy, foreign_members,
                     [&](const JsonMember& member) { return parsed.read_member(member); })) {
        // An unknown name is the caller's text: not repeated.
        return Error{ErrorCode::POLICY_INVALID, "policy"};
    }
    return parsed;
}

Result<void> SnpPolicy::check(const SnpReport& report, std::int64_t now,
                              CheckList& checks) const noexcept {
    if (auto level = record(checks, "VMPL", report.vmpl <= max_vmpl_, ErrorCode::SNP_VMPL);
        !level) {
        return level;
    }
    const BytesView measurement = snp_field::MEASUREMENT.in(report.bytes);
    const bool pinned =
        std::any_of(measurements_.begin(), measurements_.end(), [&](const Entry& entry) {
            return entry.window.contains(now) && equal(entry.measurement, measurement);
        });
    if (auto match = record(checks, "measurement", pinned, ErrorCode::SNP_MEASUREMENT_MISMATCH);
        !match) {
        return match;
    }
    if (host_data_) {
        if (auto match = record(checks, "host data",
                                equal(*host_data_, snp_field::HOST_DATA.in(report.bytes)),
                                ErrorCode::SNP_HOST_DATA_MISMATCH);
            !match) {
            return match;
        }
    }
    if (!report_data_) {
        checks.not_covered("report data",
                           "the policy names none, and nothing else shows freshness");
        return Result<void>::ok();
    }
    return record(checks, "report data",
                  equal(*report_data_, snp_field::REPORT_DATA.in(report.bytes)),
                  ErrorCode::SNP_REPORT_DATA_MISMATCH);
}

} // namespace assay::attestation
