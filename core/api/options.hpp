// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The options object of verify_api.hpp, read once into typed values. Every fault is POLICY_INVALID,
// but for the measurements of the policy (NITRO_PCR_POLICY_EMPTY, attestation.md §1.7 step 0).
#pragma once

#include "core/api/policy.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/bytes/json.hpp"
#include "core/receipt/profile.hpp"
#include "core/receipt/receipt.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace assay::api {

/// The moment for which evidence is judged, and who named it.
struct Clock {
    std::int64_t now = 0;
    enum class Source : std::uint8_t { caller, device } source = Source::caller;
};

/// @return the options as an object all of whose members are in @p known; the text must outlive it.
[[nodiscard]] Result<bytes::JsonValue>
parse_options(BytesView text, std::span<const std::string_view> known) noexcept;

/// What the options of every judgement are made of: their object and the moment.
struct TimedOptions {
    bytes::JsonValue object;
    Clock clock; ///< members `now` (required) and `now_source`

    /// As parse_options(); @p known lists now and now_source as well.
    [[nodiscard]] static Result<TimedOptions>
    parse(BytesView text, std::span<const std::string_view> known) noexcept;
    /// @return the member `policy`; @p empty where it is not there or null.
    [[nodiscard]] Result<const bytes::JsonValue*> policy(ErrorCode empty) const noexcept;
};

/// Records the moment as assumed.
void note_clock(CheckList& checks, const Clock& clock) noexcept;

/// Options of authenticate_nitro().
struct AuthenticateOptions {
    Clock clock;
    std::optional<NamedRoot> root;

    [[nodiscard]] static Result<AuthenticateOptions> parse(BytesView text) noexcept;
};

/// Options of verify_nitro(); a missing policy is NITRO_PCR_POLICY_EMPTY.
struct NitroOptions {
    Clock clock;
    Policy policy;

    [[nodiscard]] static Result<NitroOptions> parse(BytesView text) noexcept;
};

/// Options of verify_receipt() with a document (`profile` refused) and without (`profile`
/// required).
struct ReceiptOptions {
    enum class Anchor : std::uint8_t { attestation, callers_key };

    Clock clock;
    Policy policy;
    std::optional<receipt::RequestIs> request_is;
    std::optional<receipt::ResponseIs> response_is;
    std::optional<receipt::Profile> profile;
    std::optional<Hash32> expected_tee_id;

    [[nodiscard]] static Result<ReceiptOptions> parse(BytesView text, Anchor anchor) noexcept;
};

/// Options of choose_profile().
struct ProfileOptions {
    Hash32 pcr_hash{};
    receipt::RequestIs request_is{};
    receipt::ProfileTable profiles;

    [[nodiscard]] static Result<ProfileOptions> parse(BytesView text) noexcept;
};

} // namespace assay::api
