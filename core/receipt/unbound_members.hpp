// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Members of a reply that nothing binds (receipt.md §5.5).
#pragma once

#include "core/receipt/not_covered.hpp"
#include "core/receipt/output.hpp"
#include "core/receipt/reply.hpp"

namespace assay::receipt {

/// Adds `response.<name>` for every member of @p reply that is not empty and not bound, in all
/// frames. Precondition: select_output() accepted the reply and chose @p kind.
void add_unbound_members(const Reply& reply, OutputKind kind, NotCovered& not_covered) noexcept;

} // namespace assay::receipt
