// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The two halves of Header::parse(). For the hash function alone, whose inputs need not be headers
// that a light client would take.
#pragma once

#include "core/chain/cometbft/header.hpp"

namespace assay::chain::detail {

/// The JSON form of §1. @return nothing when it is not of that form.
[[nodiscard]] std::optional<Header> read_header(const bytes::JsonValue* json) noexcept;

/// @return whether the static checks of §2.2 pass.
[[nodiscard]] bool is_plausible(const Header& header) noexcept;

} // namespace assay::chain::detail
