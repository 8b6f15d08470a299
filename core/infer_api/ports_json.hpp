// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bytes/json_writer.hpp"
#include "core/runtime/session.hpp"

#include <span>

namespace assay::infer_api {

/// [{"name":…,"type":…,"dims":[…] or null,"optional"?:true}]; a dimension is a number, a symbol, or
/// null.
void write_ports(bytes::JsonWriter& out, std::span<const runtime::PortInfo> ports) noexcept;

} // namespace assay::infer_api
