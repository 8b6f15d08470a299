// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as JSON, and as the policy of a Nitro document. A value's raw text is JSON again.
#include "core/attestation/policy.hpp"
#include "core/bytes/json.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const auto value = bytes::parse_json(as_text({data, size}), ErrorCode::POLICY_INVALID);
    if (!value) {
        return 0;
    }
    if (!bytes::parse_json(value->raw(), ErrorCode::POLICY_INVALID)) {
        std::abort();
    }
    static_cast<void>(attestation::NitroPolicy::parse(*value));
    return 0;
}
