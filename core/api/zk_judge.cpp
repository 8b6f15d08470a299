// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/zk_judge.hpp"

#include "core/api/operations.hpp"

#include <array>

namespace assay::api {

std::string verify_bundled_proof(const evidence::Proof& proof, const ProofFiles& files) noexcept {
    const BytesView file = as_bytes(proof.proof);
    if (proof.system == evidence::Proof::System::ezkl) {
        const std::array<BytesView, 4> fields = {files.key, file, files.srs, files.pin()};
        return find_zk_operation("verify_ezkl_descriptor")->run(fields);
    }
    const std::array<BytesView, 4> fields = {files.key, as_bytes(proof.public_signals), file,
                                             files.pin()};
    return find_zk_operation(std::string{"verify_"}.append(name(proof.system)))->run(fields);
}

} // namespace assay::api
