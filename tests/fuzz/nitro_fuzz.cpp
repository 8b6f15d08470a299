// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a Nitro document. The document's own first certificate is pinned and every signature
// is taken as good, so that all steps are reached. A verdict may not change when it is made again.
#include "core/attestation/cose_sign1.hpp"
#include "core/attestation/nitro.hpp"
#include "core/attestation/nitro_document.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace {

using namespace assay;
using namespace assay::attestation;

/// The root that the bytes name; nothing when they hold no document.
std::optional<TrustAnchor> own_root(BytesView document) {
    const auto envelope = parse_cose_sign1(document);
    const auto fields =
        envelope ? parse_nitro_payload(envelope->payload) : Result<NitroFields>{envelope.error()};
    if (!fields) {
        return std::nullopt;
    }
    return TrustAnchor::certificate(fields->cabundle.front(), "fuzz");
}

/// The code, or nothing for a genuine document.
std::optional<ErrorCode> judge(const TrustAnchor& root, BytesView document) {
    signatures::RecordingP384Verifier verifier;
    CheckList checks;
    constexpr std::int64_t NOW = 1767225600; // 2026-01-01
    const auto result = authenticate(root, NOW, document, verifier, checks);
    const bool shown = checks.items().back().status == CheckStatus::failed;
    if (shown == result.has_value()) {
        std::abort(); // the checks and the verdict disagree
    }
    return result ? std::nullopt : std::optional{result.error().code};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView document{data, size};
    const TrustAnchor root = own_root(document).value_or(TrustAnchor::aws_nitro());
    if (judge(root, document) != judge(root, document)) {
        std::abort();
    }
    return 0;
}
