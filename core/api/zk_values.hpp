// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a proof's verdict says. snark.md, ezkl.md §8.
#pragma once

#include "core/zk/ezkl/verifier.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::api {

/// {"system","publicSignals":[decimal, …]}
[[nodiscard]] std::string snark_value(std::string_view system,
                                      const std::vector<zk::Number>& publics) noexcept;

/// {"system":"ezkl","version","keyDigest","instances":[{"felt","integer"?,"value"?}, …],
/// "tensors":[{"size","scale"}]?,"hashes"}
[[nodiscard]] std::string ezkl_value(const zk::ezkl::Circuit& circuit, const zk::Fr& digest,
                                     const zk::ezkl::Proof& proof) noexcept;

} // namespace assay::api
