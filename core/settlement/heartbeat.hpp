// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Heartbeats: an enclave says that its key is alive (receipt.md §11). Nothing about any reply
/// follows from one.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/receipt/freshness.hpp"

#include <cstdint>
#include <string_view>

namespace assay::settlement {

/// Largest text of a heartbeat, bytes → INPUT_LIMIT.
inline constexpr std::size_t MAX_HEARTBEAT_BYTES = std::size_t{16} << 10;

/// What an enclave signed. Only verify_heartbeat() makes one.
class VerifiedHeartbeat {
public:
    [[nodiscard]] const Hash32& tee_id() const noexcept { return tee_id_; }
    [[nodiscard]] std::uint64_t timestamp() const noexcept { return timestamp_; } ///< Unix seconds

private:
    friend class HeartbeatVerification;
    VerifiedHeartbeat(const Hash32& tee_id, std::uint64_t timestamp) noexcept
        : tee_id_{tee_id}, timestamp_{timestamp} {}

    Hash32 tee_id_;
    std::uint64_t timestamp_;
};

/// Makes the checks of §11 in their order; the first that fails names the code.
/// @param spki DER SubjectPublicKeyInfo of the enclave's signing key, from a verified attestation
/// @param heartbeat JSON object with tee_id, timestamp and signature
/// @param limits of the age; the protocol has no default, so the caller names them
/// @param now the verifier's clock, seconds since 1970
/// @param checks gets one row per check made
/// @return RECEIPT_BAD_FIELD, RECEIPT_KEY_UNSUPPORTED, RECEIPT_TEE_ID_MISMATCH,
/// HEARTBEAT_SIGNATURE_INVALID, HEARTBEAT_TOO_OLD, HEARTBEAT_FROM_FUTURE, INPUT_LIMIT.
[[nodiscard]] Result<VerifiedHeartbeat> verify_heartbeat(BytesView spki, std::string_view heartbeat,
                                                         const receipt::FreshnessPolicy& limits,
                                                         std::int64_t now,
                                                         CheckList& checks) noexcept;

} // namespace assay::settlement
