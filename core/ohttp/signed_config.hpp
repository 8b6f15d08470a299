// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// The key configuration that an enclave publishes and signs (receipt.md §12.2). The encryption key
/// is not in the attestation: without this signature whoever relays the configuration could put a
/// key of his own there and read every prompt.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"

#include <cstdint>
#include <string_view>

namespace assay::ohttp {

/// Largest text of a configuration, bytes → OHTTP_LIMIT.
inline constexpr std::size_t MAX_CONFIG_BYTES = std::size_t{64} << 10;

/// A key that an enclave has signed. Only verify_config() makes one.
class VerifiedConfig {
public:
    [[nodiscard]] const Hash32& tee_id() const noexcept { return tee_id_; }
    [[nodiscard]] std::uint8_t key_id() const noexcept { return key_id_; }
    [[nodiscard]] const Hash32& public_key() const noexcept { return public_key_; }
    [[nodiscard]] const Hash32& config_hash() const noexcept { return config_hash_; }

private:
    friend class ConfigVerification;
    VerifiedConfig() noexcept = default;

    Hash32 tee_id_{};
    std::uint8_t key_id_ = 0;
    Hash32 public_key_{};
    Hash32 config_hash_{};
};

/// Makes the checks of §12.2 in their order; the first that fails names the code.
/// @param spki DER SubjectPublicKeyInfo of the enclave's signing key, from a verified attestation
/// @param config the JSON object as published; members that §12.2 does not name are ignored
/// @param checks gets one row per check made
/// @return besides the codes of §12.2 OHTTP_LIMIT for a text above MAX_CONFIG_BYTES. What the
/// caller must still check: that he trusts the signing key.
[[nodiscard]] Result<VerifiedConfig> verify_config(BytesView spki, std::string_view config,
                                                   CheckList& checks) noexcept;

} // namespace assay::ohttp
