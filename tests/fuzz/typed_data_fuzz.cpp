// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as typed data. What has a digest hashes to what its own parts say.
#include "core/hash/keccak256.hpp"
#include "core/signatures/eip712.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const auto typed = signatures::hash_typed_data(as_text({data, size}));
    if (!typed) {
        const auto code = typed.error().code;
        if (code != ErrorCode::TYPED_DATA_INVALID && code != ErrorCode::INPUT_LIMIT) {
            std::abort();
        }
        return 0;
    }
    if (typed->type_hash != hash::keccak256(as_bytes(typed->encode_type)) ||
        typed->struct_hash != hash::keccak256(typed->encoded) || typed->encoded.size() % 32 != 0) {
        std::abort();
    }
    return 0;
}
