// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/tdx_policy.hpp"

#include "core/attestation/x509_parts.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace assay::attestation {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

constexpr unsigned SGX_BODY = 1;
constexpr unsigned TD_BODY = 3; ///< with the fields of TD 1.5

const ReportField* find_report_field(unsigned body_type, std::string_view name) {
    for (const ReportField& field : report_fields(body_type)) {
        if (field.name == name) {
            return &field;
        }
    }
    return nullptr;
}

constexpr std::uint8_t bit_of(TcbStatus status) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(status));
}

Result<void> fail(CheckList& checks, std::string_view name, ErrorCode code, std::string_view path,
                  std::string_view detail = {}) {
    Error error{code, path};
    checks.failed(name, error, detail);
    return error;
}

} // namespace

BytesView TdxClaims::field(std::string_view name) const noexcept {
    const ReportField* found = find_report_field(body_type, name);
    return found != nullptr ? found->in(report) : BytesView{};
}

Result<void> TdxRules::check(const TdxClaims& claims, CheckList& checks) const noexcept {
    if (!claims.debug) {
        checks.passed("debug mode");
    } else if (allow_debug) {
        checks.assumed("debug mode", "the enclave runs in debug mode; the policy allows it");
    } else {
        return fail(checks, "debug mode", ErrorCode::TDX_DEBUG_MODE, "body");
    }
    if (require_sept_ve_disable) {
        constexpr std::size_t SEPT_VE_BYTE = 3; // bit 28
        constexpr std::uint8_t SEPT_VE_BIT = 0x10;
        if (claims.tee == Tee::sgx) {
            checks.not_covered("SEPT_VE_DISABLE", "SGX enclaves have no such attribute");
        } else if ((claims.field("tdattributes")[SEPT_VE_BYTE] & SEPT_VE_BIT) == 0) {
            return fail(checks, "SEPT_VE_DISABLE", ErrorCode::TDX_ATTRIBUTES, "tdattributes");
        } else {
            checks.passed("SEPT_VE_DISABLE");
        }
    }
    const TcbStatus status = claims.tcb->status;
    if ((accept & bit_of(status)) == 0) {
        const bool old = status == TcbStatus::out_of_date ||
                         status == TcbStatus::out_of_date_configuration_needed;
        return fail(checks, "TCB status",
                    old ? ErrorCode::TDX_TCB_OUT_OF_DATE : ErrorCode::TDX_TCB_POLICY, "tcb_info",
                    name(status));
    }
    checks.passed("TCB status", name(status));
    return Result<void>::ok();
}

/// Nothing when the entry does not say which enclave is meant, or when.
std::optional<TdxPolicy::Entry> TdxPolicy::read_entry(const JsonValue& value) noexcept {
    constexpr std::array<const char*, 4> TD_PINS = {"mrtd", "rtmr0", "rtmr1", "rtmr2"};
    if (!value.is(JsonKind::object)) {
        return std::nullopt;
    }
    const bool sgx = value.find("mrenclave") != nullptr;
    for (const char* pin : TD_PINS) {
        if (!sgx && value.find(pin) == nullptr) {
            return std::nullopt;
        }
    }
    Entry entry{sgx ? Tee::sgx : Tee::tdx, {}, {}};
    for (const JsonMember& member : value.members()) {
        if (PolicyWindow::has_member(member.name)) {
            if (!entry.window.read(member)) {
                return std::nullopt;
            }
            continue;
        }
        const ReportField* field = find_report_field(sgx ? SGX_BODY : TD_BODY, member.name);
        auto pin = read_hex(member.value);
        // The report data is the other side's word, and has a member of its own.
        if (field == nullptr || field->name == "report_data" || !pin ||
            pin->size() != field->size) {
            return std::nullopt;
        }
        entry.pins.emplace_back(*field, *std::move(pin));
    }
    return entry;
}

bool TdxPolicy::read_member(const JsonMember& member) noexcept {
    if (member.name == "report_data") {
        report_data_ = read_hex(member.value);
        return report_data_.has_value();
    }
    if (member.name == "allow_debug" || member.name == "require_sept_ve_disable") {
        const auto flag = read_flag(member.value);
        (member.name == "allow_debug" ? rules_.allow_debug : rules_.require_sept_ve_disable) =
            flag.value_or(false);
        return flag.has_value();
    }
    if (member.name != "accept_status" || !member.value.is(JsonKind::array)) {
        return false;
    }
    rules_.accept = 0;
    for (const JsonValue& item : member.value.items()) {
        const auto status = item.is(JsonKind::string) ? tcb_status(item.string()) : std::nullopt;
        if (!status) {
            return false;
        }
        rules_.accept |= bit_of(*status);
    }
    return true;
}

Result<TdxPolicy> TdxPolicy::parse(const JsonValue& policy,
                                   std::span<const std::string_view> foreign_members) noexcept {
    if (!policy.is(JsonKind::object)) {
        return ErrorCode::POLICY_INVALID;
    }
    auto entries = read_measurements<Entry>(policy, read_entry, ErrorCode::TDX_POLICY_EMPTY);
    if (!entries) {
        return entries.error();
    }
    TdxPolicy parsed;
    parsed.measurements_ = *std::move(entries);
    if (!read_others(policy, foreign_members,
                     [&](const JsonMember& member) { return parsed.read_member(member); })) {
        // An unknown name is the caller's text: not repeated.
        return Error{ErrorCode::POLICY_INVALID, "policy"};
    }
    return parsed;
}

bool TdxPolicy::matches(const Entry& entry, const TdxClaims& claims) noexcept {
    return entry.tee == claims.tee &&
           std::all_of(entry.pins.begin(), entry.pins.end(), [&](const auto& pin) {
               return equal(claims.field(pin.first.name), pin.second);
           });
}

Result<void> TdxPolicy::check(const TdxClaims& claims, std::int64_t now,
                              CheckList& checks) const noexcept {
    const bool pinned =
        std::any_of(measurements_.begin(), measurements_.end(), [&](const Entry& entry) {
            return entry.window.contains(now) && matches(entry, claims);
        });
    if (!pinned) {
        return fail(checks, "measurements", ErrorCode::TDX_MEASUREMENT_MISMATCH, "body");
    }
    checks.passed("measurements");
    if (!report_data_) {
        checks.not_covered("report data",
                           "the policy names none, and nothing else shows freshness");
    } else if (!equal(claims.field("report_data"), *report_data_)) {
        return fail(checks, "report data", ErrorCode::TDX_REPORT_DATA_MISMATCH, "report_data");
    } else {
        checks.passed("report data");
    }
    return Result<void>::ok();
}

} // namespace assay::attestation
