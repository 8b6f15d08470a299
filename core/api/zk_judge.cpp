// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/zk_judge.hpp"

#include "core/api/operations.hpp"

#include <array>

namespace assay::api {

std::string verify_bundled_proof(const evidence::Proof& proof, BytesView key) noexcept {
    const BytesView file = as_bytes(proof.proof);
    if (proof.system == evidence::Proof::System::ezkl) {
        const std::array<BytesView, 4> fields = {key, file, {}, proof.key_digest};
        return find_zk_operation("verify_ezkl_descriptor")->run(fields);
    }
    const std::array<BytesView, 4> fields = {key, as_bytes(proof.public_signals), file,
                                             proof.key_digest};
    return find_zk_operation(std::string{"verify_"}.append(name(proof.system)))->run(fields);
}

} // namespace assay::api
