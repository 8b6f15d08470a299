// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The canonical request text C of every profile (receipt.md §3, §9).
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/receipt/not_covered.hpp"
#include "core/receipt/profile.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::receipt {

/// Whether C has a member `tools`: only then can the reply be a list of tool calls (§5.1).
enum class Tools : bool { absent, present };

struct CanonicalRequest {
    std::string canonical; ///< C (legacy: R), ASCII
    Tools tools;
};

/// @param request the raw text; number tokens matter
/// @param not_covered gets the request part of §4
/// @return RECEIPT_REQUEST_UNSUPPORTED when §3.1, §3.3, §3.4, §3.7 or §9 refuses the request.
[[nodiscard]] Result<CanonicalRequest> canonical_request(std::string_view request, Profile profile,
                                                         NotCovered& not_covered) noexcept;

/// What is left of a request when its text is gone.
struct RequestDigest {
    Hash32 hash; ///< keccak256 of C; legacy: SHA-256 of R
    Tools tools;
    NotCovered not_covered;
};

/// @return as canonical_request(); INPUT_LIMIT for too many paths that are not covered.
[[nodiscard]] Result<RequestDigest> digest_request(std::string_view request,
                                                   Profile profile) noexcept;

} // namespace assay::receipt
