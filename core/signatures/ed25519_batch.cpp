// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/ed25519_batch.hpp"

#include "core/signatures/ed25519.hpp"

namespace assay::signatures {

bool verify_ed25519_batch(std::span<const Ed25519Task> tasks) noexcept {
    for (const Ed25519Task& task : tasks) {
        if (!verify_ed25519(task.public_key, task.message, task.signature, Ed25519Rule::zip215))
            return false;
    }
    return true;
}

} // namespace assay::signatures
