// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/profile.hpp"

#include "core/bytes/hex.hpp"

#include <array>
#include <string>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonMember;
using bytes::JsonValue;

struct ProfileRow {
    Profile profile;
    Route route;
    std::string_view name;
};

constexpr std::array<ProfileRow, 9> PROFILES = {{
    {Profile::gw_repr_a, Route::chat, "gw-repr-a"},
    {Profile::gw_repr_b, Route::chat, "gw-repr-b"},
    {Profile::gw_verbatim, Route::chat, "gw-verbatim"},
    {Profile::gw_stripped, Route::chat, "gw-stripped"},
    {Profile::sdk, Route::chat, "sdk"},
    {Profile::completions_a, Route::completions, "completions-a"},
    {Profile::completions_b, Route::completions, "completions-b"},
    {Profile::legacy_chat, Route::chat, "legacy-2025-12-chat"},
    {Profile::legacy_completions, Route::completions, "legacy-2025-12-completions"},
}};

constexpr bool rows_follow_enumerators() {
    for (std::size_t i = 0; i < PROFILES.size(); ++i) {
        if (static_cast<std::size_t>(PROFILES[i].profile) != i)
            return false;
    }
    return true;
}
static_assert(rows_follow_enumerators(), "name() and route_of() look rows up by number");

const ProfileRow& row(Profile profile) {
    return PROFILES[static_cast<std::size_t>(profile)];
}

Error invalid(std::string_view key) {
    return {ErrorCode::POLICY_INVALID, "profiles[" + std::string{key} + "]"};
}

/// §2 rule 3: the member that is there decides, not the URL that was called.
Result<Route> route_of_request(std::string_view request) {
    const auto parsed = bytes::parse_json(request, ErrorCode::RECEIPT_REQUEST_UNSUPPORTED);
    if (!parsed)
        return parsed.error();
    const bool chat = parsed->find("messages") != nullptr;
    const bool completions = parsed->find("prompt") != nullptr;
    if (chat == completions)
        return Error{ErrorCode::RECEIPT_REQUEST_UNSUPPORTED, "messages, prompt"};
    return chat ? Route::chat : Route::completions;
}

} // namespace

std::string_view name(Profile profile) noexcept {
    return row(profile).name;
}

std::string_view name(Route route) noexcept {
    return route == Route::chat ? "chat" : "completions";
}

Route route_of(Profile profile) noexcept {
    return row(profile).route;
}

std::optional<Profile> profile_named(std::string_view name) noexcept {
    for (const ProfileRow& candidate : PROFILES) {
        if (candidate.name == name)
            return candidate.profile;
    }
    return std::nullopt;
}

Result<ProfileTable::Entry> ProfileTable::parse_entry(const JsonMember& member) noexcept {
    if (!member.value.is(JsonKind::object))
        return invalid(member.name);
    Entry entry;
    for (const JsonMember& route : member.value.members()) {
        const auto profile =
            route.value.is(JsonKind::string) ? profile_named(route.value.string()) : std::nullopt;
        if (!profile || *profile == Profile::sdk || name(route_of(*profile)) != route.name)
            return invalid(member.name);
        (route_of(*profile) == Route::chat ? entry.chat : entry.completions) = profile;
    }
    return entry;
}

Result<ProfileTable> ProfileTable::parse(const JsonValue& table) noexcept {
    if (!table.is(JsonKind::object))
        return Error{ErrorCode::POLICY_INVALID, "profiles"};
    ProfileTable parsed;
    for (const JsonMember& member : table.members()) {
        const auto key = bytes::hash_from_hex_0x(member.name);
        if (!key)
            return invalid(member.name);
        const auto entry = parse_entry(member);
        if (!entry)
            return entry.error();
        if (!parsed.entries_.emplace(*key, *entry).second)
            return invalid(member.name);
    }
    return parsed;
}

Result<ProfileChoice> ProfileTable::choose(const Hash32& pcr_hash, std::string_view request,
                                           RequestIs request_is) const noexcept {
    const Error unknown{ErrorCode::RECEIPT_PROFILE_UNKNOWN, bytes::to_hex_0x(pcr_hash)};
    const auto found = entries_.find(pcr_hash);
    if (found == entries_.end())
        return unknown;
    const auto route = route_of_request(request);
    if (!route)
        return route.error();
    const auto listed = *route == Route::chat ? found->second.chat : found->second.completions;
    if (!listed)
        return unknown;
    if (request_is == RequestIs::sent)
        return ProfileChoice{*route, *listed};
    if (*listed != Profile::gw_stripped)
        return unknown;
    return ProfileChoice{*route, Profile::sdk};
}

} // namespace assay::receipt
