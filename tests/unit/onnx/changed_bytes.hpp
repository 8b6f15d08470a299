// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A model with each of its bytes changed in turn.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::test {

/// Hands @p load a model with one byte changed, for every byte in several ways.
/// @return how many of them it refused
template <class Load>
[[nodiscard]] std::size_t refused_changes(const Bytes& model, Load load) {
    std::size_t refused = 0;
    for (std::size_t i = 0; i < model.size(); ++i) {
        for (const int change : {0x01, 0x04, 0x80, 0xff}) {
            Bytes changed = model;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ change);
            refused += load(changed) ? 0 : 1;
        }
    }
    return refused;
}

} // namespace assay::test
