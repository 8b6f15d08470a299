// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/policy.hpp"

#include "core/hash/keccak256.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace assay::attestation {
namespace {

/// a - b, held inside the range: the caller's clock may be any number.
std::int64_t saturating_subtract(std::int64_t a, std::int64_t b) {
    using Limits = std::numeric_limits<std::int64_t>;
    if (b < 0 && a > Limits::max() + b) {
        return Limits::max();
    }
    if (b > 0 && a < Limits::min() + b) {
        return Limits::min();
    }
    return a - b;
}

bool matches(const Measurement& entry, const NitroClaims& claims, std::int64_t now) {
    if (!entry.window.contains(now)) {
        return false;
    }
    if (entry.pcr_hash) {
        return claims.pcr_hash == entry.pcr_hash;
    }
    for (std::size_t i = 0; i < PCR_COUNT; ++i) {
        if (entry.pins[i] && claims.pcrs[i] != entry.pins[i]) {
            return false;
        }
    }
    return true;
}

bool equals_nonempty(const Bytes& actual, const Bytes& wanted) {
    return !actual.empty() && actual == wanted;
}

Result<void> fail(CheckList& checks, std::string_view name, ErrorCode code,
                  std::string_view field) {
    Error error{code, field};
    checks.failed(name, error);
    return error;
}

} // namespace

Result<void> NitroPolicy::check_age(const NitroClaims& claims, std::int64_t now) const noexcept {
    constexpr std::uint64_t MS_PER_S = 1000; // and 2^64 / 1000 fits std::int64_t
    const auto seconds = static_cast<std::int64_t>(claims.timestamp_ms / MS_PER_S);
    if (saturating_subtract(seconds, now) > max_skew_s_) {
        return Error{ErrorCode::NITRO_FROM_FUTURE, "timestamp"};
    }
    if (saturating_subtract(now, seconds) > max_age_s_) {
        return Error{ErrorCode::NITRO_TOO_OLD, "timestamp"};
    }
    return Result<void>::ok();
}

bool NitroPolicy::pins(const NitroClaims& claims, std::int64_t now) const noexcept {
    return std::any_of(measurements_.begin(), measurements_.end(),
                       [&](const Measurement& entry) { return matches(entry, claims, now); });
}

bool NitroPolicy::pins(const Hash32& pcr_hash, std::int64_t now) const noexcept {
    constexpr std::size_t HASHED = 3;
    return std::any_of(measurements_.begin(), measurements_.end(), [&](const Measurement& entry) {
        if (!entry.window.contains(now)) {
            return false;
        }
        if (entry.pcr_hash) {
            return *entry.pcr_hash == pcr_hash;
        }
        // A hash of three says nothing of the others.
        hash::Keccak256 image;
        for (std::size_t i = 0; i < PCR_COUNT; ++i) {
            if (entry.pins[i].has_value() != (i < HASHED)) {
                return false;
            }
            if (i < HASHED) {
                image.update(*entry.pins[i]);
            }
        }
        return image.finish() == pcr_hash;
    });
}

bool NitroPolicy::binds_user_data() const noexcept {
    return user_data_ || tls_certificate_ || !signing_keys_.empty();
}

bool NitroPolicy::matches_user_data(const NitroClaims& claims) const noexcept {
    if (user_data_ && claims.user_data != *user_data_) {
        return false;
    }
    if (!tls_certificate_ && signing_keys_.empty()) {
        return true;
    }
    return claims.og && (!tls_certificate_ || *tls_certificate_ == claims.og->tls_certificate) &&
           std::all_of(signing_keys_.begin(), signing_keys_.end(),
                       [&](const Hash32& wanted) { return wanted == claims.og->signing_key; });
}

Result<void> NitroPolicy::check(const NitroClaims& claims, std::int64_t now,
                                CheckList& checks) const noexcept {
    if (auto age = check_age(claims, now); !age) {
        checks.failed("age", age.error());
        return age;
    }
    checks.passed("age");
    if (claims.debug && !allow_debug_) {
        return fail(checks, "debug mode", ErrorCode::NITRO_DEBUG_MODE, "pcrs");
    }
    if (claims.debug) {
        checks.assumed("debug mode", "the enclave runs in debug mode; the policy allows it");
    } else {
        checks.passed("debug mode");
    }
    if (!pins(claims, now)) {
        return fail(checks, "measurements", ErrorCode::NITRO_PCR_MISMATCH, "pcrs");
    }
    checks.passed("measurements");
    if (!nonce_) {
        checks.not_covered("nonce", "the policy names none");
    } else if (!equals_nonempty(claims.nonce, *nonce_)) {
        return fail(checks, "nonce", ErrorCode::NITRO_NONCE_MISMATCH, "nonce");
    } else {
        checks.passed("nonce");
    }
    if (binds_user_data()) {
        if (!matches_user_data(claims)) {
            return fail(checks, "user data", ErrorCode::NITRO_USER_DATA_MISMATCH, "user_data");
        }
        checks.passed("user data", signing_keys_.empty() ? "" : "binds the signing key");
    }
    if (public_key_) {
        if (!equals_nonempty(claims.public_key, *public_key_)) {
            return fail(checks, "public key", ErrorCode::NITRO_PUBLIC_KEY_MISMATCH, "public_key");
        }
        checks.passed("public key");
    }
    if (!tls_certificate_) {
        checks.not_covered("TLS certificate", "not compared with the one of a connection");
    }
    return Result<void>::ok();
}

} // namespace assay::attestation
