// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Which text an enclave's build hashes, and how it is chosen (receipt.md §2).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/bytes/json.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

namespace assay::receipt {

enum class Route : std::uint8_t { chat, completions };

/// All profiles of the table in §2.
enum class Profile : std::uint8_t {
    gw_repr_a,
    gw_repr_b,
    gw_verbatim,
    gw_stripped,
    sdk,
    completions_a,
    completions_b,
    legacy_chat,
    legacy_completions,
};

/// What the caller has: the body that was sent, or the one that he gave to the client library.
enum class RequestIs : std::uint8_t { sent, sdk_input };

/// @return the name as §2 spells it, e.g. "gw-stripped", "chat".
[[nodiscard]] std::string_view name(Profile profile) noexcept;
[[nodiscard]] std::string_view name(Route route) noexcept;
[[nodiscard]] Route route_of(Profile profile) noexcept;
/// Whether the profile is of the format of §9.
[[nodiscard]] constexpr bool is_legacy(Profile profile) noexcept {
    return profile == Profile::legacy_chat || profile == Profile::legacy_completions;
}
[[nodiscard]] std::optional<Profile> profile_named(std::string_view name) noexcept;

struct ProfileChoice {
    Route route;
    Profile profile;
};

/// The caller's table: pcrHash → a profile per route.
class ProfileTable {
public:
    /// @return POLICY_INVALID, for the whole table, when a key is no `0x` + 64 hex digits or comes
    ///   twice (without regard to case), an entry names another route, or a name is unknown, of the
    ///   other route, or `sdk`.
    [[nodiscard]] static Result<ProfileTable> parse(const bytes::JsonValue& table) noexcept;

    /// @param pcr_hash from a verified attestation or a proven registry slot
    /// @return RECEIPT_PROFILE_UNKNOWN when the table has no entry for the enclave, or none that
    /// fits
    ///   the route and @p request_is; RECEIPT_REQUEST_UNSUPPORTED when @p request is not read by
    ///   §3.1 or has not exactly one of `messages` and `prompt`.
    [[nodiscard]] Result<ProfileChoice> choose(const Hash32& pcr_hash, std::string_view request,
                                               RequestIs request_is) const noexcept;

private:
    struct Entry {
        std::optional<Profile> chat;
        std::optional<Profile> completions;
    };

    [[nodiscard]] static Result<Entry> parse_entry(const bytes::JsonMember& member) noexcept;

    std::map<Hash32, Entry> entries_;
};

} // namespace assay::receipt
